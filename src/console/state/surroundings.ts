import type { ConsoleState } from './console-state.ts';
import type { Area, Surroundings } from './screen.ts';
import { rolesForCommand } from '../../app/permissions.ts';

/** Lines the frame keeps for itself: the bar at the top, the title, the footer's keys and its message. */
const FRAME_ROWS = 4;

const screenArea = ({ size }: ConsoleState): Area => ({ columns: size.columns, rows: Math.max(0, size.rows - FRAME_ROWS) });

export const surroundingsOf = (state: ConsoleState, atMs: number): Surroundings => ({
  area: screenArea(state),
  now: state.pulse?.now ?? null,
  today: state.pulse?.today ?? null,
  timeZone: state.pulse?.timeZone ?? 'Asia/Dubai',
  atMs,
  lockedBecause: lockedBecause(state),
  whyNotVerb: (verb) => whyNotVerb(state, verb),
});

function lockedBecause({ isReadOnly, link, running }: ConsoleState): string | null {
  if (isReadOnly) return 'this console is read-only';
  if (link.kind === 'lost') return 'the database is away; what you see may be old';
  if (link.kind === 'connecting') return 'still connecting';
  return running === null ? null : `\`${running.words[0] ?? ''}\` is still running`;
}

/** What reads may be done whatever the state; a verb that changes something needs the role, and a console that may change things. */
function whyNotVerb(state: ConsoleState, verb: string): string | null {
  const locked = lockedBecause(state);
  if (locked !== null) return locked;
  const roles = rolesForCommand(verb) ?? [];
  const mine = state.pulse?.roles ?? [];
  return roles.length === 0 || roles.some((role) => mine.includes(role))
    ? null
    : `${verb} needs ${roles.join(' or ')}; you are ${mine.join(', ')}`;
}
