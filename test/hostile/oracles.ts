/**
 * Judges of what must never leave: each looks at finished bytes or text with means of its own, shares no code with the program, and
 * answers with what it found wrong. An empty list means that nothing was found.
 */

/** Colour, which the program's own code adds at a terminal: bold, dim, and their ends. */
// oxlint-disable-next-line no-control-regex -- these are the very bytes looked for
const OWN_COLOUR = /\u001B\[(?:1|2|22)m/g;

/** Isolates are the program's own means to keep Arabic in its cell; they must come in pairs within a line. */
const OPENS_ISOLATE = /[\u2066-\u2068]/;

/** Everything a terminal, a log or a reader's eye would obey instead of showing. */
export function terminalFaults(text: string): readonly string[] {
  const faults: string[] = [];
  for (const line of text.replaceAll(OWN_COLOUR, '').split('\n')) {
    let open = 0;
    for (const character of line) {
      const code = character.codePointAt(0) ?? 0;
      if (isControl(code)) faults.push(`U+${code.toString(16).padStart(4, '0')} in ${JSON.stringify(line.slice(0, 80))}`);
      if (OPENS_ISOLATE.test(character)) open += 1;
      if (character === '\u2069') open -= 1;
      if (open < 0) break;
    }
    if (open !== 0) faults.push(`isolates that do not pair in ${JSON.stringify(line.slice(0, 80))}`);
  }
  return faults;
}

/** C0 but the line end, DEL, C1, line separators, embeddings and overrides, tag characters, halves of surrogate pairs. */
const isControl = (code: number): boolean =>
  (code < 0x20 && code !== 0x0a) ||
  (code >= 0x7f && code <= 0x9f) ||
  code === 0x20_28 ||
  code === 0x20_29 ||
  (code >= 0x20_2a && code <= 0x20_2e) ||
  (code >= 0xe_00_00 && code <= 0xe_00_7f) ||
  (code >= 0xd8_00 && code <= 0xdf_ff);

export interface HtmlToken {
  readonly kind: 'tag' | 'text';
  /** A tag as written between its angle brackets, or text with its entities decoded. */
  readonly text: string;
}

/**
 * Reads HTML as a browser's tokenizer does in the data state: whatever follows `<` and a letter, `/`, `!` or `?` begins a tag or a
 * comment, wherever it came from. Quotes inside a tag are honoured.
 */
export function htmlTokens(html: string): readonly HtmlToken[] {
  const tokens: HtmlToken[] = [];
  let at = 0;
  let text = '';
  while (at < html.length) {
    if (!(html[at] === '<' && /[a-z/!?]/i.test(html[at + 1] ?? ''))) {
      text += html[at];
      at += 1;
      continue;
    }
    if (text !== '') tokens.push({ kind: 'text', text: decodedEntities(text) });
    text = '';
    const end = tagEnd(html, at);
    tokens.push({ kind: 'tag', text: html.slice(at + 1, end) });
    at = end + 1;
  }
  if (text !== '') tokens.push({ kind: 'text', text: decodedEntities(text) });
  return tokens;
}

function tagEnd(html: string, from: number): number {
  let quote: string | undefined;
  for (let at = from; at < html.length; at += 1) {
    const character = html[at];
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  return html.length;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const decodedEntities = (text: string): string => text.replaceAll(/&(#?\w+);/g, (whole: string, name: string) => ENTITIES[name] ?? whole);

/** The tags in order; two mails that differ in their words alone have the same, but for the isolates around words of the other direction. */
export const htmlSkeleton = (html: string): readonly string[] =>
  htmlTokens(html)
    .filter(({ kind, text }) => kind === 'tag' && !/^(?:span dir="(?:ltr|rtl|auto)"|\/span)$/.test(text))
    // A number too long for its column may break: the one attribute that depends on the words.
    .map(({ text }) => text.replace('th scope="row" class="d"', 'th scope="row"'));

/** All words of the mail, without tags and styles. */
export const htmlWords = (html: string): string =>
  htmlTokens(html.replace(/<style>[\s\S]*?<\/style>/, ''))
    .filter(({ kind }) => kind === 'text')
    .map(({ text }) => text)
    .join('');

export interface RawHeader {
  readonly name: string;
  readonly value: string;
}

/** Header fields exactly as the bytes have them, unfolded. */
export function rawHeaders(bytes: Buffer): readonly RawHeader[] {
  const text = bytes.toString('latin1');
  const head = text.slice(0, text.indexOf('\r\n\r\n'));
  return head
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => ({ name: line.slice(0, line.indexOf(':')), value: line.slice(line.indexOf(':') + 1).trim() }));
}

/** What one of our mails has, in any order and each once. */
const OUR_HEADERS: readonly string[] = [
  'Auto-Submitted',
  'Content-Type',
  'Date',
  'From',
  'MIME-Version',
  'Message-ID',
  'Subject',
  'To',
  'X-Auto-Response-Suppress',
];

/** Faults of the bytes as a whole: line ends, line lengths, header names, bytes outside ASCII in the head. */
export function wireFaults(bytes: Buffer): readonly string[] {
  const text = bytes.toString('latin1');
  const head = text.slice(0, text.indexOf('\r\n\r\n'));
  const faults: string[] = [];
  if (/(?<!\r)\n|\r(?!\n)/.test(text)) faults.push('a line end that is not CRLF');
  if (/[^\t\r\n -~]/.test(text)) faults.push('a byte that is not printable ASCII');
  if (text.split('\r\n').some((line) => line.length > 998)) faults.push('a line longer than SMTP carries');
  const names = rawHeaders(bytes).map(({ name }) => name);
  if (JSON.stringify(names.toSorted()) !== JSON.stringify(OUR_HEADERS)) faults.push(`headers ${names.join(', ')}`);
  if (head.split('\r\n').some((line) => line.trim() === '')) faults.push('an empty line in the head');
  return faults;
}
