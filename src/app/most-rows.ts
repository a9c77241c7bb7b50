import { MOST_ROWS } from '../mail/reminder-mail.ts';

/** Rows a body shows in words of this limit. A text for one item still shows that item's credits, so its limit of one is none on rows. */
export const mostRows = ({ maxInvoiceCount }: { readonly maxInvoiceCount: number }): number =>
  maxInvoiceCount === 1 ? MOST_ROWS : maxInvoiceCount;
