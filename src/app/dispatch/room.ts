/**
 * How many mails may leave now: what the release, the company's day, the recipients' domains and the mail server leave room for. Looked
 * at when claiming, so that nothing is claimed in vain; taken at the gate, under locks, so that limits hold over any number of senders.
 */
import { dayBucket, domainBucket } from './token-buckets.ts';
import type { Act } from '../act.ts';
import type { Sender } from '../gate-verdicts.ts';
import type { Instant } from '../../domain/days.ts';
import { passage } from '../../domain/relay-breaker.ts';
import { grant } from '../../domain/sending-rate.ts';
import { databaseNow } from '../../store/sql/database-now.ts';
import { lockTokens, restingDomains, takeTokens, tokensTaken, type TokenCount } from '../../store/sql/dispatch/rate-tokens.ts';
import { lockRelay, relayRow, storeBreaker, takeFromRelay, type RelayRow } from '../../store/sql/dispatch/relays.ts';
import {
  beginRelease,
  countDue,
  endRelease,
  goOnWithRelease,
  lockOpenRelease,
  openRelease,
  passedOfRelease,
  type ReleaseRow,
} from '../../store/sql/dispatch/releases.ts';

/** Room for some mails, or none: for a while that is worth waiting for, or until something changes. */
export type Room =
  | { readonly kind: 'room'; readonly mails: number }
  | { readonly kind: 'wait'; readonly waitMs: number }
  | { readonly kind: 'stop'; readonly why: string };

/** Room at the mail server alone, for mail that belongs to no release: looks without taking. */
export async function roomAtServer({ tx }: Act, sender: Sender, wanted: number): Promise<Room> {
  const relay = await relayRow(tx, sender.relay);
  return relay === undefined ? room(wanted) : roomAtRelay(relay, sender, wanted);
}

/** Looks without taking; begins a release of many, and lets one go on whose wait is over. */
export async function roomToClaim(context: Act, sender: Sender, wanted: number): Promise<Room> {
  const standing = await roomAtServer(context, sender, wanted);
  if (standing.kind !== 'room') return standing;
  return await roomInRelease(context, standing.mails);
}

const room = (mails: number): Room => ({ kind: 'room', mails });

function roomAtRelay(relay: RelayRow, { limits }: Sender, wanted: number): Room {
  const way = passage(relay, relay.now);
  if (way.kind === 'open')
    return { kind: 'stop', why: `${way.why}; it is tried again at ${way.until.toString({ smallestUnit: 'second' })}` };
  if (way.kind === 'probe') return room(1);
  const left = limits.perDay === null ? wanted : Math.min(wanted, limits.perDay - relay.lastDay);
  if (limits.perDay !== null && left <= 0) return { kind: 'stop', why: `the mail server takes no more than ${limits.perDay} mails a day` };
  if (limits.perMinute === null) return room(left);
  const { granted } = grant({ ...relay, perMinute: limits.perMinute }, left);
  return granted > 0 ? room(granted) : { kind: 'wait', waitMs: relay.nextFreeAt.epochMilliseconds - relay.now.epochMilliseconds };
}

async function roomInRelease({ tx, now, policy }: Act, wanted: number): Promise<Room> {
  const { cautionAbove, firstBatch, waitMinutes } = policy.release;
  let release = await openRelease(tx);
  if (release === undefined && (await countDue(tx, now, cautionAbove + 1)) > cautionAbove) {
    await beginRelease(tx, firstBatch);
    release = await openRelease(tx);
  }
  if (release === undefined || release.goneOnAt !== null) return room(wanted);
  if (release.passed < release.firstBatch) return room(Math.min(wanted, release.firstBatch - release.passed));
  if (release.goesOnAt !== null && Temporal.Instant.compare(release.goesOnAt, release.now) <= 0) {
    await goOnWithRelease(tx, release.id, null);
    return room(wanted);
  }
  const until = release.goesOnAt?.toString({ smallestUnit: 'second' }) ?? `${waitMinutes} minutes are over`;
  return {
    kind: 'stop',
    why: `a release of more than ${cautionAbove} began with ${release.passed}; the rest waits until ${until}, or for \`wafa go\``,
  };
}

/** Nothing more is due: a release that went on has ended. */
export const closeRelease = ({ tx }: Act): Promise<void> => endRelease(tx);

/** A mail that passed every judgement and asks for room. */
export interface Asking {
  readonly domain: string;
}

/** Why a mail has to wait after all, and until when; `null`: until the next pass. */
export interface NoRoom {
  readonly why: string;
  readonly until: Instant | null;
}

/**
 * Takes room for the mails, in their order, under locks that hold until the gate commits. `null`: it may go. Mail on request is let out by
 * whoever orders it, not by a release, and counts like any other for everything else.
 */
export async function takeRoom(
  context: Act,
  sender: Sender,
  asking: readonly Asking[],
  { isReleased = true }: { readonly isReleased?: boolean } = {},
): Promise<readonly (NoRoom | null)[]> {
  if (asking.length === 0) return [];
  const { tx, policy } = context;
  const release = isReleased ? await lockOpenRelease(tx) : undefined;
  const counters = await openCounters(context, asking, lockTokens);
  const relay = await lockWhereLimited(context, sender);
  const answers = shareOut(context, sender, asking, { release, relay, counters });
  const going = answers.filter((answer) => answer === null).length;
  if (going === 0) return answers;
  await takeTokens(tx, counters.taken());
  if (release !== undefined && release.goneOnAt === null) await passedOfRelease(tx, release.id, going, policy.release.waitMinutes);
  if (relay !== undefined) await takeAtRelay(context, relay, sender, going);
  return answers;
}

