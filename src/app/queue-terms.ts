/**
 * The queue's filter as typed: field terms narrow (`level:firm`, `status:held`, `type:individual`, `score>60`, `days>90`, `customer:C-00017`), other
 * words look in codes and names. Pure; what it does not understand it says.
 */
import type { QueueQuestion } from './read-reminders.ts';
import { DELIVERY_STATUSES, ESCALATION_LEVELS, REMINDER_TYPES } from '../domain/vocabulary.ts';

type ReminderFilter = QueueQuestion['filter'];

export type ReadFilter = { readonly ok: true; readonly filter: ReminderFilter } | { readonly ok: false; readonly why: string };

export function readQueueFilter(typed: string): ReadFilter {
  let filter: ReminderFilter = {};
  const words: string[] = [];
  for (const term of typed.trim().split(/\s+/).filter(Boolean)) {
    const match = /^([a-z]+)([:>])(.+)$/i.exec(term);
    if (match === null) {
      words.push(term);
      continue;
    }
    const read = fieldTerm(match[1]?.toLowerCase() ?? '', match[2] ?? '', match[3] ?? '');
    if (read === null) return { ok: false, why: `“${term}” is no term; use ${TERMS}` };
    filter = { ...filter, ...read };
  }
  return { ok: true, filter: words.length === 0 ? filter : { ...filter, text: words.join(' ') } };
}

const TERMS = 'level: status: type: customer: score> days> or words of a name';

function fieldTerm(field: string, sign: string, value: string): ReminderFilter | null {
  const word = value.toUpperCase().replaceAll('-', '_');
  const number = Number(value);
  if (sign === '>') {
    if (!Number.isInteger(number) || number < 0) return null;
    return field === 'score' ? { leastScore: number } : field === 'days' ? { leastDaysPastDue: number } : null;
  }
  switch (field) {
    case 'level':
      return oneOf(ESCALATION_LEVELS, word, (level) => ({ level }));
    case 'status':
      return oneOf(DELIVERY_STATUSES, word, (status) => ({ statuses: [status] }));
    case 'type':
      return oneOf(REMINDER_TYPES, word, (type) => ({ type }));
    case 'customer':
      return { customerCode: value };
    default:
      return null;
  }
}

/** A word may be cut short as long as only one fits. */
function oneOf<Word extends string>(words: readonly Word[], typed: string, filter: (word: Word) => ReminderFilter): ReminderFilter | null {
  const exact = words.find((word) => word === typed);
  const fitting = words.filter((word) => word.startsWith(typed));
  const found = exact ?? (fitting.length === 1 ? fitting[0] : undefined);
  return found === undefined ? null : filter(found);
}

/** The same filter as options of `wafa queue`. */
export function filterWords(filter: ReminderFilter): readonly string[] {
  const option = (name: string, value: string | number | undefined): readonly string[] =>
    value === undefined ? [] : [name, String(value)];
  return [
    ...(filter.statuses ?? []).flatMap((status) => ['--status', status]),
    ...option('--level', filter.level),
    ...option('--type', filter.type),
    ...option('--customer', filter.customerCode),
    ...option('--min-score', filter.leastScore),
    ...option('--min-days', filter.leastDaysPastDue),
    ...option('--find', filter.text),
  ];
}
