/** What is wrong with a cell, as the rest of a sentence that starts with the cell. */
import type { Currency } from '../domain/money.ts';
import type { AmountProblem } from './amount-text.ts';
import type { DateProblem } from './date-text.ts';

export const DATE_PROBLEMS: Readonly<Record<Exclude<DateProblem, 'missing'>, string>> = {
  'no-such-date': 'is a day that does not exist',
  'out-of-range': 'is outside the years 1990 to 2100',
  future: 'lies more than a year ahead',
  'two-digit-year': 'has a year of two digits',
  'excel-serial': 'is a spreadsheet serial number, not a date',
  'time-of-day': 'has a time of day; a plain day is expected',
  'bad-syntax': 'is not a day in the expected form',
};

export function amountProblem(problem: Exclude<AmountProblem, 'missing'>, currency: Currency): string {
  switch (problem) {
    case 'formula':
      return 'is a formula';
    case 'scientific':
      return 'is in scientific notation, which may have lost digits';
    case 'currency-in-amount':
      return 'has a currency in it; the currency has its own column';
    case 'too-many-decimals':
      return `has more decimals than ${currency} has`;
    case 'out-of-range':
      return 'is larger than Wafa can hold';
    case 'bad-syntax':
      return 'is not an amount in the expected form';
  }
}
