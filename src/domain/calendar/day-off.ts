/**
 * What is known about days off, before it is decided which of it holds. A row is never deleted or edited: a later row
 * takes its place, so that anyone can see what was believed, and from when. Which rows hold is decided in `days-in-force.ts`.
 */
import type { Day } from '../days.ts';

/**
 * Whose day off it is. `all` reaches every calendar that keeps days off (mourning, a company's own closing day);
 * `…-gov` are the emirates' governments, which add days to the federal ones (Cabinet Resolution 27 of 2024, art. 4).
 */
export const DAY_OFF_SCOPES = [
  'all',
  'private',
  'federal',
  'AUH-gov',
  'DXB-gov',
  'SHJ-gov',
  'AJM-gov',
  'UAQ-gov',
  'RAK-gov',
  'FUJ-gov',
  'saudi',
  'kuwait',
] as const;
export type DayOffScope = (typeof DAY_OFF_SCOPES)[number];

/** Scopes that name a whole body of days off and therefore must have data for a year before anything is sent in it. */
export type NationalScope = Extract<DayOffScope, 'private' | 'federal' | 'saudi' | 'kuwait'>;

/**
 * `statutory`: the law names the day, nobody has announced it yet. `expected`: computed, may fall on another day.
 * `announced`: the authority gave the day. `confirmed`: it is certain (the moon was seen, or the day is past).
 * `withdrawn`: the day is an ordinary one again.
 */
export const DAY_OFF_STATUSES = ['statutory', 'expected', 'announced', 'confirmed', 'withdrawn'] as const;
export type DayOffStatus = (typeof DAY_OFF_STATUSES)[number];

/** One civil day off for one scope. */
export interface DayOff {
  /** The occasion and its year, e.g. `eid-al-fitr-2027`; the rows of one occasion share it. */
  readonly key: string;
  readonly scope: DayOffScope;
  readonly on: Day;
  readonly status: DayOffStatus;
  /** Who said so, in words an operator can check. */
  readonly source: string;
  /** `null`: not known; such a row counts as older than every dated one of its layer. */
  readonly announcedOn: Day | null;
  /** Key of the occasion whose earlier rows this announcement replaces, all of them; usually its own key. */
  readonly supersedes: string | null;
  // The three below say what kind of occasion it is; left out, they are as the occasion's other rows say.
  /** Nothing above FIRM is sent in mourning. */
  readonly isMourning?: boolean;
  /** Nothing above FIRM is sent at Eid; Arafat day counts as part of it. */
  readonly isEid?: boolean;
  /** The Cabinet may move it to the start or end of its week, and mostly does (never the Eids). */
  readonly isMovable?: boolean;
}

/** Ramadan of one Hijri year, first to last day, both included. */
export interface RamadanSpan {
  /** `ramadan-1448`; a later layer's span of the same key replaces this one. */
  readonly key: string;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly status: Extract<DayOffStatus, 'expected' | 'confirmed'>;
}

/** Years a layer answers for, both included. */
export interface CoveredYears {
  readonly scope: NationalScope;
  readonly fromYear: number;
  readonly toYear: number;
}

/** One body of knowledge: the shipped data, the company's overlay, or a customer's own calendar. Later layers win. */
export interface DayOffLayer {
  /** Names the data and its state, e.g. `shipped-2026-11-22`; kept with each attempt so that a decision can be retraced. */
  readonly version: string;
  readonly covers: readonly CoveredYears[];
  readonly daysOff: readonly DayOff[];
  readonly ramadans: readonly RamadanSpan[];
}
