import type { MailAttachment } from '../mail-attachment.ts';
import type { StatementContent } from './statement-content.ts';
import { statementFileName } from './statement-file-name.ts';

/** The statement as a file that goes with a mail. The program that writes it is loaded when the first one is needed. */
export async function statementAttachment(content: StatementContent): Promise<MailAttachment> {
  const { statementPdf } = await import('./statement-pdf.ts');
  return { fileName: statementFileName(content, 'pdf'), mediaType: 'application/pdf', bytes: await statementPdf(content) };
}
