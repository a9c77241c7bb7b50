import { describe, expect, it } from 'vitest';

import { withDateOrder } from '../../../src/app/commands/ask-date-order.ts';
import { AmbiguousDates, type DateOrder } from '../../../src/intake/date-order.ts';

/** A file whose only day is 03/04/2026. */
const read = async (order?: DateOrder): Promise<DateOrder> => {
  if (order === undefined) throw new AmbiguousDates('ledger.csv', { text: '03/04/2026', row: 2, column: 'Date' });
  return order;
};

describe('a file whose days can all be read two ways', () => {
  it('is read as the person at the terminal says, who sees both readings', async () => {
    const questions: string[] = [];
    const ask = async (question: string): Promise<string> => {
      questions.push(question);
      return ' MDY ';
    };
    expect(await withDateOrder({ ask }, read)).toBe('mdy');
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatch(/03\/04\/2026 Fri 3 Apr 2026 or Wed 4 Mar 2026/);
  });

  it('is refused, naming --dates, when nobody is there', async () => {
    await expect(withDateOrder({}, read)).rejects.toMatchObject({
      code: 'import.ambiguous-dates',
      tryThis: 'Say --dates dmy (day first) or --dates mdy (month first).',
    });
  });

  it.each(['', 'yes', 'y', 'dmy mdy'])('is refused after the answer %j, which says neither', async (answer) => {
    await expect(withDateOrder({ ask: async () => answer }, read)).rejects.toMatchObject({ code: 'import.ambiguous-dates' });
  });
});
