import type { Presenter } from './presenter.ts';
import { genericPresenter } from './generic.ts';
import { hint, table, type Column, type Page } from '../page.ts';
import type { AuditEventView } from '../../app/audit/list-audit.ts';

interface AuditList {
  readonly events: readonly AuditEventView[];
  readonly next: number | null;
}

const COLUMNS: readonly Column[] = [
  { title: 'EVENT', align: 'right' },
  { title: 'AT' },
  { title: 'WHO', least: 6 },
  { title: 'VERB' },
  { title: 'ABOUT' },
  { title: 'FROM', leaveOut: 3 },
  { title: 'TO', leaveOut: 2 },
  { title: 'WHY', least: 8, leaveOut: 1 },
];

const isList = (data: unknown): data is AuditList => typeof data === 'object' && data !== null && 'events' in data;

const rowOf = (
  { id, recordedAt, actor, verb, object, fromState, toState, reason }: AuditEventView,
  timeZone: string,
): readonly string[] => [
  String(id),
  Temporal.Instant.from(recordedAt).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' '),
  whoOf(actor),
  verb,
  aboutOf(object),
  fromState ?? '',
  toState ?? '',
  reason ?? '',
];

const whoOf = ({ kind, login }: AuditEventView['actor']): string => login ?? kind.toLowerCase();

const aboutOf = ({ kind, id }: AuditEventView['object']): string => (id === null ? kind : `${kind}:${id}`);

function listPage({ events, next }: AuditList, timeZone: string): Page {
  return [
    ...(events.length === 0
      ? []
      : [
          table(
            COLUMNS,
            events.map((event) => rowOf(event, timeZone)),
          ),
        ]),
    ...(next === null ? [] : [hint(`more: add --after ${next}`)]),
  ];
}

/** A list of events; what the other words return is a few facts. */
export const auditPresenter: Presenter<unknown> = {
  page: (data, context) => (isList(data) ? listPage(data, context.timeZone) : genericPresenter.page(data, context)),
  csv: (data) => ({
    columns: ['event', 'recordedAt', 'businessAt', 'actor', 'verb', 'about', 'from', 'to', 'reason', 'detail', 'programVersion', 'hash'],
    rows: (isList(data) ? data.events : []).map((event) => [
      event.id,
      event.recordedAt,
      event.businessAt,
      whoOf(event.actor),
      event.verb,
      aboutOf(event.object),
      event.fromState,
      event.toState,
      event.reason,
      JSON.stringify(event.detail),
      event.programVersion,
      event.hash,
    ]),
  }),
};
