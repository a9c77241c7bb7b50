/** A customer pays everything, owes again, pays again: what the ladder does from one episode to the next, over a thousand generated ledgers. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { AccountFacts, OpenItem } from '../../src/domain/account-facts.ts';
import { type Day, dayNumber } from '../../src/domain/days.ts';
import { context, TODAY } from './builders.ts';
import { type Contact, dailyContacts, daysFrom, generatedLedgers, rank } from './walks.ts';

const YEAR = daysFrom(context({ policy: { 'trigger.workingDays': '0', 'minimum.amount': '0' } }), 365);
const FIRST_DAY = dayNumber(TODAY);

/** Some days of owing, then some on which everything is paid; after them the debt is back as old as it was, or new invoices stand in its place. */
interface Spell {
  readonly owesFor: number;
  readonly paidFor: number;
  /** The payment was taken back: a cheque that bounced leaves the debt as old as ever. */
  readonly isTakenBack: boolean;
}

const spellsArbitrary = fc.array(
  fc.record({ owesFor: fc.integer({ min: 5, max: 120 }), paidFor: fc.integer({ min: 1, max: 14 }), isTakenBack: fc.boolean() }),
  { minLength: 6, maxLength: 12 },
);

type ItemsOn = (on: Day) => readonly OpenItem[];

function payer(items: readonly OpenItem[], spells: readonly Spell[]): ItemsOn {
  let from = 0;
  let owed = items;
  const owing = spells.map(({ owesFor, paidFor, isTakenBack }) => {
    const spell = { from, paidFrom: from + owesFor, owed };
    from += owesFor + paidFor;
    owed = isTakenBack ? owed : items.map((item) => ({ ...item, dueOn: item.dueOn?.add({ days: from }) ?? null }));
    return spell;
  });
  return (on) => {
    const days = dayNumber(on) - FIRST_DAY;
    return owing.find((spell) => spell.from <= days && days < spell.paidFrom)?.owed ?? [];
  };
}

interface Walk {
  readonly contacts: readonly Contact[];
  /** Day numbers of the planning days on which nothing was overdue: between two of them lies an episode. */
  readonly clearOn: readonly number[];
}

const SPELLS = fc.sample(spellsArbitrary, { numRuns: 1_000, seed: 20_261_123 });
const LEDGERS = generatedLedgers(1_000).flatMap(([facts], index) =>
  facts === undefined ? [] : [{ facts, itemsOn: payer(facts.items, SPELLS[index] ?? []) }],
);

const isOverdue =
  (on: Day) =>
  ({ kind, dueOn, balanceMinor }: OpenItem): boolean =>
    kind === 'INVOICE' && dueOn !== null && balanceMinor > 0n && dayNumber(dueOn) < dayNumber(on);

const walk = (ledgers = LEDGERS, changed = (facts: AccountFacts, _on: Day): AccountFacts => facts): readonly Walk[] =>
  ledgers.map(({ facts, itemsOn }) => ({
    contacts: dailyContacts(facts, YEAR, (known, on) => changed({ ...known, items: itemsOn(on) }, on)),
    clearOn: YEAR.map(({ asOn }) => asOn)
      .filter((on) => !itemsOn(on).some(isOverdue(on)))
      .map(dayNumber),
  }));

/** Contacts of each episode that had any; the first of the list is the one the account was in when the walk began, when it was in one. */
function episodesOf({ contacts, clearOn }: Walk): readonly { readonly clearBefore: number; readonly contacts: readonly Contact[] }[] {
  const byEpisode = Map.groupBy(contacts, ({ on }) => clearOn.filter((clear) => clear < dayNumber(on)).length);
  return [...byEpisode].map(([clearBefore, own]) => ({ clearBefore, contacts: own }));
}

const finals = (contacts: readonly Contact[]): number => contacts.filter(({ level }) => level === 'FINAL').length;

const episodesWithTwoFinals = (walks: readonly Walk[]): number =>
  walks.flatMap(episodesOf).filter(({ contacts }) => finals(contacts) > 1).length;

const laterEpisodes = (walks: readonly Walk[]) => walks.flatMap(episodesOf).filter(({ clearBefore }) => clearBefore > 0);

const begunAbovePolite = (walks: readonly Walk[]): number =>
  laterEpisodes(walks).filter(({ contacts }) => contacts[0]?.level !== 'POLITE').length;

const doubleSteps = (walks: readonly Walk[]): number =>
  walks
    .flatMap(({ contacts }) => contacts.map((one, index) => ({ one, before: contacts[index - 1] })))
    .filter(({ one, before }) => before !== undefined && rank(one.level) > rank(before.level) + 1).length;

const WALKS = walk();

describe('over a year in which everything is paid now and then', () => {
  test('there is something to judge: accounts have several episodes, and a FINAL in more than one of them', () => {
    const withFinals = WALKS.map((one) => episodesOf(one).filter(({ contacts }) => finals(contacts) > 0).length);
    expect(LEDGERS).toHaveLength(1_000);
    expect(laterEpisodes(WALKS).length).toBeGreaterThan(1_000);
    expect(withFinals.filter((count) => count > 0).length).toBeGreaterThan(100);
    expect(withFinals.filter((count) => count > 1).length).toBeGreaterThan(50);
  });

  test.each([
    ['FINAL is sent at most once in each episode', episodesWithTwoFinals],
    ['a new episode begins with POLITE, however old a debt comes back', begunAbovePolite],
    ['the level never rises by two steps at once, whatever was paid between', doubleSteps],
  ] as const)('%s', (_, breaches) => {
    expect(breaches(WALKS)).toBe(0);
  });
});

describe('the guard matters', () => {
  const SOME = LEDGERS.slice(0, 200);

  const inEpisodeSince = (facts: AccountFacts, episodeStartedOn: Day | null): AccountFacts => ({
    ...facts,
    account: { ...facts.account, episodeStartedOn },
  });

  test('with the episode begun anew while the debt stands, FINAL comes twice in one', () => {
    const forgetful = walk(SOME, (facts, on) => (dayNumber(on) % 40 < 3 ? inEpisodeSince(facts, null) : facts));
    expect(episodesWithTwoFinals(forgetful)).toBeGreaterThan(0);
  });

  test('with an episode that never ends, the next debt is met above POLITE', () => {
    const endless = walk(SOME, (facts) => inEpisodeSince(facts, TODAY));
    expect(begunAbovePolite(endless)).toBeGreaterThan(0);
  });

  test('with the FIRM contacts left out, the steps’ property fails', () => {
    const sparse = WALKS.map((one) => ({ ...one, contacts: one.contacts.filter(({ level }) => level !== 'FIRM') }));
    expect(doubleSteps(sparse)).toBeGreaterThan(0);
  });
});
