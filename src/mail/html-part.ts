/**
 * The HTML part: layout is code, every piece of text passes `esc`. Direction and language stand on each half and each table,
 * because mail clients drop them from `<html>` and `<body>`; styles are classes with plain attributes as the fallback, which
 * keeps 150 rows in two languages under the size at which Gmail cuts a mail off. No image, no link, no tracking.
 */
import type { Half, Row, Table } from './half.ts';
import { columns, esc } from './reading-order.ts';

/** Web-safe fonts that draw Arabic well; 14 px and a loose line are the least at which Arabic reads easily. */
const STYLE = `
body{margin:0;background:#f2f4f6}
.p{background:#fff;border:1px solid #dfe3e8}
.p,.p td,.p th,.p p{font-family:Tahoma,Arial,"Segoe UI",sans-serif;font-size:14px;line-height:1.6;color:#1f2a37}
.b{background:#14532d;padding:16px 28px}.b td{color:#fff;font-size:17px;font-weight:bold;padding:0}
.h{padding:22px 28px}.h p{margin:0 0 14px}.ar,.ar td,.ar th,.ar p{line-height:1.8}
.m{color:#5b6675}.m b{color:#1f2a37}
.s{background:#f3f7f4;border:1px solid #cfe0d5;padding:12px 16px}.s b{font-size:19px}
.i{border-collapse:collapse;width:100%;margin:18px 0}
.i td,.i th{font-size:13px;line-height:1.45;padding:7px 5px;border-bottom:1px solid #e5e8ec;vertical-align:top}
.i th{color:#5b6675;font-weight:bold;border-bottom:2px solid #9aa5b1;vertical-align:bottom}
.i td{white-space:nowrap}.i .d{white-space:normal}.i .g td{background:#f6f7f9;font-weight:bold}.i .t td{border-top:2px solid #9aa5b1;border-bottom:0;font-weight:bold;font-size:15px}
.k{color:#5b6675;font-size:12px;white-space:normal}.a td{padding:1px 0;vertical-align:top}.a .m{padding-inline-end:14px;white-space:nowrap}
.w{border-inline-start:4px solid #b45309;background:#fdf6ec;padding:10px 14px}
`.trim();

export function htmlPart(halves: readonly Half[]): string {
  const [first] = halves as [Half, ...Half[]];
  const hidden = halves.map((half) => esc(`${half.summary.label}: ${half.summary.amounts.join(' + ')}`)).join(' · ');
  return `<!doctype html>
<html lang="${first.language.code}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${esc(first.subject)}</title>
<style>${STYLE}</style></head>
<body><div style="display:none;max-height:0;overflow:hidden">${hidden}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">
<table role="presentation" class="p" width="700" style="max-width:100%" cellpadding="0" cellspacing="0" border="0">
<tr><td class="b" bgcolor="#14532d">${band(halves)}</td></tr>
${halves.map(halfHtml).join('\n<tr><td style="padding:0 28px"><hr color="#dfe3e8" size="1"></td></tr>\n')}
</table></td></tr></table></body></html>
`;
}

/** The sender's name, each language on its own side. */
function band(halves: readonly Half[]): string {
  const cells = halves.map(
    ({ sender, language: { dir, code } }) => `<td dir="${dir}" lang="${code}" align="${startOf(dir)}">${esc(sender)}</td>`,
  );
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${cells.join('')}</tr></table>`;
}

const startOf = (dir: 'ltr' | 'rtl'): 'left' | 'right' => (dir === 'rtl' ? 'right' : 'left');
const endOf = (dir: 'ltr' | 'rtl'): 'left' | 'right' => (dir === 'rtl' ? 'left' : 'right');

function halfHtml(half: Half): string {
  const { dir, code } = half.language;
  const paragraph = (text: string): string => `<p>${esc(text)}</p>`;
  return `<tr><td class="h ${code}" dir="${dir}" lang="${code}" align="${startOf(dir)}">
<p class="m">${half.heading.map(({ label, value }) => `${esc(label)}: <b>${esc(value)}</b>`).join('<br>')}</p>
<p>${half.greeting.map(esc).join('<br>')}</p>
${half.opening.map(paragraph).join('\n')}
<div class="s">${esc(half.summary.label)} ${esc(half.summary.asOf)}<br>${half.summary.amounts.map((amount) => `<b>${esc(amount)}</b>`).join('<br>')}</div>
${half.tables.map((table) => tableHtml(table, half)).join('\n')}
${half.bankAccounts.map((account) => accountHtml(account, dir)).join('\n')}
<p class="w">${esc(half.bankNote)}</p>
${half.closing.map(paragraph).join('\n')}
<p>${half.signature.map((line, index) => (index === 0 ? `<b>${esc(line)}</b>` : esc(line))).join('<br>')}</p>
</td></tr>`;
}

function tableHtml(table: Table, { language: { dir, labels } }: Half): string {
  const start = startOf(dir);
  const end = endOf(dir);
  const span = table.hasReferences ? 6 : 5;
  const heads = [
    [labels.invoice, start],
    ...(table.hasReferences ? [[labels.reference, start]] : []),
    [labels.issued, start],
    [labels.due, start],
    [labels.days, end],
    [`${labels.total} (${table.currency})`, end],
    [`${labels.balance} (${table.currency})`, end],
  ] as const;
  return `<table class="i" dir="${dir}" width="100%" cellpadding="5" cellspacing="0" border="0">
<tr>${heads.map(([label = '', side]) => `<th align="${side}">${esc(label)}</th>`).join('')}</tr>
${table.groups.map(({ heading, rows }) => groupHeading(heading, span + 1) + rows.map((row) => rowHtml(row, table.hasReferences, end)).join('')).join('')}\
${table.rest ? `<tr><td class="d" colspan="${span}">${esc(table.rest.label)}</td><td align="${end}">${esc(table.rest.total)}</td></tr>\n` : ''}\
<tr class="t"><td colspan="${span - 1}">${esc(labels.sum)}</td><td colspan="2" align="${end}">${esc(table.total)}</td></tr>
</table>`;
}

const groupHeading = (heading: { readonly branch: string; readonly total: string } | null, span: number): string =>
  heading === null ? '' : `<tr class="g"><td class="d" colspan="${span}">${esc(heading.branch)} – ${esc(heading.total)}</td></tr>\n`;

function rowHtml(row: Row, hasReferences: boolean, end: string): string {
  const under = [row.kind, row.note]
    .filter((text) => text !== '')
    .map((text) => `<br><span class="k">${esc(text)}</span>`)
    .join('');
  const cells = [
    `<td${wrapping(row.number)}>${esc(row.number)}${under}</td>`,
    ...(hasReferences ? [`<td${wrapping(row.reference)}>${esc(row.reference)}</td>`] : []),
    `<td class="d">${esc(row.issued)}</td><td class="d">${esc(row.due)}</td><td align="${end}">${esc(row.days)}</td>`,
    `<td align="${end}">${esc(row.total)}</td><td align="${end}">${esc(row.asked)}</td>`,
  ];
  return `<tr>${cells.join('')}</tr>\n`;
}

/** A number broken at its hyphen reads as two; only one too long for its column may break. */
const wrapping = (text: string): string => (columns(text) > 20 ? ' class="d" style="word-break:break-all"' : '');

const accountHtml = (account: readonly { readonly label: string; readonly value: string }[], dir: 'ltr' | 'rtl'): string =>
  `<table role="presentation" class="a" dir="${dir}" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 14px">${account
    .map(({ label, value }) => `<tr><td class="m">${esc(label)}</td><td><b>${esc(value)}</b></td></tr>`)
    .join('')}</table>`;
