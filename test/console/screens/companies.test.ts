/** Going from one company to another: nothing of the one that was left may stay on the screen, and nothing typed for one may happen in the other. */
import { describe, expect, it } from 'vitest';

import type { CompanyToday } from '../../../src/app/read-companies-today.ts';
import { AConsole, aReminderRow } from '../a-console.ts';

const aCompany = (code: string, isHere: boolean): CompanyToday => ({
  code,
  name: `${code} Trading LLC`,
  mode: 'OUTBOX',
  isWindowOpen: true,
  isHere,
  today: {
    isMine: false,
    windowsToday: ['09:00-17:00'],
    nextDayOff: null,
    rows: [
      { key: 'to-approve', count: 12, money: { currency: 'AED', amount: '48200.00' } },
      { key: 'replies', count: 2, money: null },
      { key: 'cheques-returned', count: 1, money: null },
    ],
    atRisk: { currency: 'AED', amount: '9100.50' },
    scheduled: { count: 0, money: { currency: 'AED', amount: '0.00' } },
    ledger: { invoicesAsOn: null, receiptsAsOn: null },
    daysToConfirm: [],
  },
});

function onCompanies(columns = 120): AConsole {
  const desk = new AConsole(columns, 30);
  desk.queueAnswered([aReminderRow(1)]);
  desk.types('C');
  desk.answered([aCompany('ACME', false), aCompany('DEMO', true)]);
  return desk;
}

const entering = (desk: AConsole): readonly string[] =>
  desk.effects.flatMap((effect) => (effect.kind === 'enter-company' ? [effect.code] : []));

describe('the companies somebody works for', () => {
  it.each([60, 80, 120, 200])('show at %i columns what waits in each, the cursor on the one that is open', (columns) => {
    const frame = onCompanies(columns).frame();
    expect(frame.find((line) => line.includes('ACME'))).toMatch(/12 .*3\b/);
    expect(frame.find((line) => line.startsWith('❯'))).toContain('DEMO');
  });

  it('cannot be left while a verb runs, and no verb begins on the way', () => {
    const desk = onCompanies();
    desk.types('k\r');
    expect(entering(desk)).toEqual(['ACME']);
    desk.types('2a');
    expect(desk.text()).toContain('is still running');
    expect(desk.verbs()).toEqual([]);
    desk.types('C\r');
    expect(entering(desk)).toEqual(['ACME']);
  });

  it('leave nothing behind: rows, marks, questions and the undo are gone', () => {
    const desk = onCompanies();
    desk.types('2 :appr');
    desk.happens({ kind: 'entered', code: 'ACME', whyNot: null, atMs: 0 });
    expect(desk.text()).not.toContain('C-1');
    expect(desk.text()).toContain('You are in ACME now.');
    expect(desk.state).toMatchObject({ overlays: [], lastUndo: null, pulse: null, running: null });
  });

  it('do not mix: a pulse of the company that was left is not heard', () => {
    const desk = onCompanies();
    const old = desk.state.pulse!;
    desk.happens({ kind: 'entered', code: 'ACME', whyNot: null, atMs: 0 });
    desk.happens({ kind: 'pulse', atMs: 0, pulse: old });
    expect(desk.state.pulse).toBeNull();
    desk.happens({ kind: 'pulse', atMs: 0, pulse: { ...old, companyCode: 'ACME' } });
    expect(desk.text()).toContain('ACME');
  });

  it('stay as they are when the other one cannot be entered', () => {
    const desk = onCompanies();
    desk.types('k\r');
    desk.happens({ kind: 'entered', code: 'ACME', whyNot: 'There is no company "ACME" here.', atMs: 0 });
    expect(desk.text()).toContain('There is no company');
    expect(desk.state.pulse?.companyCode).toBe('DEMO');
  });
});
