/**
 * Names what is wrong with an audit chain, from its events in order, the head that says where it ends and the anchors kept outside
 * the database. Computes no hash: each event comes with the hash its content gives. Only the first fault is named, since
 * everything behind it hangs on it.
 */

/** An event and the hash it ends with. */
export interface ChainPoint {
  readonly id: number;
  /** 64 hex digits. */
  readonly hash: string;
}

/** Where every chain begins: before event 1. */
export const CHAIN_BEGINNING: ChainPoint = { id: 0, hash: '0'.repeat(64) };

/** What an anchor says: at that moment the chain held this event, with this hash. */
export interface AnchorMark extends ChainPoint {
  readonly anchoredAt: string;
}

export interface EventEvidence extends ChainPoint {
  readonly previousHash: string;
  /** The hash its content gives behind the hash it names as the one before; null when its content cannot be hashed at all. */
  readonly contentHash: string | null;
  /** The place at which its content would give its hash, if there is one. Costly, and asked only of an event with a fault. */
  readonly writtenAs: () => number | null;
}

export type ChainFinding =
  | { readonly kind: 'edited'; readonly id: number }
  | { readonly kind: 'missing'; readonly id: number; readonly lastMissingId: number }
  | { readonly kind: 'reordered'; readonly id: number; readonly writtenAs: number }
  | { readonly kind: 'repeated'; readonly id: number }
  | { readonly kind: 'forged-link'; readonly id: number }
  | { readonly kind: 'truncated'; readonly id: number; readonly expectedId: number; readonly anchoredAt: string | null }
  | { readonly kind: 'beyond-head'; readonly id: number; readonly headId: number }
  | { readonly kind: 'head-disagrees'; readonly id: number }
  | { readonly kind: 'head-missing'; readonly id: number }
  | { readonly kind: 'rewritten'; readonly id: number; readonly anchoredAt: string };

/** What is wrong with an event that should follow on `before`; null when nothing is. */
export function judgeEvent(before: ChainPoint, event: EventEvidence): ChainFinding | null {
  const { id } = event;
  if (id <= before.id) return { kind: 'repeated', id };
  if (id > before.id + 1) return { kind: 'missing', id: before.id + 1, lastMissingId: id - 1 };
  const isWhole = event.contentHash === event.hash;
  if (isWhole && event.previousHash === before.hash) return null;
  if (isWhole) return { kind: 'forged-link', id };
  const writtenAs = event.writtenAs();
  return writtenAs === null ? { kind: 'edited', id } : { kind: 'reordered', id, writtenAs };
}

/** What is wrong with the end of a chain whose every event is right; null when nothing is. */
export function judgeEnd(end: ChainPoint, head: ChainPoint | null): ChainFinding | null {
  if (head === null) return { kind: 'head-missing', id: end.id };
  if (end.id < head.id) return { kind: 'truncated', id: end.id + 1, expectedId: head.id, anchoredAt: null };
  if (end.id > head.id) return { kind: 'beyond-head', id: head.id + 1, headId: head.id };
  return end.hash === head.hash ? null : { kind: 'head-disagrees', id: end.id };
}

/** The anchor that an event contradicts; null when none does. `marks` are those of this event. */
export function judgeAnchored(point: ChainPoint, marks: readonly AnchorMark[]): ChainFinding | null {
  const contradicted = marks.find((mark) => mark.hash !== point.hash);
  return contradicted === undefined ? null : { kind: 'rewritten', id: point.id, anchoredAt: contradicted.anchoredAt };
}

/** An anchor that saw an event which is no longer there; null when there is none. */
export function judgeAnchoredEnd(end: ChainPoint, marks: readonly AnchorMark[]): ChainFinding | null {
  const beyond = marks.find((mark) => mark.id > end.id);
  return beyond === undefined ? null : { kind: 'truncated', id: end.id + 1, expectedId: beyond.id, anchoredAt: beyond.anchoredAt };
}

/** The finding as a sentence that begins with the event it is about. */
export function findingSentence(finding: ChainFinding): string {
  switch (finding.kind) {
    case 'edited':
      return `Event ${finding.id} was edited: its content does not give its hash.`;
    case 'missing':
      return `${eventsFrom(finding.id, finding.lastMissingId)} deleted: the events behind are there.`;
    case 'reordered':
      return `Event ${finding.id} is out of order: it was written as event ${finding.writtenAs}.`;
    case 'repeated':
      return `Event ${finding.id} is there twice.`;
    case 'forged-link':
      return `Event ${finding.id} has a forged link: it is whole in itself but does not follow on event ${finding.id - 1}.`;
    case 'truncated':
      return `${eventsFrom(finding.id, finding.expectedId)} cut off the end: ${witness(finding.anchoredAt)} event ${finding.expectedId}.`;
    case 'beyond-head':
      return `Event ${finding.id} was added past the head, which ends at event ${finding.headId}.`;
    case 'head-disagrees':
      return `The head disagrees with event ${finding.id}, the last one: it names another hash.`;
    case 'head-missing':
      return `The head is missing; the chain ends at event ${finding.id}.`;
    case 'rewritten':
      return `The chain up to event ${finding.id} was rewritten: the anchor of ${finding.anchoredAt} has another hash for it.`;
  }
}

const eventsFrom = (first: number, last: number): string => (first === last ? `Event ${first} was` : `Events ${first} to ${last} were`);

const witness = (anchoredAt: string | null): string => (anchoredAt === null ? 'the head names' : `the anchor of ${anchoredAt} saw`);