/**
 * The same answers for a sender that sends nothing now: looks without locks, takes and begins nothing. What a mail server's rate would only
 * spread over the next minutes has room.
 */
export async function lookForRoom(context: Act, sender: Sender, asking: readonly Asking[]): Promise<readonly (NoRoom | null)[]> {
  const { cautionAbove, firstBatch } = context.policy.release;
  const begun = await openRelease(context.tx);
  const release = begun ?? (asking.length > cautionAbove ? { firstBatch, passed: 0, goneOnAt: null } : undefined);
  const goesOnAt = begun?.goesOnAt ?? null;
  const isWaitOver = begun !== undefined && goesOnAt !== null && Temporal.Instant.compare(goesOnAt, begun.now) <= 0;
  const relay = await relayRow(context.tx, sender.relay);
  const counters = await openCounters(context, asking, tokensTaken);
  const unhurried = { ...sender, limits: { ...sender.limits, perMinute: null } };
  return shareOut(context, unhurried, asking, { release: isWaitOver ? undefined : release, relay, counters });
}

interface RoomThere {
  readonly release: Pick<ReleaseRow, 'firstBatch' | 'passed' | 'goneOnAt'> | undefined;
  readonly relay: RelayRow | undefined;
  readonly counters: Counters;
}

/** Gives what room there is to the mails in their order. */
function shareOut(
  { now }: Act,
  sender: Sender,
  asking: readonly Asking[],
  { release, relay, counters }: RoomThere,
): readonly (NoRoom | null)[] {
  const relayRoom = relay === undefined ? room(asking.length) : roomAtRelay(relay, sender, asking.length);
  let relayLeft = relayRoom.kind === 'room' ? relayRoom.mails : 0;
  let releaseLeft = release === undefined || release.goneOnAt !== null ? asking.length : Math.max(0, release.firstBatch - release.passed);
  return asking.map(({ domain }): NoRoom | null => {
    if (releaseLeft <= 0) return { why: 'first-batch', until: null };
    if (relayLeft <= 0) return { why: relayRoom.kind === 'stop' ? relayRoom.why : 'relay-rate', until: now };
    const full = counters.take(domain);
    if (full !== null) return full;
    releaseLeft -= 1;
    relayLeft -= 1;
    return null;
  });
}

/** Where nothing is limited and nothing is wrong, senders need not wait for each other at the server's row. */
async function lockWhereLimited({ tx }: Act, { relay, limits }: Sender): Promise<RelayRow | undefined> {
  const isLimited = limits.perMinute !== null || limits.perDay !== null;
  const seen = isLimited ? undefined : await relayRow(tx, relay);
  return isLimited || (seen !== undefined && seen.openedAt !== null) ? await lockRelay(tx, relay) : undefined;
}

async function takeAtRelay({ tx }: Act, row: RelayRow, { relay, limits }: Sender, going: number): Promise<void> {
  // One mail tries; the others wait until it is known how that went, or until it should be.
  if (row.openedAt !== null) await storeBreaker(tx, relay, { ...row, probeAt: row.now.add({ minutes: PROBE_MINUTES }) });
  const nextFreeAt = limits.perMinute === null ? row.nextFreeAt : grant({ ...row, perMinute: limits.perMinute }, going).nextFreeAt;
  await takeFromRelay(tx, relay, going, nextFreeAt);
}

/** A server may take ten minutes over an answer; a probe that was lost with its sender is tried again after this. */
const PROBE_MINUTES = 12;

interface Counters {
  take(domain: string): NoRoom | null;
  taken(): readonly TokenCount[];
}

async function openCounters(
  { tx, policy, company, now: businessNow }: Act,
  asking: readonly Asking[],
  read: typeof tokensTaken,
): Promise<Counters> {
  const now = await databaseNow(tx);
  const { perDay, perDomainPerHour } = policy.sending;
  const today = now.toZonedDateTimeISO(company.timeZone).startOfDay();
  const domains = [...new Set(asking.map(({ domain }) => domain))];
  const buckets = [dayBucket(now, company.timeZone), ...domains.map((domain) => domainBucket(domain, now))];
  const before = new Map((await read(tx, buckets)).map(({ bucket, taken }) => [bucket, taken]));
  const resting = new Map((await restingDomains(tx, domains)).map(({ domain, until }) => [domain, until]));
  const taken = new Map<string, number>();
  // Limits run by the database's time, reminders wait by business time: as long, not until the same.
  const after = (until: Instant): Instant => businessNow.add(now.until(until));
  const count = (bucket: string): number => (before.get(bucket) ?? 0) + (taken.get(bucket) ?? 0);
  return {
    take: (domain) => {
      const until = resting.get(domain);
      if (until !== undefined) return { why: 'domain-rests', until: after(until) };
      if (count('day') >= perDay) return { why: 'company-day-limit', until: after(today.add({ days: 1 }).toInstant()) };
      if (count(`domain:${domain}`) >= perDomainPerHour)
        return { why: 'domain-hour-limit', until: after(domainBucket(domain, now).windowAt.add({ hours: 1 })) };
      for (const bucket of ['day', `domain:${domain}`]) taken.set(bucket, (taken.get(bucket) ?? 0) + 1);
      return null;
    },
    taken: () => buckets.filter(({ bucket }) => taken.has(bucket)).map((one) => ({ ...one, taken: taken.get(one.bucket) ?? 0 })),
  };
}
