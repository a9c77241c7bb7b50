/** Which verbs only look, judged by what was typed: all that a console which may change nothing still runs. Whatever is not named here changes something. */
interface Typed {
  readonly word?: string;
  readonly what?: string;
  readonly to?: string;
  readonly send?: boolean;
  readonly adopt?: boolean;
}

const always = (): boolean => true;
const words =
  (...reading: readonly string[]) =>
  ({ word, what }: Typed): boolean =>
    reading.includes(word ?? what ?? '');

const READING: Readonly<Partial<Record<string, (typed: Typed) => boolean>>> = {
  queue: always,
  show: always,
  explain: always,
  runs: always,
  status: always,
  whoami: always,
  simulate: always,
  doctor: always,
  preview: ({ to }) => to === undefined,
  statement: ({ send }) => send !== true,
  calibrate: ({ adopt }) => adopt !== true,
  audit: words('list'),
  bank: words('list'),
  calendar: words('show', 'check'),
  company: words('list', 'show'),
  config: words('show', 'check'),
  customer: words('find', 'show', 'tasks'),
  login: words('list'),
  policy: words('show', 'diff', 'history'),
  requested: words('list'),
  templates: words('list', 'show', 'validate', 'preview', 'diff'),
  user: words('list'),
  view: words('list'),
};

/** @param input as the verb's schema read it. */
export const onlyReads = (verb: string, input: unknown): boolean => READING[verb]?.(input as Typed) ?? false;
