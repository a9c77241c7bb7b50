/** Draws the topmost overlay over the picture below it. A box of whole lines: what it covers is covered completely. */
import type { Brush } from './brush.ts';
import type { Line, Piece } from './line.ts';
import { choiceEntries } from '../overlays/choice-entries.ts';
import { helpEntries } from '../overlays/help-entries.ts';
import { paletteEntries } from '../overlays/palette-entries.ts';
import { pageLines } from '../widgets/page-lines.ts';
import { linesFrom } from '../widgets/scroll.ts';
import type { ConsoleState, Field, Overlay } from '../state/console-state.ts';
import { readAnswer } from '../state/prompt-answer.ts';

export function overlayLines(below: readonly Line[], state: ConsoleState, brush: Brush, atMs: number): readonly Line[] {
  const overlay = state.overlays.at(-1);
  if (overlay === undefined) return below;
  const { columns, rows } = state.size;
  if (overlay.kind === 'command-line') return below.with(-1, fieldLine(brush, ':', overlay.field, columns, 'overlay'));
  const width = Math.min(columns - 4, 96);
  const content = boxContent(overlay, state, brush, width - 4, Math.max(3, rows - 8), atMs);
  const box = framed(brush, content.title, content.lines, width);
  const top = Math.max(1, Math.floor((rows - box.length) / 3));
  const left = Math.floor((columns - width) / 2);
  return below.map((line, at) => (at >= top && at < top + box.length ? laidOver(brush, line, box[at - top] as Line, left, columns) : line));
}

interface BoxContent {
  readonly title: string;
  readonly lines: readonly Line[];
}

function boxContent(
  overlay: Exclude<Overlay, { kind: 'command-line' }>,
  state: ConsoleState,
  brush: Brush,
  width: number,
  most: number,
  atMs: number,
): BoxContent {
  switch (overlay.kind) {
    case 'confirm':
      return confirmContent(overlay, brush, width);
    case 'asked':
      return {
        title: 'Is it meant?',
        lines: [
          ...brush.wrapped(overlay.question, width),
          brush.line([], width),
          keysLine(brush, width, [
            ['y', 'yes'],
            ['n', 'no'],
          ]),
        ],
      };
    case 'prompt':
      return {
        title: overlay.prompt.title,
        lines: [
          ...brush.wrapped(overlay.prompt.hint, width, 'muted'),
          brush.line([], width),
          fieldLine(brush, '', overlay.field, width, 'overlay-cursor'),
          ...meaningLines(overlay, state, brush, width),
          brush.line([], width),
          keysLine(brush, width, [
            ['enter', 'go on'],
            ['esc', 'cancel'],
          ]),
        ],
      };
    case 'palette':
      return listContent(
        'Commands',
        overlay.field,
        overlay.at,
        paletteEntries(state, overlay.field.value),
        brush,
        width,
        most,
        ({ name, about }) => [brush.cell(name, 22, { tone: 'strong' }), brush.piece(about)],
      );
    case 'help':
      return listContent(
        'Keys here',
        overlay.field,
        overlay.at,
        helpEntries(state, overlay.field.value, atMs),
        brush,
        width,
        most,
        ({ keys, about, whyNot }) => [
          brush.cell(keys, 18, { tone: whyNot === null ? 'key' : 'disabled' }),
          brush.piece(whyNot === null ? about : `${about} (not now: ${whyNot})`, whyNot === null ? 'plain' : 'disabled'),
        ],
      );
    case 'choice':
      return choiceContent(overlay, brush, width, most);
    case 'passage': {
      const all = pageLines(overlay.page, brush, width);
      const shown = linesFrom(all, overlay.top, most - 2);
      const rest = Math.max(0, all.length - overlay.top - shown.length);
      return {
        title: overlay.title,
        lines: [
          ...shown,
          brush.line([], width),
          keysLine(brush, width, [
            ['↑↓', rest > 0 ? `${rest} more lines` : 'end'],
            ['v', 'pager'],
            ['e', 'editor'],
            ['esc', 'close'],
          ]),
        ],
      };
    }
  }
}

/** What a day was understood as, so that a slip is seen before Enter. */
function meaningLines(
  { prompt, field }: Extract<Overlay, { kind: 'prompt' }>,
  { pulse }: ConsoleState,
  brush: Brush,
  width: number,
): readonly Line[] {
  const meaning = readAnswer(prompt, field.value, pulse?.today ?? null)?.meaning ?? null;
  return meaning === null ? [] : brush.wrapped(`= ${meaning}`, width, 'good');
}

