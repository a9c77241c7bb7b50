import { spawn } from 'node:child_process';

/**
 * Runs a program on our terminal until it ends, passing signals on.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{code: number | null, signal: NodeJS.Signals | null}>}
 */
export function runInherited(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    const release = passSignalsTo(child);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      release();
      resolve({ code, signal });
    });
  });
}

/**
 * Keys such as Ctrl-C reach the child by themselves, through the terminal: passing them on as well would make one press count twice,
 * and a second signal means "stop at once" to the daemon. Those we only survive. The others were sent to us alone.
 * @param {import('node:child_process').ChildProcess} child
 */
function passSignalsTo(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'];
  const fromKeys = process.stdin.isTTY ? signals.slice(0, 2) : [];
  const passed = signals.filter((signal) => !fromKeys.includes(signal));
  const survive = () => {};
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => child.kill(signal);
  for (const signal of fromKeys) process.on(signal, survive);
  for (const signal of passed) process.on(signal, pass);
  return () => {
    for (const signal of fromKeys) process.off(signal, survive);
    for (const signal of passed) process.off(signal, pass);
  };
}
