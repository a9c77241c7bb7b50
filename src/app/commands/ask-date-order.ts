/** Asks the person at the terminal how a file writes its days, when every one of them can be read two ways. Nobody there: refused. */
import type { CommandContext } from './command.ts';
import { dayText } from '../../domain/skip-reasons.ts';
import { AmbiguousDates, type DateOrder } from '../../intake/date-order.ts';
import { parseDay } from '../../intake/date-text.ts';

/** Does `work`, and once more with what the person answers. @throws AmbiguousDates when nobody can be asked or the answer is neither. */
export async function withDateOrder<Result>(
  { ask }: Pick<CommandContext, 'ask'>,
  work: (order?: DateOrder) => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AmbiguousDates) || ask === undefined) throw error;
    const order = orderOf(await ask(questionAbout(error.text)));
    if (order === null) throw error;
    return await work(order);
  }
}

const orderOf = (answer: string): DateOrder | null => {
  const word = answer.trim().toLowerCase();
  return word === 'dmy' || word === 'mdy' ? word : null;
};

const questionAbout = (text: string): string => {
  const [dmy, mdy] = [parseDay(text, 'dmy'), parseDay(text, 'mdy')];
  const said = (day: typeof dmy): string => (typeof day === 'string' ? day : dayText(day));
  return `Every day in the file can be read two ways. Is ${text} ${said(dmy)} or ${said(mdy)}? Type dmy for the first, mdy for the second: `;
};
