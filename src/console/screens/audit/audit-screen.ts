/** Audit: who did what, the newest first. */
import { pageScreen } from '../../widgets/page-screen.ts';
import { auditPresenter } from '../../../cli/present/audit.ts';
import type { listAudit } from '../../../app/audit/list-audit.ts';

const EVENTS_SHOWN = 200;

export const auditScreen = pageScreen<Awaited<ReturnType<typeof listAudit>>>({
  name: 'audit',
  title: 'Audit',
  digit: '9',
  question: () => ({}),
  fetch: async (session) => {
    const { listAudit: list } = await import('../../../app/audit/list-audit.ts');
    return await list(session, { limit: EVENTS_SHOWN });
  },
  page: (events, timeZone) => auditPresenter.page(events, { notes: [], timeZone }),
  heading: ({ next }) => (next === null ? '' : `the newest ${EVENTS_SHOWN}; older ones with :audit`),
});
