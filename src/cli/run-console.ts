/**
 * Opens the console without loading what other commands need first: a person who typed one word waits for the picture, and the picture waits for
 * neither the settings nor the database. What is wrong with those ends the console and is told as ever.
 */
import { companyOf } from './company-option.ts';
import { EXIT_CODES, SIGNAL_CODES } from './exit-codes.ts';
import type { ConsoleEnding, Surroundings } from './surroundings.ts';
import type { Installation } from '../app/installation.ts';
import type { Session } from '../app/session.ts';

export interface PlainOpening {
  readonly company: string | undefined;
  readonly isReadOnly: boolean;
}

/** Null for a line that has to be parsed in full: another verb, a wish for help, a mistake. */
export function plainOpening(argv: readonly string[]): PlainOpening | null {
  const [verb = 'console', ...rest] = argv;
  if (verb !== 'console') return null;
  const words = rest.filter((word) => word !== '--read-only');
  const [option, company] = words;
  const hasCompany = option === '--company' && company !== undefined && !company.startsWith('-') && words.length === 2;
  if (words.length > 0 && !hasCompany) return null;
  return { company: hasCompany ? company : undefined, isReadOnly: words.length < rest.length };
}

/** @returns the exit code. @throws what cannot be put right while the console is open. */
export async function runConsole(
  world: Surroundings,
  open: NonNullable<Surroundings['openConsole']>,
  { company: option, isReadOnly }: PlainOpening,
): Promise<number> {
  const company = companyOf(option, world.env);
  let installation: Promise<Installation> | undefined;
  let session: Promise<Session> | undefined;
  const opened = (): Promise<Installation> => (installation ??= openInstallation(world));
  const openSession = async (): Promise<Session> => await world.openSession(await opened(), company);
  try {
    return endingCode(
      await open({
        session: () => {
          session ??= openSession();
          // A database that was away may be asked again.
          session.catch(() => (session = undefined));
          return session;
        },
        installation: opened,
        isReadOnly,
        // Asked for by a word of its own; else by the environment or the person's own file.
        isSpoken: false,
      }),
    );
  } finally {
    await (await installation?.catch(() => undefined))?.close();
  }
}

export const endingCode = (endedBy: ConsoleEnding): number => (endedBy === null ? EXIT_CODES.ok : SIGNAL_CODES[endedBy]);

async function openInstallation(world: Surroundings): Promise<Installation> {
  const { dangersIn } = await import('../app/configuration/dangerous-environment.ts');
  const [danger] = dangersIn(world.env);
  if (danger !== undefined) throw danger;
  const { prepared } = await import('../app/prepare-database.ts');
  return prepared(await world.openInstallation());
}
