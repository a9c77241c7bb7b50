/**
 * Gives back what mails took at their gate when no byte of them has left: their place among the first of a release, and in the limits of
 * the day, the domain and the mail server. Without this a slow moment would use up a day's limit, and a release would wait for a person
 * after a mail or two instead of its first batch.
 */
import { dayBucket, domainBucket, type TokenBucket } from './token-buckets.ts';
import type { Act } from '../act.ts';
import type { Sender } from '../gate-verdicts.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import type { UnsentAttempt } from '../../store/sql/dispatch/attempts.ts';
import { lockTokens, takeTokens } from '../../store/sql/dispatch/rate-tokens.ts';
import { giveBackToRelay } from '../../store/sql/dispatch/relays.ts';
import { giveBackToRelease, lockOpenRelease } from '../../store/sql/dispatch/releases.ts';

/** Locks in the order of the gate. `sender`: whose gate it was, when that is known; only then the mail server's day is given back. */
export async function giveBackRoom(
  { tx, company }: Act,
  unsent: readonly UnsentAttempt[],
  sender: Pick<Sender, 'relay' | 'limits'> | null,
): Promise<void> {
  if (unsent.length === 0) return;
  const release = await lockOpenRelease(tx);
  const startedAts = unsent.map(({ startedAt }) => startedAt);
  if (release !== undefined && release.goneOnAt === null) await giveBackToRelease(tx, release.id, startedAts);
  const buckets = unsent.flatMap(({ recipientAddress, startedAt }) => [
    dayBucket(startedAt, company.timeZone),
    domainBucket(recipientAddress.split('@').at(-1) ?? '', startedAt),
  ]);
  await giveBackTokens(tx, buckets);
  if (sender === null || sender.limits.perDay === null) return;
  for (const same of byMoment(unsent).values()) await giveBackToRelay(tx, sender.relay, same.length, same[0].startedAt);
}

async function giveBackTokens(tx: CompanyTx, buckets: readonly TokenBucket[]): Promise<void> {
  const key = ({ bucket, windowAt }: TokenBucket): string => `${bucket} ${windowAt.toString()}`;
  const wanted = Map.groupBy(buckets, key);
  const locked = await lockTokens(
    tx,
    [...wanted.values()].flatMap((same) => same.slice(0, 1)),
  );
  // What housekeeping has dropped since is not counted any more, so there is nothing to give back.
  const back = locked.map((one) => ({ ...one, taken: -Math.min(one.taken, wanted.get(key(one))?.length ?? 0) }));
  await takeTokens(tx, back);
}

/** Mails of one gate began at the same moment. */
const byMoment = (unsent: readonly UnsentAttempt[]): ReadonlyMap<string, readonly [UnsentAttempt, ...UnsentAttempt[]]> =>
  Map.groupBy(unsent, ({ startedAt }) => startedAt.toString()) as Map<string, [UnsentAttempt, ...UnsentAttempt[]]>;
