/**
 * What a screen is. Everything but {@link Screen.fetch} is pure: a screen's state changes only by keys and by data that came, its picture
 * is a function of the state and the size. Whoever adds a screen writes one of these and enters it in `screens/all-screens.ts`.
 */
import type { Binding } from '../input/binding.ts';
import type { Key } from '../input/key.ts';
import type { Brush } from '../paint/brush.ts';
import type { Line } from '../paint/line.ts';
import type { Intent } from './intent.ts';
import type { Session } from '../../app/session.ts';

export type ScreenName = string;

/** Cells and lines a screen may draw on. */
export interface Area {
  readonly columns: number;
  readonly rows: number;
}

/** What a screen may know beside its own state. */
export interface Surroundings {
  readonly area: Area;
  /** Business time, and the company's civil day; null until the first data came. */
  readonly now: Temporal.Instant | null;
  readonly today: Temporal.PlainDate | null;
  readonly timeZone: string;
  /** Milliseconds of a clock that only runs forward. */
  readonly atMs: number;
  /** Why nothing can be changed just now: read-only, or the database is away. Null when it can. */
  readonly lockedBecause: string | null;
  /** Why this person may not use the verb; null when they may. */
  readonly whyNotVerb: (verb: string) => string | null;
}

export interface Outcome<State> {
  readonly state: State;
  readonly intents?: readonly Intent[];
}

/** A question to the database: plain data, compared by its JSON. */
export type Question = Readonly<Record<string, unknown>>;

export interface Screen<State, Data> {
  readonly name: ScreenName;
  readonly title: string;
  /** Digit that opens it, shown in the title; null for screens reached from others only. */
  readonly digit: string | null;
  /** @param about what it was opened on, such as `{ id: 41 }`. */
  open(about: Question): State;
  /** What has to be known to draw this; asked again when it changes and when anything in the company has. */
  question(state: State, area: Area): Question | null;
  fetch(session: Session, question: Question): Promise<Data>;
  /** Data that came for the present question. Keeps cursor and marks on the records they are on, never on a place. */
  received(state: State, data: Data, surroundings: Surroundings): Outcome<State>;
  readonly bindings: readonly Binding<State>[];
  /** Every key is text just now, such as while a filter is typed: no binding and no key of the console's takes any but Ctrl+C. */
  captures?(state: State): boolean;
  /** Keys no binding takes; null leaves them to the console. */
  unbound?(state: State, key: Key, surroundings: Surroundings): Outcome<State> | null;
  /** Exactly as many lines as the area has, or fewer. */
  view(state: State, brush: Brush, surroundings: Surroundings): readonly Line[];
  /** Short words for the title line, such as counts and the active filter. */
  heading(state: State, surroundings: Surroundings): string;
  /** The same for a screen reader: whole sentences, no drawing. Only what changed is spoken. */
  spoken(state: State, surroundings: Surroundings): readonly string[];
}

/** A screen whose state only its own functions look into. */
export type AnyScreen = Screen<unknown, unknown>;

/** Forgets a screen's own types. Sound because a state is only ever given back to the screen that made it. */
export const asAnyScreen = <State, Data>(screen: Screen<State, Data>): AnyScreen => screen;
