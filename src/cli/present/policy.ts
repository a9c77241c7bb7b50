import { genericPresenter } from './generic.ts';
import type { Presenter } from './presenter.ts';
import { heading, table, type Column } from '../page.ts';

interface PolicyField {
  readonly key: string;
  readonly value: string;
  readonly default: string;
  readonly allowed: string;
  readonly reason: string;
}

interface PolicyData {
  readonly version?: number;
  /** Only `policy show` has it. */
  readonly policy?: readonly PolicyField[];
}

const COLUMNS: readonly Column[] = [
  { title: 'KEY' },
  { title: 'VALUE', least: 12 },
  { title: 'DEFAULT', least: 8, leaveOut: 1 },
  { title: 'ALLOWED', least: 12, leaveOut: 2 },
];

/** A value that is not the default is marked, so that a company's own choices stand out. */
const valueCell = ({ value, default: byDefault }: PolicyField): string => (value === byDefault ? value : `${value} *`);

export const policyPresenter: Presenter<PolicyData> = {
  page: (data, context) => {
    const { version, policy } = data;
    if (policy === undefined) return genericPresenter.page(data, context);
    const [only, ...others] = policy;
    // One key asked for: then there is room for why it is as it is.
    if (only !== undefined && others.length === 0) return genericPresenter.page(only, context);
    return [
      heading(`Policy version ${version ?? '-'} (* differs from the default)`),
      table(
        COLUMNS,
        policy.map((field) => [field.key, valueCell(field), field.default, field.allowed]),
      ),
    ];
  },
};
