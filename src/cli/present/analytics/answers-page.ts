/** How mail fared, and what followed it. */
import type { EffectView } from '../../../app/insight/read-effect.ts';
import type { EngagementView } from '../../../app/insight/read-engagement.ts';
import { gap, heading, line, pairs, table, type Page } from '../../page.ts';
import type { CsvTable } from '../../csv-text.ts';
import { counted, dayOfText } from '../amounts.ts';
import { bar } from './bars.ts';

const percent = (value: number | null): string => (value === null ? '-' : `${value.toFixed(1)} %`);

const GROUPS = [
  ['level', 'byLevel'],
  ['language', 'byLanguage'],
  ['weekday', 'byWeekday'],
  ['kind of customer', 'bySegment'],
] as const;

export function engagementPage(view: EngagementView): Page {
  const { total, promises, cheques } = view;
  return [
    heading(`Mail and answers, ${dayOfText(view.from)} to ${dayOfText(view.to)}`),
    pairs(
      ['Accepted', `${total.accepted} of ${total.attempts} attempts, ${percent(total.acceptedPercent)}`],
      ['Came back', `${total.returned}, ${percent(total.returnedPercent)} of the accepted`],
      ['Uncertain', `${total.uncertain}, ${percent(total.uncertainPercent)}`],
      ['Complaints', String(total.complained)],
      ['Answered', `${total.replied}, ${percent(total.repliedPercent)} of the accepted`],
      [
        'Time to accept',
        total.meanAcceptMs === null ? '-' : `${total.meanAcceptMs} ms on average, ${percent(total.promptPercent)} within 10 s`,
      ],
      ['Promises', `${promises.kept} kept, ${promises.broken} broken${shareText(promises.reliability)}`],
      [
        'Cheques',
        `${cheques.cleared} cleared, ${cheques.returned} returned, ${cheques.unheard} unheard of${shareText(cheques.reliability)}`,
      ],
    ),
    ...GROUPS.filter(([, key]) => view[key].length > 0).flatMap(([label, key]) => [gap, groupTable(label, view[key])]),
  ];
}

const shareText = (estimate: EngagementView['promises']['reliability']): string =>
  estimate === null ? '' : `: ${percent(estimate.percent)} (95 %: ${percent(estimate.low)} to ${percent(estimate.high)})`;

const groupTable = (label: string, rows: EngagementView['byLevel']): Page[number] =>
  table(
    [
      { title: label.toUpperCase() },
      { title: 'ACCEPTED', align: 'right' },
      { title: 'CAME BACK', align: 'right' },
      { title: 'ANSWERED', align: 'right' },
      { title: '', leaveOut: 1 },
    ],
    rows.map((row) => [
      row.value,
      String(row.accepted),
      percent(row.returnedPercent),
      percent(row.repliedPercent),
      bar(row.accepted, Math.max(...rows.map(({ accepted }) => accepted)), 24),
    ]),
  );

export const engagementCsv = (view: EngagementView): CsvTable => {
  const counts = [
    'attempts',
    'accepted',
    'temporary',
    'refused',
    'uncertain',
    'notSent',
    'items',
    'returned',
    'complained',
    'replied',
  ] as const;
  return {
    columns: ['by', 'value', ...counts],
    rows: [
      ['all', 'all', ...counts.map((name) => view.total[name])],
      ...GROUPS.flatMap(([label, key]) => view[key].map((row) => [label, row.value, ...counts.map((name) => row[name])])),
    ],
  };
};

const DIMENSIONS = { all: 'all', level: 'level', language: 'language', weekday: 'weekday', segment: 'kind of customer' } as const;
const WEEKDAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const LOOKED_AT_DAYS = 14;

type Responses = EffectView['responses'];

