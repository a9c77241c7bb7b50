/** Runs: what planning did each day, the newest in full with every reason for silence. */
import { pageScreen } from '../../widgets/page-screen.ts';
import { runBlocks } from '../../../cli/present/plan.ts';
import { runsPresenter } from '../../../cli/present/runs.ts';
import { gap, heading, line } from '../../../cli/page.ts';
import type { RunView } from '../../../app/reminder-view.ts';

const RUNS_SHOWN = 60;

export const runsScreen = pageScreen<readonly RunView[]>({
  name: 'runs',
  title: 'Runs',
  digit: '5',
  question: () => ({}),
  fetch: async (session) => {
    const { readRuns } = await import('../../../app/read-reminders.ts');
    return await readRuns(session, { limit: RUNS_SHOWN });
  },
  page: (runs, timeZone) => {
    const [newest] = runs;
    if (newest === undefined) return [line('Nothing has been planned yet. Plan with  :plan')];
    const others = runs.length < 2 ? [] : [gap, heading('All runs'), ...runsPresenter.page({ runs }, { notes: [], timeZone })];
    return [heading('The newest run'), ...runBlocks(newest), ...others];
  },
  heading: (runs) => (runs.length === 1 ? '1 run' : `${runs.length} runs`),
});
