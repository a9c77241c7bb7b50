/** One command line from its arguments to its exit code. */
import { EXIT_CODES } from './exit-codes.ts';
import { programName } from './program-name.ts';
import { reportFault } from './report-fault.ts';
import { plainOpening, runConsole } from './run-console.ts';
import type { Surroundings } from './surroundings.ts';
import { pageWidth } from './terminal.ts';

/** @returns the exit code; nothing is thrown, and nothing ends the process. */
export async function runCli(world: Surroundings, programVersion: string): Promise<number> {
  try {
    const opening = world.openConsole === undefined ? null : plainOpening(world.argv);
    if (world.openConsole !== undefined && opening !== null) return await runConsole(world, world.openConsole, opening);
    const { readInvocation } = await import('./read-invocation.ts');
    const invocation = await readInvocation({ ...world, width: pageWidth(world.stdout, world.env) });
    switch (invocation.kind) {
      case 'version':
        world.stdout.write(`wafa ${programVersion}\n`);
        return EXIT_CODES.ok;
      case 'help':
        world.stdout.write(invocation.text);
        return EXIT_CODES.ok;
      case 'overview':
        world.stdout.write(`${invocation.text}\n${howToStart(world)}`);
        return EXIT_CODES.ok;
      case 'verb': {
        // Help and mistakes in typing need neither database nor tables.
        const { runVerb } = await import('./run-verb.ts');
        return await runVerb(world, invocation);
      }
    }
  } catch (error) {
    return await reportFault(error, wantsJson(world.argv), world);
  }
}

/** Read from the raw arguments, because a script that asked for JSON gets its usage errors as JSON too. */
const wantsJson = (argv: readonly string[]): boolean =>
  argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length).includes('--json');

function howToStart({ env }: Surroundings): string {
  const name = programName(env);
  return `To begin: \`${name} demo\` for a sample ledger, \`${name} init\` for a company of your own, \`${name} help VERB\` for one verb.\n`;
}
