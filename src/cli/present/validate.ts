import { counted } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { gap, heading, hint, line, pairs, table, type Page } from '../page.ts';
import type { ValidatedView } from '../../app/commands/validate.ts';
import type { AgeingAgreement } from '../../app/validate/expect-ageing.ts';

type Shown = ValidatedView | { readonly ageing: AgeingAgreement };

export const validatePresenter: Presenter<Shown> = {
  page: (data) => ('ageing' in data ? ageingPage(data.ageing) : checksPage(data)),
  csv: (data) =>
    'ageing' in data
      ? {
          columns: ['currency', 'expected', 'total', 'difference'],
          rows: data.ageing.currencies.map(({ currency, expected, total, difference }) => [currency, expected, total, difference]),
        }
      : {
          columns: ['check', 'kind', 'id', 'found'],
          rows: data.checks.flatMap(({ check, findings }) => findings.map(({ object, found }) => [check, object.kind, object.id, found])),
        },
};

const checksPage = ({ checks, findings }: ValidatedView): Page => [
  pairs(...checks.map(({ check, found }) => [check, found === 0 ? 'ok' : `WRONG: ${found}`] as const)),
  ...checks.filter(({ found }) => found > 0).flatMap(faultOf),
  gap,
  line(
    findings === 0
      ? 'All is well.'
      : `${counted(findings, 'finding')} in ${counted(checks.filter(({ found }) => found > 0).length, 'check')}.`,
  ),
];

/** As many as a person reads; `--json` and `--csv` have more. */
const SHOWN = 10;

const faultOf = ({ check, holds, means, fix, found, findings }: ValidatedView['checks'][number]): Page => [
  gap,
  heading(check),
  line(`${holds} Not so: ${means}`),
  ...findings
    .slice(0, SHOWN)
    .map(({ object, found: text }) => line(`  ${object.id === null ? '' : `${object.kind} ${object.id}: `}${text}`)),
  ...(found > SHOWN ? [line(`  and ${found - Math.min(SHOWN, findings.length)} more`)] : []),
  hint(fix),
];

const ageingPage = ({ asOn, agrees, currencies }: AgeingAgreement): Page => [
  heading(`Receivables as of ${asOn}`),
  ...currencies.map(({ currency, expected, total, difference, buckets, credits }) =>
    table(
      [{ title: currency }, { title: 'AMOUNT', align: 'right' }],
      [
        ...Object.entries(buckets),
        ['credits and cash', credits],
        ['total', total],
        ['control account', expected ?? 'not given'],
        ['difference', difference],
      ],
    ),
  ),
  gap,
  line(agrees ? 'They agree.' : 'They do not agree.'),
];
