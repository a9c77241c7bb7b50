/** A failure that the person at the keyboard can do something about: told in plain words, without a stack. */
class FrontDoorError extends Error {}

/**
 * Runs a front door; a {@link FrontDoorError} becomes its message on stderr and exit code 1, anything else is our bug and loud.
 * @param {() => Promise<void>} work
 */
async function guarded(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof FrontDoorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/**
 * True for a system error with one of these codes (`ENOENT`, …).
 * @param {unknown} error
 * @param {string[]} codes
 */
function isSystemError(error, ...codes) {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

module.exports = { FrontDoorError, guarded, isSystemError };
