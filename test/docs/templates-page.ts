/** `docs/templates.md`: the vocabulary of template texts, their limits and the wording they may not carry, as the program has them. */
import { COVERING_VARIABLES } from '../../src/mail/requested/covering-words.ts';
import { TEMPLATE_VARIABLES, type TemplateVariable } from '../../src/mail/template-variables.ts';
import { ALLOWED_FILTERS, ALLOWED_TAGS, LONGEST_BLOCK, LONGEST_SUBJECT } from '../../src/mail/text-blocks.ts';
import { THREATS } from '../../src/mail/threatening-words.ts';

const HEAD = `# Templates

The layout of a mail is code: the item tables, totals, bank details and signature are the same for everybody and always add up. What a company
may change is what each level says, in English and Arabic. There are eight templates: \`consolidated/LEVEL\` for reminders of several invoices and
\`individual/LEVEL\` for reminders of one, with LEVEL polite, firm, urgent or final. A company begins with a copy of those in \`templates/\`; a
release never changes the words a company sends.

## The daily work

\`\`\`
wafa templates list
wafa templates show consolidated/firm            # the text in force, and every version
wafa templates edit consolidated/firm            # in $VISUAL or $EDITOR; stored as the next version
wafa templates import consolidated/firm firm.txt # the same from a file
wafa templates preview consolidated/firm --version 2 --language ar
wafa templates diff consolidated/firm            # version in force to the newest
wafa templates activate consolidated/firm --version 2
wafa templates rollback consolidated/firm        # the version in force before
\`\`\`

A version says nothing until it is activated. Activating makes the next plan compose what still waits for approval anew; what is approved keeps its
words. A version that is stored never changes.

A template file has five parts: \`=== EN subject ===\`, \`=== EN body ===\`, \`=== AR subject ===\`, \`=== AR body ===\` and
\`=== max invoices ===\`. Blank lines part paragraphs. In the table \`email_templates\`, \`supports_consolidation\` says whether a text is about
several invoices, \`max_invoice_count\` how many of them the body lists before it sums up the rest (1 for a text about one; long lists are cut
sooner, before the mail reaches the size at which Gmail cuts it off), and \`consolidation_variables\` which of the variables that only
consolidated texts have it mentions.

Text is written in [Liquid](https://shopify.github.io/liquid/): variables between two braces, and the tags ${words(ALLOWED_TAGS)}. The filters are
${words(ALLOWED_FILTERS)}. There are no loops, no files, and no way to write HTML: what a template says becomes text. A body or a closing has at
most ${LONGEST_BLOCK.toLocaleString('en')} characters, a subject ${LONGEST_SUBJECT} and one line.

This page is written from the program by \`npm run docs\`; a test fails when the two differ.

## Variables

Numbers, names and dates come finished, written for the language of the text and safe in either direction of reading. A variable that is not here
is refused when a text is stored.

| variable | in | stands for | English | Arabic |
|---|---|---|---|---|
`;

const SCOPES: Readonly<Record<TemplateVariable['scope'], string>> = {
  every: 'every text',
  consolidated: 'consolidated texts',
  single: 'individual texts',
  final: 'the body of a FINAL',
};

function words(all: Iterable<string>): string {
  const quoted = [...all].map((word) => `\`${word}\``);
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}`;
}

const row = ({ name, scope, about, example: [english, arabic] }: TemplateVariable): string =>
  `| \`${name}\` | ${name === 'invoice_count' ? 'every text' : SCOPES[scope]} | ${about} | ${english} | ${arabic} |\n`;

const FAULTS = `
## What is refused

A text is not stored while one language is missing or written in the other's letters; while the subject does not carry \`reference\` or the body of
a FINAL not \`deadline\`; while it holds invisible characters, unsafe links or anything but the above; or while a mail made from it, also for
hostile names, would not come out whole. Nor while it threatens, insults, names third parties or poses as a court: threats and insults are
offences (Federal Decree-Law 34/2021, Articles 42 and 43), and a person should read every text for its tone besides. These words are refused:

| words | because it |
|---|---|
`;

const REQUESTED = `
## Letters around what a customer asked for

The words that go with a statement or copies of invoices are the files in \`templates/en/requested/\` and \`templates/ar/requested/\`: subject and
text of each, and the closing. They are Liquid under the same rules and come with the program: no company has versions of its own
([0044](decisions/0044-letters-on-request-are-shipped-texts.md)). They may mention:

| variable | in | stands for |
|---|---|---|
${COVERING_VARIABLES.map(({ name, of, about }) => `| \`${name}\` | ${of} | ${about} |\n`).join('')}`;

export const templatesPage = (): string =>
  `${HEAD}${TEMPLATE_VARIABLES.map(row).join('')}${REQUESTED}${FAULTS}${THREATS.map(({ words: said, why }) => `| ${said} | ${why} |\n`).join('')}`;
