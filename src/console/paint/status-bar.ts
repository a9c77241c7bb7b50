/** The line at the top: whose console this is, where mail goes, whether it may go now, how old what is shown is. Words first, tones second. */
import { widthOf, type Brush } from './brush.ts';
import type { Line, Piece, Tone } from './line.ts';
import type { Pulse } from '../../app/read-pulse.ts';
import type { ConsoleState } from '../state/console-state.ts';

export function barLine(state: ConsoleState, brush: Brush, atMs: number): Line {
  const { pulse, size } = state;
  const right = brush.piece(`${linkWords(state, atMs)} `, state.link.kind === 'lost' ? 'bad' : 'muted');
  const room = size.columns - right.width - 1;
  const left: readonly Piece[] = pulse === null ? [brush.piece(' Wafa', 'strong')] : fitting(state, pulse, brush, room);
  return brush.edges(left, [right], size.columns, 'bar');
}

/** Whether mail may leave is never cut off: a line too narrow for all does without the company's long name, then without explaining the mode. */
function fitting(state: ConsoleState, pulse: Pulse, brush: Brush, room: number): readonly Piece[] {
  const [code, name, mode, shortMode, sending] = [
    brush.piece(` ${pulse.companyCode} `, 'strong'),
    brush.piece(`${pulse.companyName}  `),
    brush.piece(MODE_WORDS[pulse.mode], MODE_TONES[pulse.mode]),
    brush.piece(MODE_WORDS[pulse.mode].split(':')[0] ?? '', MODE_TONES[pulse.mode]),
    brush.piece(`  ${windowWords(pulse)}`, pulse.isWindowOpen ? 'good' : 'muted'),
  ];
  const lock = state.isReadOnly ? [brush.piece('  READ-ONLY', 'notice')] : [];
  const choices = [
    [code, name, mode, sending, ...lock],
    [code, brush.blank(1), mode, sending, ...lock],
    [code, brush.blank(1), shortMode, sending, ...lock],
  ];
  return choices.find((pieces) => widthOf(pieces) <= room) ?? choices.at(-1) ?? [];
}

const MODE_TONES: Readonly<Record<Pulse['mode'], Tone>> = {
  LIVE: 'strong',
  OUTBOX: 'notice',
  LOOPBACK: 'notice',
  PAUSED: 'bad',
  STOPPED: 'bad',
};

const MODE_WORDS: Readonly<Record<Pulse['mode'], string>> = {
  LIVE: 'LIVE',
  OUTBOX: 'OUTBOX: not sent to anyone',
  LOOPBACK: 'LOOPBACK: a test server',
  PAUSED: 'PAUSED',
  STOPPED: 'ALL SENDING STOPPED',
};

function windowWords({ isWindowOpen, opensAt, timeZone }: Pulse): string {
  if (isWindowOpen) return 'window open';
  if (opensAt === null) return 'window closed';
  const opens = opensAt.toZonedDateTimeISO(timeZone);
  return `window opens ${opens.toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })}`;
}

function linkWords({ link, pulse }: ConsoleState, atMs: number): string {
  switch (link.kind) {
    case 'connecting':
      return 'connecting…';
    case 'lost':
      return `DATABASE AWAY ${Math.round((atMs - link.sinceMs) / 1_000)} s, try ${link.tries}`;
    case 'live':
      return pulse === null
        ? ''
        : pulse.now
            .toZonedDateTimeISO(pulse.timeZone)
            .toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  }
}
