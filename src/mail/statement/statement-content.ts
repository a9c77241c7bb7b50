/** What a statement of account says, and who says it: enough to lay it out on paper or in a sheet without asking anybody else. */
import type { Statement } from '../../domain/statement.ts';
import type { Language } from '../../domain/vocabulary.ts';
import type { ReminderMail, SenderIdentity } from '../reminder-content.ts';

export interface StatementContent {
  readonly company: SenderIdentity;
  readonly customer: ReminderMail['customer'];
  readonly language: Language;
  readonly statement: Statement;
}
