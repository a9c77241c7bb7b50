/** Verbs of no business of their own, and a place to run them in without a process or a database. */
import { z } from 'zod';

import { defineCommand, type Command, type CommandResult } from '../../src/app/commands/command.ts';
import type { CommandRegistry } from '../../src/app/commands/registry.ts';
import type { Installation } from '../../src/app/installation.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { Surroundings } from '../../src/cli/surroundings.ts';
import { OperatorError } from '../../src/domain/operator-error.ts';

export interface FakeRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the verb was given; undefined when it did not run. */
  readonly input: unknown;
  /** How often the installation was opened and closed. */
  readonly opened: number;
  readonly closed: number;
  /** The company that was looked for. */
  readonly company: string | undefined;
}

export interface FakeWorld {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly width?: number;
  readonly isTerminal?: boolean;
  readonly answer?: string;
  /** What running the verb ends in. */
  readonly result?: CommandResult<unknown>;
  readonly fails?: Error;
}

/** Runs one command line over the fake verbs `list`, `approve`, `note` and `db`, and `who`, which asks for the company. */
export async function runFake(argv: readonly string[], world: FakeWorld = {}): Promise<FakeRun> {
  const seen = { stdout: '', stderr: '', input: undefined as unknown, opened: 0, closed: 0, company: undefined as string | undefined };
  const record = (input: unknown): CommandResult<unknown> => {
    seen.input = input;
    if (world.fails !== undefined) throw world.fails;
    return world.result ?? { data: { done: [], refused: [] }, ending: 'ok' };
  };
  const surroundings: Surroundings = {
    argv,
    env: world.env ?? {},
    stdout: { write: (text) => void (seen.stdout += text), isTerminal: world.isTerminal ?? false, columns: world.width },
    stderr: { write: (text) => void (seen.stderr += text), isTerminal: world.isTerminal ?? false, columns: world.width },
    registry: fakeRegistry(record),
    ask: world.answer === undefined ? undefined : () => Promise.resolve(world.answer ?? ''),
    openConsole: undefined,
    interruption: () => new AbortController().signal,
    openInstallation: () => {
      seen.opened += 1;
      return Promise.resolve({ close: () => Promise.resolve(void (seen.closed += 1)) } as Installation);
    },
    openSession: (_installation, company) => {
      seen.company = company;
      return Promise.reject(new OperatorError({ code: 'company.unknown', kind: 'usage', message: 'There is none.', tryThis: 'Look.' }));
    },
    keepBugReport: () => Promise.resolve('/somewhere/log/bug.log'),
  };
  const exitCode = await runCli(surroundings, '1.2.3');
  return { exitCode, ...seen };
}

const frame = { group: 'reminders', roles: [], reversedBy: null, isDangerous: false } as const;

function fakeRegistry(record: (input: unknown) => CommandResult<unknown>): CommandRegistry {
  const list = defineCommand({
    ...frame,
    name: 'list',
    summary: 'list what there is',
    example: 'list --limit 5',
    arguments: [],
    options: [
      { name: 'limit', about: 'how many', value: 'N' },
      { name: 'sortBy', about: 'in which order', value: 'NAME' },
      { name: 'filter', about: 'only those with this text', value: 'TEXT' },
    ],
    schema: z.object({
      limit: z.coerce.number().int().min(1).max(1_000).default(50),
      sortBy: z.enum(['name', 'score']).optional(),
      filter: z.string().optional(),
    }),
    run: (_context, input) => Promise.resolve(record(input)),
  });
  const approve = defineCommand({
    ...frame,
    name: 'approve',
    summary: 'approve what is named',
    example: 'approve 41 42',
    arguments: [{ name: 'ids', about: 'which ones', isMany: true }],
    options: [{ name: 'all', about: 'all of them' }],
    schema: z.object({ ids: z.array(z.string().regex(/^[1-9]\d{0,14}$/, 'is not an id')).default([]), all: z.boolean().default(false) }),
    isDangerous: true,
    run: (_context, input) => Promise.resolve(record(input)),
  });
  const note = defineCommand({
    ...frame,
    name: 'note',
    group: 'ledger',
    summary: 'write a note',
    example: 'note C-17 "called"',
    arguments: [
      { name: 'customer', about: 'about whom', isRequired: true },
      { name: 'text', about: 'what', isRequired: true },
    ],
    options: [{ name: 'tag', about: 'a word to find it by', value: 'WORD', isMany: true }],
    schema: z.object({ customer: z.string(), text: z.string(), tag: z.array(z.string()).default([]) }),
    run: (_context, input) => Promise.resolve(record(input)),
  });
  const who = defineCommand({
    ...frame,
    name: 'who',
    summary: 'say for whom',
    example: 'who',
    arguments: [],
    options: [],
    schema: z.object({}),
    run: async (context) => {
      await context.session();
      return record({});
    },
  });
  const db = defineCommand({
    ...frame,
    name: 'db',
    summary: 'look after the database',
    example: 'db status',
    arguments: [{ name: 'word', about: 'what to do' }],
    options: [],
    schema: z.object({ word: z.enum(['status', 'rollback']).default('status') }),
    isDangerous: true,
    run: (_context, input) => Promise.resolve(record(input)),
  });
  return [list, approve, note, who, db].map((command: Command) => ({
    name: command.name,
    group: command.group,
    summary: command.summary,
    load: () => Promise.resolve(command),
  }));
}
