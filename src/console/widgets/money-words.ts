/** Amounts for people: grouped by thousands, per currency, never added together. Text only, from decimal strings. */
interface MoneyText {
  readonly currency: string;
  readonly amount: string;
}

export const moneyWords = ({ currency, amount }: MoneyText): string => `${currency} ${grouped(amount)}`;

const grouped = (amount: string): string => amount.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',');

export const totalsWords = (totals: readonly MoneyText[]): string => totals.map(moneyWords).join(' + ');

/** The first amount whole and how many more there are: in a column no amount is ever cut. */
export function firstTotalWords(totals: readonly MoneyText[]): string {
  const [first, ...others] = totals;
  if (first === undefined) return '';
  return others.length === 0 ? moneyWords(first) : `${moneyWords(first)} +${others.length} more`;
}

/** Sums per currency in whole minor units of the decimals given; a currency's amounts all have the same number of decimals. */
export function summed(totals: readonly MoneyText[]): readonly MoneyText[] {
  const sums = new Map<string, { minor: bigint; decimals: number }>();
  for (const { currency, amount } of totals) {
    const decimals = amount.includes('.') ? amount.length - amount.indexOf('.') - 1 : 0;
    const sum = sums.get(currency) ?? { minor: 0n, decimals };
    sums.set(currency, { minor: sum.minor + BigInt(amount.replace('.', '')), decimals });
  }
  return [...sums].map(([currency, { minor, decimals }]) => ({ currency, amount: decimalOf(minor, decimals) }));
}

function decimalOf(minor: bigint, decimals: number): string {
  if (decimals === 0) return minor.toString();
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
