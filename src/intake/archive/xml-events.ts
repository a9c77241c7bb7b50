/**
 * Reads XML as events, in bounded memory. A DTD is refused outright: entities that fetch files or multiply cannot even be declared.
 */
import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';
import { OperatorError } from '../../domain/operator-error.ts';

export interface XmlHandlers {
  readonly open: (tag: SaxesTagNS) => void;
  readonly text: (text: string) => void;
  readonly close: (tag: SaxesTagNS) => void;
}

/** No element of a ledger nests deeper, and each level costs memory. */
const MOST_DEPTH = 100;
/** Attached documents inside an invoice are the longest texts there are. */
const MOST_TEXT = 16_777_216;
/** Room for a hundred thousand attributes, which no tag of a ledger has. */
const MOST_TAG = 1_048_576;

/** @throws OperatorError `import.dtd` or `import.bad-xml`; whatever the handlers throw. */
export async function readXml(chunks: AsyncIterable<Uint8Array>, file: string, handlers: XmlHandlers): Promise<void> {
  // oxlint-disable-next-line eslint/no-unused-vars -- the steps are only there to be taken
  for await (const _ of xmlSteps(chunks, file, handlers));
}

/** As {@link readXml}, pausing after every chunk, so that what the handlers gathered can be handed on. */
export async function* xmlSteps(chunks: AsyncIterable<Uint8Array>, file: string, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = parserFor(file, handlers);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const runs = new Runs(file);
  for await (const chunk of chunks) {
    runs.see(chunk);
    parser.write(decodedText(decoder, chunk, file));
    yield;
  }
  parser.write(decodedText(decoder, null, file));
  parser.close();
  yield;
}

function parserFor(file: string, handlers: XmlHandlers): SaxesParser<{ xmlns: true; position: false }> {
  const parser = new SaxesParser({ xmlns: true, position: false });
  let depth = 0;
  parser.on('doctype', () => {
    throw refusal('dtd', file, 'declares a document type, which a ledger has no use for');
  });
  parser.on('error', (error) => {
    throw refusal('bad-xml', file, 'is not well-formed XML', error);
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > MOST_DEPTH) throw refusal('bad-xml', file, `nests deeper than ${MOST_DEPTH} levels`);
    handlers.open(tag);
  });
  parser.on('text', handlers.text);
  parser.on('cdata', handlers.text);
  parser.on('closetag', (tag) => {
    depth -= 1;
    handlers.close(tag);
  });
  return parser;
}

/** Watches how much has come since the last mark, because the parser holds a text or a tag until it is whole. */
class Runs {
  private readonly file: string;
  private text = 0;
  private tag = 0;

  constructor(file: string) {
    this.file = file;
  }

  see(chunk: Uint8Array): void {
    const [opened, closed] = [chunk.lastIndexOf(0x3c), chunk.lastIndexOf(0x3e)];
    this.text = opened < 0 ? this.text + chunk.length : chunk.length - opened;
    this.tag = closed < 0 ? this.tag + chunk.length : chunk.length - closed;
    if (this.text > MOST_TEXT) throw refusal('bad-xml', this.file, 'has a text of more than 16 MB');
    if (this.tag > MOST_TAG && this.tag <= this.text) throw refusal('bad-xml', this.file, 'has a tag of more than 1 MB');
  }
}

function decodedText(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array | null, file: string): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (error) {
    throw refusal('encoding', file, 'is not UTF-8, as XML of ledgers is', error);
  }
}

const refusal = (what: string, file: string, says: string, cause?: unknown): OperatorError =>
  new OperatorError({
    code: `import.${what}`,
    message: `${file} ${says}.`,
    tryThis: 'Export it again from the program that made it.',
    kind: 'usage',
    at: { file },
    cause,
  });
