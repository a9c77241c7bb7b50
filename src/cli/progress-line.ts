/**
 * How far a long piece of work is, on stderr: on a terminal one line that is rewritten, with the rate and the time left; elsewhere, where a
 * rewritten line would fill a log, one line for each step when it is over. Short work says nothing.
 */
import type { WorkProgress } from '../app/commands/command.ts';
import type { Output } from './surroundings.ts';

/** Often enough to be seen moving, seldom enough to cost nothing. */
const REDRAW_EVERY_MS = 200;
/** A step that was over sooner is not worth a line. */
const WORTH_SAYING_MS = 2_000;
const CLEAR_LINE = '\r\u001B[2K';

export class ProgressLine {
  readonly #out: Output;
  readonly #nowMs: () => number;
  #step: { readonly name: string; readonly sinceMs: number; last: WorkProgress } | null = null;
  #drawnAtMs = -Infinity;
  #isDrawn = false;

  constructor(out: Output, nowMs: () => number = () => performance.now()) {
    this.#out = out;
    this.#nowMs = nowMs;
  }

  readonly hear = (work: WorkProgress): void => {
    const nowMs = this.#nowMs();
    if (this.#step?.name !== work.step) {
      this.#sayOver(nowMs);
      this.#step = { name: work.step, sinceMs: nowMs, last: work };
    }
    this.#step.last = work;
    if (!this.#out.isTerminal || nowMs - this.#drawnAtMs < REDRAW_EVERY_MS) return;
    this.#drawnAtMs = nowMs;
    this.#isDrawn = true;
    // A terminal that does not know its width says 0. A full last column would wrap and could not be taken back.
    const width = this.#out.columns === undefined || this.#out.columns === 0 ? 80 : this.#out.columns;
    this.#out.write(CLEAR_LINE + progressText(work, nowMs - this.#step.sinceMs).slice(0, width - 1));
  };

  /** Makes room for other talk; the next redrawing comes below it. */
  clear(): void {
    if (this.#isDrawn) this.#out.write(CLEAR_LINE);
    this.#isDrawn = false;
  }

  /** The work is over, one way or the other. */
  end(): void {
    this.clear();
    this.#sayOver(this.#nowMs());
    this.#step = null;
  }

  #sayOver(nowMs: number): void {
    if (this.#step === null || this.#out.isTerminal) return;
    const tookMs = nowMs - this.#step.sinceMs;
    if (tookMs < WORTH_SAYING_MS) return;
    const { last, name } = this.#step;
    const rows = last.done > 0 ? `${grouped(last.done)} rows, ` : '';
    this.#out.write(`${name}: ${rows}${duration(tookMs)}.\n`);
  }
}

/** `Reading: 400,000 of 1,000,000 rows, 52,000/s, 12 s left`; rate and time only once there is something to go by. */
export function progressText({ step, done, of }: WorkProgress, tookMs: number): string {
  if (done === 0) return `${step}${of === null ? '' : ` ${grouped(of)} rows`}…`;
  const rows = of === null ? `${grouped(done)} rows` : `${grouped(done)} of ${grouped(of)} rows`;
  if (tookMs < 1_000) return `${step}: ${rows}`;
  const perSecond = (done * 1_000) / tookMs;
  const left = of === null || of <= done ? '' : `, ${duration(((of - done) * 1_000) / perSecond)} left`;
  return `${step}: ${rows}, ${grouped(Math.round(perSecond))}/s${left}`;
}

const grouped = (count: number): string => count.toLocaleString('en');

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 100 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
