import { fileNameFrom } from '../mail-attachment.ts';
import type { StatementContent } from './statement-content.ts';
import { STATEMENT_LANGUAGES } from './statement-words.ts';

/** In the customer's language, with the account and the day, so that two saved side by side are told apart. */
export function statementFileName({ language, customer, statement }: StatementContent, extension: 'pdf' | 'xlsx'): string {
  const [{ words }] = STATEMENT_LANGUAGES[language];
  return fileNameFrom(`${words.title} ${customer.code} ${statement.asOn}`, extension);
}
