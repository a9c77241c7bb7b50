/**
 * Renders mail on request from what is stored about it: the account's statement of its day, or the files of its invoices. Done when it is
 * ordered and again at the gate; the hashes say whether anything a reader sees is different.
 */
import { MOST_BYTES_TOGETHER, readInvoiceFile } from './invoice-file.ts';
import type { Act } from '../act.ts';
import type { Session } from '../session.ts';
import type { AccountStatement } from '../statement-contents.ts';
import type { Day } from '../../domain/days.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { RequestedKind } from '../../domain/requested-mail.ts';
import type { Language } from '../../domain/vocabulary.ts';
import type { MailContent } from '../../mail/compose-message.ts';
import { renderedHash } from '../../mail/rendered-hash.ts';
import { fileNameFrom, type MailAttachment } from '../../mail/mail-attachment.ts';
import { coveringMail } from '../../mail/requested/covering-mail.ts';
import { readCoveringTexts, type CoveringTexts } from '../../mail/requested/covering-words.ts';
import { shippedTemplates } from '../../mail/shipped-templates.ts';
import { packagePath } from '../../package-root.ts';
import { statementAttachment } from '../../mail/statement/statement-attachment.ts';

/** What is frozen about a mail on request besides the account it is for. */
export interface RequestedFrame {
  readonly kind: RequestedKind;
  readonly recipientName: string;
  readonly recipientNameAr: string | null;
  readonly recipientTitle: string | null;
  readonly recipientAddress: string;
  readonly language: Language;
  readonly asOn: Day;
  readonly answersRequest: boolean;
  /** Of copies. */
  readonly invoiceNumbers: readonly string[];
}

export interface RenderedRequest {
  readonly content: MailContent;
  readonly hash: string;
}

/** @throws OperatorError `copy.…` when a file is not there or not fit to be sent. */
export async function renderRequested(
  session: Session,
  { company }: Act,
  mail: RequestedFrame,
  { content }: Pick<AccountStatement, 'content'>,
): Promise<RenderedRequest> {
  const letter = coveringMail(
    {
      company: content.company,
      customer: content.customer,
      recipient: { name: mail.recipientName, nameAr: mail.recipientNameAr, title: mail.recipientTitle },
      language: mail.language,
      about:
        mail.kind === 'STATEMENT'
          ? { kind: 'STATEMENT', account: content.customer.code, asOn: mail.asOn, answersRequest: mail.answersRequest }
          : { kind: 'COPY', numbers: mail.invoiceNumbers },
    },
    coveringTexts(),
  );
  const attachments =
    mail.kind === 'STATEMENT'
      ? [await statementAttachment({ ...content, language: mail.language })]
      : await copiesOf(session, company.code, mail.invoiceNumbers);
  const rendered: MailContent = {
    from: { name: company.mailFromName, address: company.mailFromAddress },
    to: { name: mail.recipientName, address: mail.recipientAddress },
    replyTo: company.mailReplyTo,
    ...letter,
    attachments,
  };
  return { content: rendered, hash: renderedHash(rendered) };
}

let texts: Readonly<Record<'EN' | 'AR', CoveringTexts>> | undefined;

/** Read and checked once: they come with the program. */
function coveringTexts(): Readonly<Record<'EN' | 'AR', CoveringTexts>> {
  if (texts === undefined) {
    const { requested } = shippedTemplates(packagePath('templates'));
    texts = {
      EN: readCoveringTexts(requested.EN, 'templates/en/requested'),
      AR: readCoveringTexts(requested.AR, 'templates/ar/requested'),
    };
  }
  return texts;
}

async function copiesOf({ installation }: Session, companyCode: string, numbers: readonly string[]): Promise<readonly MailAttachment[]> {
  const folder = installation.configuration.env['WAFA_INVOICE_FOLDER'];
  const attachments: MailAttachment[] = [];
  let together = 0;
  for (const number of numbers) {
    const bytes = await readInvoiceFile(folder, companyCode, number);
    together += bytes.length;
    if (together > MOST_BYTES_TOGETHER) throw tooLarge();
    attachments.push({ fileName: fileNameFrom(number, 'pdf'), mediaType: 'application/pdf', bytes });
  }
  return attachments;
}

const tooLarge = (): OperatorError =>
  new OperatorError({
    code: 'copy.too-large',
    kind: 'usage',
    message: 'These copies are larger than 15 MB together, which many mail systems refuse.',
    tryThis: 'Send them in two mails.',
  });
