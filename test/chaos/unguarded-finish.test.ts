/**
 * A finish without its fence: a sender whose first try was not accepted says so a second time, after another has sent the mail. With the
 * guard nothing moves; with the guard taken out of the statement the judge of the chaos suite finds the harm. Made step by step, because by
 * chance alone it happens too seldom to be waited for.
 */
import { afterEach, describe, expect, it } from 'vitest';

import { act } from '../../src/app/act.ts';
import { recordOutcomes } from '../../src/app/record-outcome.ts';
import type { Session } from '../../src/app/session.ts';
import { asId } from '../../src/domain/ids.ts';
import type { SendOutcome } from '../../src/mail/transport.ts';
import { attemptsById } from '../../src/store/sql/dispatch/attempts.ts';
import { at, sendThrough } from '../app/sending-day.ts';
import { alterStatements } from '../support/altered-statements.ts';
import { testDatabase } from '../support/database.ts';
import { startRelay, type SmtpRelay } from '../support/smtp-relay.ts';
import type { RelayBehaviour } from '../support/smtp-relay-script.ts';
import { approvedCompany } from './approved-company.ts';
import { judge } from './judge.ts';

const database = testDatabase();
let relay: SmtpRelay | undefined;
afterEach(async () => {
  await relay?.close();
});

const NOT_ACCEPTED: SendOutcome = { kind: 'TEMPORARY', hint: null, isBodyHandedOver: false, replyCode: 451, replyText: '451 later' };
const LATER = '2026-11-23T10:30:00+04:00';

const GUARD = 'and r.delivery_status = $2 and r.fence = v.fence';
const NO_GUARD = 'and $2::text is not null and v.fence is not null';

/** Of moves out of TRANSMITTING alone: a claim or a gate that passes without asking would be another fault. */
const withoutFence = (): (() => number) =>
  alterStatements((text, values) => (values[1] === 'TRANSMITTING' && text.includes(GUARD) ? text.replace(GUARD, NO_GUARD) : null));

interface Late {
  readonly session: Session;
  readonly mails: SmtpRelay;
  /** The first sender says once more what became of its try. */
  readonly sayAgain: () => Promise<unknown>;
}

/** A mail that one sender could not get rid of, and that another has sent since. */
async function sentByAnother(code: string): Promise<Late> {
  const session = await approvedCompany(database(), code, 1);
  const mails = await startRelay('accept' satisfies RelayBehaviour);
  relay = mails;
  const url = `smtp://127.0.0.1:${mails.port}`;
  mails.behave('451 at MAIL');
  expect(await sendThrough(session, url)).toMatchObject({ sent: 0, deferred: 1 });
  const { rows } = await database().admin.query<{ id: string }>('select id from email_logs where company_id = $1', [session.companyId]);
  const ids = rows.map(({ id }) => asId<'attempt'>(Number(id)));
  const [attempted] = await act(session, 'send', ({ tx }) => attemptsById(tx, ids));
  if (attempted === undefined) throw new Error('the first try was not written down');
  mails.behave('accept');
  expect(await sendThrough(await at(session, LATER), url)).toMatchObject({ sent: 1 });
  return { session, mails, sayAgain: () => recordOutcomes(session, [{ attempted, outcome: NOT_ACCEPTED }], () => 0) };
}

const found = async ({ session, mails }: Late): Promise<readonly string[]> => {
  const { violations } = await judge(
    session,
    database().admin,
    mails.taken.map(({ messageId }) => messageId),
  );
  return Object.entries(violations).flatMap(([kind, some]) => (some.length > 0 ? [kind] : []));
};

describe('a sender that says again what became of its try, when another has sent the mail', () => {
  it('changes nothing, and the mail goes once', async () => {
    const late = await sentByAnother('FENCED');
    await late.sayAgain();
    expect(await found(late)).toEqual([]);
    expect(await sendThrough(await at(late.session, '2026-11-23T12:30:00+04:00'), `smtp://127.0.0.1:${late.mails.port}`)).toMatchObject({
      sent: 0,
    });
    expect(late.mails.taken).toHaveLength(1);
  });

  it('would have it sent a second time without the fence, and the judge notices', async () => {
    const late = await sentByAnother('LATE');
    const unguarded = withoutFence();
    await late.sayAgain();
    expect(unguarded()).toBeGreaterThan(0);
    expect(await found(late)).toContain('taken and called not sent');
    await sendThrough(await at(late.session, '2026-11-23T12:30:00+04:00'), `smtp://127.0.0.1:${late.mails.port}`);
    expect(await found(late)).toContain('delivered twice');
  });
});
