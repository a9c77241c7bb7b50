/** A console without a terminal or a database: a state, a clock, and what it was asked to do. */
import { decodeKeys } from '../../src/console/input/decode-keys.ts';
import { Brush } from '../../src/console/paint/brush.ts';
import { frameLines } from '../../src/console/paint/frame.ts';
import { UNICODE_SYMBOLS } from '../../src/console/paint/symbols.ts';
import { beginning } from '../../src/console/state/begin.ts';
import type { ConsoleState } from '../../src/console/state/console-state.ts';
import type { ConsoleEvent, Effect } from '../../src/console/state/event.ts';
import { update } from '../../src/console/state/update.ts';
import type { QueueView } from '../../src/app/reminder-view.ts';
import { asId } from '../../src/domain/ids.ts';

export class AConsole {
  state: ConsoleState;
  atMs = 0;
  readonly effects: Effect[] = [];

  constructor(columns = 120, rows = 40, rebound: ConsoleState['rebound'] = {}) {
    this.state = beginning({
      columns,
      rows,
      theme: 'none',
      isReadOnly: false,
      rebound,
      notice: null,
      screens: [
        { name: 'today', about: {} },
        { name: 'queue', about: {} },
      ],
    });
    this.happens({
      kind: 'pulse',
      atMs: 0,
      pulse: {
        sequence: 1,
        now: Temporal.Instant.from('2026-11-23T06:00:00Z'),
        today: Temporal.PlainDate.from('2026-11-23'),
        timeZone: 'Asia/Dubai',
        companyCode: 'DEMO',
        companyName: 'Wahat Al Imdad Supplies LLC',
        isSample: true,
        login: 'noura',
        roles: ['OPERATOR', 'APPROVER'],
        mode: 'OUTBOX',
        isWindowOpen: true,
        opensAt: null,
        windowAsOf: Temporal.Instant.from('2026-11-23T06:00:00Z'),
      },
    });
  }

  happens(event: ConsoleEvent): void {
    const [state, effects] = update(this.state, event);
    this.state = state;
    this.effects.push(...effects);
  }

  /** Types keys as a terminal would send them. */
  types(text: string): void {
    for (const key of decodeKeys(text).keys) this.happens({ kind: 'key', key, atMs: this.atMs });
  }

  /** Draws, and lets time pass. */
  painted(ms = 1_000): void {
    this.happens({ kind: 'painted', overlayIds: this.state.overlays.map(({ id }) => id), atMs: this.atMs });
    this.atMs += ms;
  }

  queueAnswered(
    reminders: readonly QueueView[],
    question: Readonly<Record<string, unknown>> = { filter: '', sort: 'risk', isReversed: false, after: null },
  ): void {
    this.happens({
      kind: 'answered',
      screen: 'queue',
      question: JSON.stringify(question),
      data: { reminders, next: null },
      atMs: this.atMs,
    });
  }

  /** The screen on top is told what it asked for. */
  answered(data: unknown): void {
    const asked = this.effects.findLast((effect) => effect.kind === 'ask');
    if (asked === undefined) throw new Error('no screen has asked for anything');
    this.happens({ kind: 'answered', screen: asked.screen, question: JSON.stringify(asked.question), data, atMs: this.atMs });
  }

  text(): string {
    return this.frame().join('\n');
  }

  frame(): readonly string[] {
    const brush = new Brush({ bidi: 'app', symbols: UNICODE_SYMBOLS });
    return frameLines(this.state, brush, this.atMs).map(({ pieces }) => pieces.map(({ text }) => text).join(''));
  }

  verbs(): readonly (readonly string[])[] {
    return this.effects.flatMap((effect) => (effect.kind === 'run-verb' ? [effect.act.words] : []));
  }
}

export const aReminderRow = (id: number, changes: Partial<QueueView> = {}): QueueView => ({
  id: asId<'reminder'>(id),
  version: 3,
  customer: { code: `C-${id}`, name: `Trading ${id} LLC`, nameAr: 'شركة الأمل للتجارة' },
  type: 'CONSOLIDATED',
  level: 'POLITE',
  status: 'PROPOSED',
  statusWord: 'to approve',
  score: 52,
  atRisk: { currency: 'AED', amount: '3000.00' },
  invoiceIds: [],
  items: 2,
  oldestDaysPastDue: 21,
  totals: [{ currency: 'AED', amount: '8200.00' }],
  baseTotal: null,
  recipient: { name: 'Noura', address: 'noura@example.test' },
  language: 'AR_EN',
  scheduledFor: '2026-11-23T06:00:00Z',
  changes: [],
  ...changes,
});
