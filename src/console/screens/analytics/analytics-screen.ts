/** Analytics: the overview, what is open by age, mails by week, DSO by month and what waits: the pages of `analytics`, one below the other. */
import { pageScreen } from '../../widgets/page-screen.ts';
import type { DashboardView } from '../../../app/insight/read-dashboard.ts';
import { ageingPage, dsoPage } from '../../../cli/present/analytics/receivables-page.ts';
import { volumePage } from '../../../cli/present/analytics/volume-page.ts';
import { overviewPage, waitingBlock } from '../../../cli/present/analytics/work-page.ts';
import { engagementPage } from '../../../cli/present/analytics/answers-page.ts';
import { gap, hint } from '../../../cli/page.ts';

export const analyticsScreen = pageScreen<DashboardView>({
  name: 'analytics',
  title: 'Analytics',
  digit: '6',
  question: () => ({}),
  fetch: async (session) => {
    const { readDashboard } = await import('../../../app/insight/read-dashboard.ts');
    return await readDashboard(session);
  },
  page: (view) => [
    ...overviewPage(view),
    hint('What followed reminders, and what to look into:  :analytics effect  :analytics suggestions'),
    gap,
    ...ageingPage(view.ageing),
    gap,
    ...dsoPage(view.dso),
    gap,
    ...volumePage(view.volume, 'week'),
    gap,
    ...engagementPage(view.engagement),
    gap,
    waitingBlock(view.queue),
  ],
  heading: ({ asOf }) => `balances of ${asOf}`,
});
