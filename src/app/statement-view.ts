/** A statement as plain data: amounts as decimal text with their currency beside them, days as ISO text. */
import { AGEING_BUCKETS } from '../domain/ageing.ts';
import { decimalText } from '../domain/money.ts';
import type { CurrencyStatement } from '../domain/statement.ts';
import type { StatementContent } from '../mail/statement/statement-content.ts';

export type StatementView = ReturnType<typeof statementView>;

export const statementView = ({ customer, language, statement }: StatementContent) => ({
  customer: { code: customer.code, name: customer.name, nameAr: customer.nameAr },
  asOn: statement.asOn.toString(),
  language,
  rows: statement.lineCount,
  currencies: statement.currencies.map(currencyView),
});

function currencyView({ currency, groups, minorByBucket, creditsMinor, totalMinor }: CurrencyStatement) {
  const amount = (minor: bigint): string => decimalText(minor, currency);
  return {
    currency,
    total: amount(totalMinor),
    credits: amount(creditsMinor),
    ageing: Object.fromEntries(AGEING_BUCKETS.map((bucket) => [bucket, amount(minorByBucket[bucket])])),
    rows: groups.flatMap(({ lines }) =>
      lines.map(({ item, marks, daysPastDue, totalMinor: wholeMinor, settledMinor, balanceMinor }) => ({
        number: item.number,
        kind: item.kind,
        reference: item.customerReference,
        branch: item.branchCode,
        issuedOn: item.issuedOn.toString(),
        dueOn: item.dueOn?.toString() ?? null,
        daysPastDue,
        total: amount(wholeMinor),
        settled: amount(settledMinor),
        balance: amount(balanceMinor),
        notes: marks.map(({ kind, amountMinor }) => ({ kind, amount: amountMinor === null ? null : amount(amountMinor) })),
      })),
    ),
  };
}
