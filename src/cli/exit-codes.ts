/**
 * How a command's end is told to the shell that called it. Scripts depend on these numbers: a new kind of end gets a new number,
 * an old number never changes its meaning.
 */
import type { CommandEnding } from '../app/commands/command.ts';
import type { OperatorErrorKind } from '../domain/operator-error.ts';

export const EXIT_CODES = {
  ok: 0,
  failed: 1,
  /** What monitoring systems take for critical; of `status --check` alone. */
  critical: 2,
  usage: 2,
  partly: 3,
  'nothing-to-do': 4,
  refused: 5,
  /** `EX_CONFIG` of sysexits.h: a supervisor sees that starting again will not help. */
  configuration: 78,
  /** 128 + SIGINT, as shells count. */
  interrupted: 130,
} as const satisfies Record<CommandEnding | OperatorErrorKind | 'interrupted', number>;

/** How a console ended that a signal closed, as shells count: 128 and the signal's number. */
export const SIGNAL_CODES = { SIGHUP: 129, SIGINT: EXIT_CODES.interrupted, SIGTERM: 143 } as const;
