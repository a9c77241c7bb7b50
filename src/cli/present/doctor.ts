import { counted } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { gap, hint, line, pairs, type Block } from '../page.ts';
import type { Examination } from '../../app/doctor/examine.ts';
import type { Finding } from '../../app/doctor/finding.ts';

export const doctorPresenter: Presenter<Examination> = {
  page: ({ findings, faults, warnings }) => [
    pairs(...findings.map(({ check, state, found }) => [check, `${MARKS[state]}${found}`] as const)),
    ...findings.filter(({ state }) => state !== 'ok').flatMap(advice),
    gap,
    line(faults + warnings === 0 ? 'All is well.' : `${counted(faults, 'fault')}, ${counted(warnings, 'warning')}.`),
  ],
  csv: ({ findings }) => ({
    columns: ['check', 'state', 'found', 'meaning', 'tryThis'],
    rows: findings.map(({ check, state, found, meaning, tryThis }) => [check, state, found, meaning ?? '', tryThis ?? '']),
  }),
};

/** Words, because nothing is told by colour alone. */
const MARKS = { ok: '', warning: 'LOOK: ', fault: 'WRONG: ' } as const satisfies Record<Finding['state'], string>;

const advice = ({ check, meaning, tryThis }: Finding): readonly Block[] => [gap, line(`${check}: ${meaning ?? ''}`), hint(tryThis ?? '')];
