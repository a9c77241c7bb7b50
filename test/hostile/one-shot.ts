/** A command line run in this process against a test installation: everything it wrote, and every error it kept to itself. */
import { commandRegistry } from '../../src/app/commands/registry.ts';
import type { Installation } from '../../src/app/installation.ts';
import { openSession } from '../../src/app/session.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { Output } from '../../src/cli/surroundings.ts';

export interface OneShot {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the program took for a fault of its own: shown to nobody, kept in a file. */
  readonly bugs: readonly unknown[];
}

export interface Setting {
  /** As at a terminal of this width, with colour; left out: in a pipe. */
  readonly columns?: number;
}

export async function oneShot(installation: Installation, argv: readonly string[], setting: Setting = {}): Promise<OneShot> {
  const written = { stdout: '', stderr: '' };
  const bugs: unknown[] = [];
  const output = (stream: 'stdout' | 'stderr'): Output => ({
    write: (text) => {
      written[stream] += text;
    },
    isTerminal: setting.columns !== undefined,
    columns: setting.columns,
  });
  const exitCode = await runCli(
    {
      argv,
      env: {},
      stdout: output('stdout'),
      stderr: output('stderr'),
      registry: commandRegistry,
      ask: undefined,
      openConsole: undefined,
      interruption: () => new AbortController().signal,
      openInstallation: async () => installation,
      openSession,
      keepBugReport: async (error) => {
        bugs.push(error);
        return '/var/log/wafa/bug.log';
      },
    },
    'test',
  );
  return { exitCode, ...written, bugs };
}
