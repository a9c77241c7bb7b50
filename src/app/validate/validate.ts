/**
 * Runs the checks, each in a transaction of its own that changes nothing, and gives what each found as soon as it is known. What several
 * find is not put together: each names records, not causes.
 */
import { act } from '../act.ts';
import type { Check } from './check.ts';
import { CHECKS } from './checks.ts';
import type { Session } from '../session.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { FoundRows } from '../../store/sql/validate/found-rows.ts';

export interface Checked {
  readonly check: Check;
  readonly found: FoundRows;
  readonly tookMs: number;
}

/** @param only Names of checks; all without it. @throws OperatorError `validate.unknown-check` */
export async function* validate(session: Session, only: readonly string[] = []): AsyncGenerator<Checked> {
  for (const check of chosen(only)) {
    const beganMs = performance.now();
    const found = check.tries === true ? await tried(session, check) : await looked(session, check);
    yield { check, found, tookMs: Math.round(performance.now() - beganMs) };
  }
}

function chosen(only: readonly string[]): readonly Check[] {
  const unknown = only.find((id) => !CHECKS.some((check) => check.id === id));
  if (unknown === undefined) return only.length === 0 ? CHECKS : CHECKS.filter(({ id }) => only.includes(id));
  throw new OperatorError({
    code: 'validate.unknown-check',
    kind: 'usage',
    message: `There is no check ${JSON.stringify(unknown.slice(0, 40))}.`,
    tryThis: `The checks are ${CHECKS.map(({ id }) => id).join(', ')}.`,
  });
}

const looked = (session: Session, check: Check): Promise<FoundRows> =>
  act(session, 'validate', (context) => check.find(context, session), { isReadOnly: true });

/** Carries what was found out of a transaction that must not be saved. */
class TakenBack extends Error {
  readonly found: FoundRows;

  constructor(found: FoundRows) {
    super('taken back');
    this.found = found;
  }
}

async function tried(session: Session, check: Check): Promise<FoundRows> {
  try {
    return await act(session, 'validate', async (context) => {
      throw new TakenBack(await check.find(context, session));
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.found;
    throw error;
  }
}