function choiceContent({ choice, field, at }: Extract<Overlay, { kind: 'choice' }>, brush: Brush, width: number, most: number): BoxContent {
  const entries = choiceEntries(choice, field.value);
  const canDelete = entries[at]?.removal !== undefined;
  const list = listContent(choice.title, field, at, entries, brush, width, most - 2, ({ name, about }) => [
    brush.cell(name, 26, { tone: 'strong' }),
    brush.blank(2),
    brush.piece(about, 'muted'),
  ]);
  const none = choice.entries.length === 0 ? brush.wrapped(choice.whenNone, width, 'muted') : null;
  const keys: readonly (readonly [string, string])[] = [
    ['enter', 'take it'],
    ...(canDelete ? [['delete', 'delete it'] as const] : []),
    ['esc', 'close'],
  ];
  return { ...list, lines: [...(none ?? list.lines), brush.line([], width), keysLine(brush, width, keys)] };
}

function confirmContent({ act, typed }: Extract<Overlay, { kind: 'confirm' }>, brush: Brush, width: number): BoxContent {
  const { question, facts, typedWord, verb } = act.confirm ?? { question: '', facts: [], typedWord: null, verb: '' };
  const answer =
    typedWord === null
      ? [
          keysLine(brush, width, [
            ['y', verb],
            ['n', 'cancel'],
          ]),
        ]
      : [
          ...brush.wrapped(`Type ${typedWord} and press Enter to ${verb}.`, width, 'notice'),
          fieldLine(brush, '', { value: typed, caret: [...typed].length }, width, 'overlay-cursor'),
          keysLine(brush, width, [['esc', 'cancel']]),
        ];
  return { title: question, lines: [...facts.flatMap((fact) => brush.wrapped(fact, width)), brush.line([], width), ...answer] };
}

function listContent<Entry>(
  title: string,
  field: Field,
  at: number,
  entries: readonly Entry[],
  brush: Brush,
  width: number,
  most: number,
  pieces: (entry: Entry) => readonly Piece[],
): BoxContent {
  const room = most - 2;
  const top = Math.max(0, Math.min(at - Math.floor(room / 2), entries.length - room));
  const rows = entries.slice(top, top + room).map((entry, index) => {
    const isChosen = top + index === at;
    return brush.line(
      [brush.piece(isChosen ? `${brush.symbols.cursor} ` : '  ', 'key'), ...pieces(entry)],
      width,
      isChosen ? 'overlay-cursor' : 'overlay',
    );
  });
  const none = entries.length === 0 ? [brush.line([brush.piece('Nothing by these words.', 'muted')], width)] : [];
  return { title, lines: [fieldLine(brush, '/', field, width, 'overlay'), brush.line([], width), ...rows, ...none] };
}

const keysLine = (brush: Brush, width: number, keys: readonly (readonly [string, string])[]): Line =>
  brush.line(
    keys.flatMap(([key, label]) => [brush.piece(key, 'key'), brush.piece(` ${label}`), brush.blank(3)]),
    width,
  );

/** The line being typed, its end always in sight. */
function fieldLine(brush: Brush, sign: string, { value, caret }: Field, width: number, kind: 'overlay' | 'overlay-cursor'): Line {
  const characters = [...value];
  const room = Math.max(1, width - sign.length - 2);
  const from = Math.max(0, caret - room);
  const before = characters.slice(from, caret).join('');
  const after = characters.slice(caret, from + room).join('');
  return brush.line(
    [brush.piece(sign, 'key'), brush.piece(before), brush.piece(brush.symbols.side, 'key'), brush.piece(after)],
    width,
    kind,
  );
}

function framed(brush: Brush, title: string, lines: readonly Line[], width: number): readonly Line[] {
  const { corner, side, rule } = brush.symbols;
  const name = brush.cell(` ${title} `, Math.min(width - 6, Math.max(2, title.length + 2)), { tone: 'strong' });
  const head = [brush.piece(corner.topLeft + rule), name, brush.piece(rule.repeat(Math.max(0, width - 3 - name.width)) + corner.topRight)];
  const foot = [brush.piece(corner.bottomLeft + rule.repeat(width - 2) + corner.bottomRight)];
  return [
    brush.line(head, width, 'overlay-title'),
    ...lines.map((line): Line => ({
      pieces: [{ ...brush.piece(`${side} `), kind: 'overlay' }, ...line.pieces, { ...brush.piece(` ${side}`), kind: 'overlay' }],
      kind: line.kind ?? 'overlay',
    })),
    brush.line(foot, width, 'overlay'),
  ];
}

/** A box line in the middle of an empty one: what shows beside an overlay would only distract from the question. */
const laidOver = (brush: Brush, _below: Line, box: Line, left: number, columns: number): Line => ({
  ...box,
  pieces: [
    { ...brush.blank(left), kind: null },
    ...box.pieces,
    { ...brush.blank(columns - left - box.pieces.reduce((sum, { width }) => sum + width, 0)), kind: null },
  ],
});
