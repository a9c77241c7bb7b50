/** The line at the top: whose console this is, where mail goes, whether it may go now, how old what is shown is. Words first, tones second. */
import type { Brush } from './brush.ts';
import type { Line, Piece, Tone } from './line.ts';
import type { Pulse } from '../../app/read-pulse.ts';
import type { ConsoleState } from '../state/console-state.ts';

export function barLine(state: ConsoleState, brush: Brush, atMs: number): Line {
  const { pulse, size } = state;
  const left: readonly Piece[] =
    pulse === null
      ? [brush.piece(' Wafa', 'strong')]
      : [
          brush.piece(` ${pulse.companyCode} `, 'strong'),
          brush.piece(`${pulse.companyName}  `),
          brush.piece(modeWords(pulse), MODE_TONES[pulse.mode]),
          brush.piece(`  ${windowWords(pulse)}`, pulse.isWindowOpen ? 'good' : 'muted'),
          ...(state.isReadOnly ? [brush.piece('  READ-ONLY', 'notice')] : []),
        ];
  return brush.edges(left, [brush.piece(`${linkWords(state, atMs)} `, state.link.kind === 'lost' ? 'bad' : 'muted')], size.columns, 'bar');
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

const modeWords = ({ mode }: Pulse): string => MODE_WORDS[mode];

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
