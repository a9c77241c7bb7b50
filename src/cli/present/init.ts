import type { Presenter } from './presenter.ts';
import { gap, heading, hint, line, pairs, type Block } from '../page.ts';
import type { InitData } from '../../app/commands/init.ts';
import type { ChecklistItem } from '../../app/setup/checklist.ts';

export const initPresenter: Presenter<InitData> = {
  takesNotes: true,
  page: ({ company, isNew, checklist }, { notes }) => [
    heading(`Before ${company.code} writes to its customers`),
    pairs(...checklist.map(itemPair)),
    gap,
    ...notes.map((note, at): Block => (isNew && at === 0 ? line(note) : hint(note))),
  ],
};

const itemPair = ({ isDone, label, what, command }: ChecklistItem): readonly [string, string] => [
  `${isDone === null ? '?' : isDone ? '✓' : ' '} ${label}`,
  isDone === true ? 'done' : `${what}${command === null ? '' : `: \`wafa ${command}\``}`,
];