export function effectPage(view: EffectView, notes: readonly string[]): Page {
  const rows = view.responses;
  return [
    heading(`What followed reminders, ${dayOfText(view.from)} to ${dayOfText(view.to)}`),
    ...notes.map(line),
    ...(view.sampleOfAccounts < 100 ? [line(`Of a sample of ${view.sampleOfAccounts} % of the customers.`)] : []),
    ...(rows.length === 0 ? [line('No reminder of these days is old enough to be looked at.')] : []),
    ...(rows.length === 0
      ? []
      : [
          gap,
          settledTable(
            'SETTLED WITHIN',
            rows.filter(({ dimension }) => dimension === 'all').map((row) => [`${row.days} days`, row] as const),
          ),
        ]),
    ...(['level', 'language', 'weekday', 'segment'] as const).flatMap((dimension) => {
      const of = rows.filter((row) => row.dimension === dimension && row.days === LOOKED_AT_DAYS);
      return of.length === 0
        ? []
        : [
            gap,
            settledTable(
              `${DIMENSIONS[dimension].toUpperCase()}, ${LOOKED_AT_DAYS} DAYS`,
              of.map((row) => [wordOf(row), row] as const),
            ),
          ];
    }),
    ...answerBlocks(view.answers),
  ];
}

const wordOf = ({ dimension, value }: { readonly dimension: string; readonly value: string }): string =>
  dimension === 'weekday' ? (WEEKDAYS[Number(value)] ?? value) : value;

const settledTable = (title: string, rows: readonly (readonly [string, Responses[number]])[]): Page[number] =>
  table(
    [
      { title },
      { title: 'INVOICES', align: 'right' },
      { title: 'CUSTOMERS', align: 'right', leaveOut: 1 },
      { title: 'SETTLED', align: 'right' },
      { title: '95 %' },
      { title: 'AGAINST EARLIER', align: 'right' },
      { title: '95 % ' },
    ],
    rows.map(([label, { invoices, accounts, settled, againstEarlier, isSmallSample }]) => [
      label,
      String(invoices),
      String(accounts),
      percent(settled.percent),
      `${settled.low}-${settled.high}`,
      againstEarlier === null ? '-' : `${isSmallSample ? '~' : ''}${signed(againstEarlier.percent)}`,
      againstEarlier === null ? '' : `${signed(againstEarlier.low)} to ${signed(againstEarlier.high)}`,
    ]),
  );

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(1)}`;

function answerBlocks(answers: EffectView['answers']): Page {
  const rows = answers.filter(({ dimension }) => dimension === 'all' || dimension === 'level');
  if (rows.length === 0) return [];
  return [
    gap,
    table(
      [
        { title: 'AFTER A REMINDER' },
        { title: 'REMINDERS', align: 'right' },
        { title: 'ANSWERED', align: 'right' },
        { title: 'PROMISED', align: 'right' },
        { title: 'KEPT', align: 'right' },
        { title: 'BROKEN', align: 'right' },
      ],
      rows.map(({ value, reminders, replied, promised, kept, broken }) => [
        value,
        ...[reminders, replied, promised, kept, broken].map(String),
      ]),
    ),
    line(
      `An answer counts within 14 days, a promise within 7.${answers.length === 0 ? '' : ` Of ${counted(rows[0]?.reminders ?? 0, 'reminder')} that arrived.`}`,
    ),
  ];
}

export const effectCsv = ({ responses }: EffectView): CsvTable => ({
  columns: [
    'by',
    'value',
    'days',
    'invoices',
    'customers',
    'settledPercent',
    'low',
    'high',
    'againstEarlier',
    'againstLow',
    'againstHigh',
    'comparedCustomers',
    'smallSample',
  ],
  rows: responses.map((row) => [
    DIMENSIONS[row.dimension],
    wordOf(row),
    row.days,
    row.invoices,
    row.accounts,
    row.settled.percent,
    row.settled.low,
    row.settled.high,
    row.againstEarlier?.percent ?? null,
    row.againstEarlier?.low ?? null,
    row.againstEarlier?.high ?? null,
    row.comparedAccounts,
    row.isSmallSample ? 'yes' : 'no',
  ]),
});
