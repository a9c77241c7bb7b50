/**
 * Whatever a customer is called, every screen stays whole: no control code reaches the terminal, and every line has as many cells as the terminal gives it.
 * The screens are filled with what the sample ledger really answers, with hostile text in place of every text a ledger brings along.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openInstallation } from '../../src/app/installation.ts';
import { openSession, type Session } from '../../src/app/session.ts';
import { passage } from '../../src/cli/page.ts';
import { decodeKeys } from '../../src/console/input/decode-keys.ts';
import type { Line } from '../../src/console/paint/line.ts';
import { frameLines } from '../../src/console/paint/frame.ts';
import { ansiLine } from '../../src/console/paint/theme.ts';
import { linePainter } from '../../src/console/picture/line-painter.ts';
import { screenNamed } from '../../src/console/screens/all-screens.ts';
import { beginning } from '../../src/console/state/begin.ts';
import type { ConsoleState } from '../../src/console/state/console-state.ts';
import type { ConsoleEvent } from '../../src/console/state/event.ts';
import { surroundingsOf } from '../../src/console/state/surroundings.ts';
import { update } from '../../src/console/state/update.ts';
import { badInputs, badText, hasBadInputs } from '../support/bad-inputs.ts';
import { consoleWorld } from '../support/console-world.ts';
import { ModelTerminal, unicodeBrush } from './a-picture.ts';

const SIZES = [
  [60, 15],
  [140, 40],
] as const;

const SCREENS = [
  { name: 'today', about: {}, keys: '' },
  { name: 'queue', about: {}, keys: '' },
  { name: 'queue', about: {}, keys: 'vjja' },
  { name: 'reminder', about: { id: 138 }, keys: '' },
  { name: 'customers', about: {}, keys: 'al noor\r' },
  { name: 'customer', about: { code: 'C-00001' }, keys: '' },
  { name: 'deliveries', about: {}, keys: '' },
  { name: 'runs', about: {}, keys: '' },
  { name: 'calendar', about: {}, keys: '' },
  { name: 'templates', about: {}, keys: '' },
  { name: 'template', about: { name: 'consolidated/polite' }, keys: '' },
  { name: 'companies', about: {}, keys: '' },
  { name: 'queue', about: {}, keys: 'V' },
  { name: 'audit', about: {}, keys: '' },
] as const;

describe.skipIf(!hasBadInputs)('hostile names (skipped without the shared cases)', () => {
  const world = consoleWorld();
  const answers = new Map<string, unknown>();
  let close = async (): Promise<void> => undefined;

  beforeAll(async () => {
    world.wafa('approve', '37', '107');
    world.wafa('send');
    world.wafa('view', 'save', 'mine', '--filter', 'days>1');
    const env = { ...world.database().env, WAFA_CLOCK: '2026-11-23T09:00:00+04:00' };
    const installation = openInstallation({ env, operatingSystemLogin: process.env['USER'] ?? 'root' });
    close = () => installation.close();
    const session = await openSession(installation, undefined);
    for (const { name, about, keys } of SCREENS) answers.set(name + keys, await answerOf(session, name, about, keys));
  }, 120_000);
  afterAll(() => close());

  const names = badInputs('names').flatMap((name) => {
    const text = badText(name);
    return text === null ? [] : [{ id: name.id, text: text.slice(0, 3_000) }];
  });

  it.each(names)('$id breaks no line of any screen', async ({ text }) => {
    const broken: string[] = [];
    for (const [columns, rows] of SIZES)
      for (const { name, about, keys } of SCREENS) {
        const state = filled({ name, about, keys }, columns, rows, withText(answers.get(name + keys), text), text);
        broken.push(
          ...(await brokenLines(frameLines(state, unicodeBrush(), 0), columns, rows)).map((why) => `${name} ${columns}×${rows} ${why}`),
        );
      }
    expect(broken).toEqual([]);
  });

  it('would break lines, if the text went to the terminal as it came', async () => {
    const raw = (text: string): Line => ({ pieces: [{ text: text as never, tone: 'plain', width: 80 }] });
    const broken = await Promise.all(names.map(({ text }) => brokenLines([raw(text.padEnd(80))], 80, 24)));
    expect(broken.filter((lines) => lines.length > 0).length).toBeGreaterThan(names.length / 4);
  });
});

/** Lines with a control code in them, or that the terminal shows otherwise than they were meant. */
async function brokenLines(lines: readonly Line[], columns: number, rows: number): Promise<readonly string[]> {
  const model = new ModelTerminal(columns, rows);
  linePainter(model.stdout).repaint(lines.map((line) => ansiLine(line, 'dark')));
  await model.drawn();
  const shown = model.text();
  return lines.flatMap(({ pieces }, at) => {
    const meant = pieces.map(({ text }) => text as string).join('');
    if (/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u.test(meant)) return [`control code in line ${at}: ${JSON.stringify(meant)}`];
    return shown[at]?.trimEnd() === meant.trimEnd() ? [] : [`line ${at} shows ${JSON.stringify(shown[at])} for ${JSON.stringify(meant)}`];
  });
}

type Place = Pick<(typeof SCREENS)[number], 'name' | 'about' | 'keys'>;

function opened({ name, about }: Place, columns: number, rows: number): ConsoleState {
  return beginning({ columns, rows, theme: 'dark', isReadOnly: false, rebound: {}, notice: null, screens: [{ name, about }] });
}

const after = (state: ConsoleState, event: ConsoleEvent): ConsoleState => update(state, event)[0];

const typed = (state: ConsoleState, keys: string): ConsoleState =>
  decodeKeys(keys).keys.reduce((current, key) => after(current, { kind: 'key', key, atMs: 0 }), state);

function questionOf(state: ConsoleState): Readonly<Record<string, unknown>> {
  const open = state.screens.at(-1);
  return (open === undefined ? null : screenNamed(open.name).question(open.state, surroundingsOf(state, 0).area)) ?? {};
}

async function answerOf(session: Session, name: string, about: object, keys: string): Promise<unknown> {
  const state = typed(opened({ name, about, keys } as Place, 80, 24), keys.endsWith('\r') ? keys : '');
  return await screenNamed(name).fetch(session, questionOf(state));
}

/** The screen with its answer, at the moment the keys have been pressed; a text to read lies over it where none was. */
function filled(place: Place, columns: number, rows: number, data: unknown, text: string): ConsoleState {
  const looksFor = place.keys.endsWith('\r');
  const asking = typed(opened(place, columns, rows), looksFor ? place.keys : '');
  const live = { ...asking, link: { kind: 'live', seenAtMs: 0 } } as const;
  const answer = { kind: 'answered', screen: place.name, question: JSON.stringify(questionOf(asking)), data, atMs: 0 } as const;
  const answered = typed(after(live, answer), looksFor ? '' : place.keys);
  if (place.name !== 'audit') return answered;
  const ending = { words: ['preview', text], isDone: true, summary: text, page: [passage(text)], undo: null, undoUntil: null };
  return after(answered, { kind: 'verb-ended', ending, atMs: 0 });
}

/** Fields that hold what a ledger, a mail server or a person wrote. */
const FOREIGN = /name|address|text|title|reason|note|why|reference|words|changes|place/i;

function withText(value: unknown, text: string, key = ''): unknown {
  if (typeof value === 'string') return FOREIGN.test(key) ? text : value;
  if (Array.isArray(value)) return value.map((item) => withText(item, text, key));
  if (value === null || typeof value !== 'object' || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withText(inner, text, name)]));
}

const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype;
