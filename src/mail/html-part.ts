/**
 * The HTML part: layout is code, every piece of text passes `escaped`. Direction and language stand on each half and each table,
 * because mail clients drop them from `<html>` and `<body>`; styles are classes with plain attributes as the fallback, which keeps
 * long lists small. Four columns, so that a phone shows them without scrolling sideways. No image and no tracking; the only link
 * there can be is the company's own payment page, printed in full.
 */
import type { Half, Row, Table } from './half.ts';
import { STYLE } from './html-style.ts';
import { isWiderThan } from './reading-order.ts';
import { esc, escaped, withDirections } from './html-text.ts';

export function htmlPart(subject: string, halves: readonly Half[], notices: readonly string[] = []): string {
  const [first] = halves as [Half, ...Half[]];
  const hidden = halves.map((half) => esc(`${half.summary.label}: ${half.summary.amounts.join(' + ')}`)).join(' · ');
  return `<!doctype html>
<html lang="${first.language.code}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${esc(subject)}</title>
<style>${STYLE}</style></head>
<body><div style="display:none;max-height:0;overflow:hidden">${hidden}</div>
<table role="presentation" class="o" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">
<table role="presentation" class="p" width="100%" style="max-width:700px" cellpadding="0" cellspacing="0" border="0">
${notices.map((notice) => `<tr><td class="v" bgcolor="#fde68a" align="center">${esc(notice)}</td></tr>\n`).join('')}<tr><td class="b" bgcolor="#14532d">${band(halves)}</td></tr>
${halves.map(halfHtml).join('\n<tr><td class="r"><hr color="#dfe3e8" size="1"></td></tr>\n')}
</table></td></tr></table></body></html>
`;
}

/** The sender's name, each language on its own side. */
function band(halves: readonly Half[]): string {
  const cells = halves.map(
    ({ sender, language: { dir, code } }) => `<td dir="${dir}" lang="${code}" align="${startOf(dir)}">${esc(sender)}</td>`,
  );
  const { dir } = (halves as [Half, ...Half[]])[0].language;
  return `<table role="presentation" dir="${dir}" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${cells.join('')}</tr></table>`;
}

const startOf = (dir: 'ltr' | 'rtl'): 'left' | 'right' => (dir === 'rtl' ? 'right' : 'left');
const endOf = (dir: 'ltr' | 'rtl'): 'left' | 'right' => (dir === 'rtl' ? 'left' : 'right');

function halfHtml(half: Half): string {
  const { dir, code } = half.language;
  const paragraph = (text: string): string => `<p>${escaped(text)}</p>`;
  return withDirections(`<tr><td class="h ${code}" dir="${dir}" lang="${code}" align="${startOf(dir)}">
<p class="m">${half.heading.map(({ label, value }) => `${escaped(label)}: <b>${escaped(value)}</b>`).join('<br>')}</p>
<p>${half.greeting.map(escaped).join('<br>')}</p>
${half.opening.map(paragraph).join('\n')}
<div class="s">${escaped(half.summary.label)} ${escaped(half.summary.asOf)}<br>${half.summary.amounts.map((amount) => `<b>${escaped(amount)}</b>`).join('<br>')}<br><small>${escaped(half.summary.of)}</small></div>
${half.tables.map((table) => tableHtml(table, half)).join('\n')}
${half.bankAccounts.map((account) => accountHtml(account, dir)).join('\n')}
<p class="w">${escaped(half.bankNote)}</p>
${payOnline(half)}${half.closing.map(paragraph).join('\n')}
<p>${half.signature.map((line, index) => (index === 0 ? `<b>${escaped(line)}</b>` : escaped(line))).join('<br>')}</p>
</td></tr>`);
}

/** The address is the text of its link: a reader sees where it leads. */
const payOnline = ({ payOnline: page }: Half): string =>
  page === null ? '' : `<p>${escaped(page.label)}: <a dir="ltr" href="${escaped(page.url)}">${escaped(page.url)}</a></p>\n`;

function tableHtml(table: Table, { language: { dir, labels } }: Half): string {
  const end = endOf(dir);
  const heads = [
    [labels.invoice, startOf(dir)],
    [labels.due, startOf(dir)],
    [`${labels.total} (${table.currency})`, end],
    [`${labels.balance} (${table.currency})`, end],
  ] as const;
  return `<table class="i" dir="${dir}" width="100%" cellpadding="5" cellspacing="0" border="0"><caption>${escaped(table.caption)}</caption>
<tr>${heads.map(([label = '', side]) => `<th scope="col" align="${side}">${escaped(label)}</th>`).join('')}</tr>
${table.groups.map(({ heading, rows }) => groupHeading(heading, dir) + rows.map((row) => rowHtml(row, labels, dir)).join('')).join('')}\
${table.rest ? `<tr><td colspan="3">${escaped(table.rest.label)}</td><td align="${end}">${escaped(table.rest.total)}</td></tr>\n` : ''}\
<tr class="t"><td colspan="2">${escaped(labels.sum)}</td><td colspan="2" align="${end}">${escaped(table.total)}</td></tr>
</table>`;
}

const groupHeading = (heading: { readonly branch: string; readonly total: string } | null, dir: 'ltr' | 'rtl'): string =>
  heading === null
    ? ''
    : `<tr class="g"><th scope="rowgroup" colspan="4" align="${startOf(dir)}">${escaped(heading.branch)}<br><small>${escaped(heading.total)}</small></th></tr>\n`;

/** Four cells; what is of lesser weight stands small below what it belongs to. */
function rowHtml(row: Row, labels: Half['language']['labels'], dir: 'ltr' | 'rtl'): string {
  const [start, end] = [startOf(dir), endOf(dir)];
  const kind = row.kind === '' ? '' : small(escaped(row.kind));
  const reference = row.reference === '' ? '' : small(`${labels.reference}: ${escaped(row.reference)}`);
  const dated = small(`${labels.dated} ${escaped(row.issued)}`);
  return `<tr><th scope="row"${wrapping(row)} align="${start}">${escaped(row.number)}${kind}${reference}${dated}</th>\
<td>${stacked(row.due, row.pastDue)}</td><td align="${end}">${stacked(row.total, row.paid)}</td>\
<td align="${end}">${stacked(row.asked, row.note)}</td></tr>\n`;
}

const stacked = (main: string, under: string): string => (under === '' ? escaped(main) : escaped(main) + small(escaped(under)));

const small = (html: string): string => `<br><small>${html}</small>`;

/** A number broken at its hyphen reads as two; only one too long for its column may break. */
const wrapping = ({ number, reference }: Row): string => (isWiderThan(number, 18) || isWiderThan(reference, 18) ? ' class="d"' : '');

const accountHtml = (account: readonly { readonly label: string; readonly value: string }[], dir: 'ltr' | 'rtl'): string =>
  `<table role="presentation" class="a" dir="${dir}" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 14px">${account
    .map(({ label, value }) => `<tr><td class="m">${escaped(label)}</td><td><b>${escaped(value)}</b></td></tr>`)
    .join('')}</table>`;
