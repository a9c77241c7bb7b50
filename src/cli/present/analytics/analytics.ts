/** Which page and table each part of `analytics` has, by the name its data stands under. */
import type { DashboardView } from '../../../app/insight/read-dashboard.ts';
import type { AgeingView } from '../../../app/insight/read-ageing.ts';
import type { DsoView } from '../../../app/insight/read-dso.ts';
import type { EffectView } from '../../../app/insight/read-effect.ts';
import type { EngagementView } from '../../../app/insight/read-engagement.ts';
import type { QueueHealthView } from '../../../app/insight/read-queue-health.ts';
import type { SuggestionsView } from '../../../app/insight/read-suggestions.ts';
import type { VolumeView } from '../../../app/insight/read-volume.ts';
import type { CsvTable } from '../../csv-text.ts';
import { gap, hint } from '../../page.ts';
import type { Presenter } from '../presenter.ts';
import { effectCsv, effectPage, engagementCsv, engagementPage } from './answers-page.ts';
import { ageingCsv, ageingPage, dsoCsv, dsoPage } from './receivables-page.ts';
import { volumeCsv, volumePage } from './volume-page.ts';
import { overviewPage, queueCsv, queuePage, suggestionsCsv, suggestionsPage } from './work-page.ts';

type AnalyticsData =
  | { readonly overview: DashboardView }
  | { readonly savings: VolumeView }
  | { readonly volume: VolumeView }
  | { readonly engagement: EngagementView }
  | { readonly ageing: AgeingView }
  | { readonly dso: DsoView }
  | { readonly effect: EffectView }
  | { readonly queue: QueueHealthView }
  | SuggestionsView;

const MORE = 'wafa analytics savings, engagement, volume, ageing, dso, effect, queue or suggestions';

export const analyticsPresenter: Presenter<AnalyticsData> = {
  takesNotes: true,
  page: (data, { notes }) => {
    if ('overview' in data) return [...overviewPage(data.overview), gap, hint(MORE)];
    if ('savings' in data) return volumePage(data.savings, 'month');
    if ('volume' in data) return volumePage(data.volume, 'week');
    if ('engagement' in data) return engagementPage(data.engagement);
    if ('ageing' in data) return ageingPage(data.ageing);
    if ('dso' in data) return dsoPage(data.dso);
    if ('effect' in data) return effectPage(data.effect, notes);
    return 'queue' in data ? queuePage(data.queue) : suggestionsPage(data);
  },
  csv: csvOf,
};

/** The overview is the ageing behind it: a table has one kind of row. */
function csvOf(data: AnalyticsData): CsvTable {
  if ('overview' in data) return ageingCsv(data.overview.ageing);
  if ('savings' in data) return volumeCsv(data.savings, 'month');
  if ('volume' in data) return volumeCsv(data.volume, 'week');
  if ('engagement' in data) return engagementCsv(data.engagement);
  if ('ageing' in data) return ageingCsv(data.ageing);
  if ('dso' in data) return dsoCsv(data.dso);
  if ('effect' in data) return effectCsv(data.effect);
  return 'queue' in data ? queueCsv(data.queue) : suggestionsCsv(data);
}
