/** What the operator says a file holds, by currency, against what was read: a truncated export is noticed before it is applied. */
import { readCurrency } from '../operator-input.ts';
import { decimalText, minorFromDecimal, moneyText, type Currency } from '../../domain/money.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { RecordKind } from '../../intake/mapping.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import { stagedTotals, type StagedTotal } from '../../store/sql/import-totals.ts';

/** As typed: `AED=1200.50,USD=10`. */
export interface ImportExpectations {
  readonly totals?: string | undefined;
  readonly counts?: string | undefined;
}

/** @throws OperatorError `import.unexpected-total`, `import.unexpected-count`, and for texts that cannot be read. */
export async function checkExpectations(tx: CompanyTx, { totals, counts }: ImportExpectations, kind: RecordKind): Promise<void> {
  if (totals === undefined && counts === undefined) return;
  const found = new Map((await stagedTotals(tx, kind === 'credit-notes')).map((row) => [row.currency, row]));
  for (const [currency, text] of pairsOf(totals ?? '', 'AED=1200.50')) requireTotal(found.get(currency), currency, text);
  for (const [currency, text] of pairsOf(counts ?? '', 'AED=350')) requireCount(found.get(currency), currency, text);
}

function requireTotal(found: StagedTotal | undefined, currency: Currency, text: string): void {
  const expectedMinor = minorFromDecimal(text, currency);
  const foundMinor = found?.totalMinor ?? 0n;
  if (expectedMinor === foundMinor) return;
  throw new OperatorError({
    code: 'import.unexpected-total',
    message:
      `The file comes to ${moneyText({ minor: foundMinor, currency })}, ` +
      `${decimalText(expectedMinor, currency)} was expected. Nothing was imported.`,
    tryThis: 'Check that the export is complete and of the right day.',
  });
}

function requireCount(found: StagedTotal | undefined, currency: Currency, text: string): void {
  const expected = /^\d{1,9}$/.test(text) ? Number(text) : unreadable(`${currency}=${text}`, 'AED=350');
  const count = found?.count ?? 0;
  if (expected === count) return;
  throw new OperatorError({
    code: 'import.unexpected-count',
    message: `The file has ${count} records in ${currency}, ${expected} were expected. Nothing was imported.`,
    tryThis: 'Check that the export is complete and of the right day.',
  });
}

const pairsOf = (text: string, example: string): readonly (readonly [Currency, string])[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, currency = '', value = ''] = /^([^=]+)=(.+)$/.exec(part) ?? unreadable(part, example);
      return [readCurrency(currency), value.trim()] as const;
    });

function unreadable(text: string, example: string): never {
  throw new OperatorError({
    code: 'import.bad-expectation',
    kind: 'usage',
    message: `${JSON.stringify(text.slice(0, 40))} does not say what to expect.`,
    tryThis: `Write currency and figure, for example ${example}; several with commas between them.`,
  });
}
