/** Runs: what planning did each day, the newest in full with every reason for silence. */
import type { FileKind, Intent } from '../../state/intent.ts';
import { fileChoice } from '../../widgets/file-choice.ts';
import { pageScreen } from '../../widgets/page-screen.ts';
import { runBlocks } from '../../../cli/present/plan.ts';
import { runsPresenter } from '../../../cli/present/runs.ts';
import { gap, heading, line } from '../../../cli/page.ts';
import type { RunView } from '../../../app/reminder-view.ts';

const RUNS_SHOWN = 60;

const writing = (writes: FileKind): Intent => ({
  kind: 'verb',
  act: { words: ['runs', '--limit', String(RUNS_SHOWN)], writes, confirm: null, shows: 'summary', undo: null },
});

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
  bindings: [
    {
      name: 'export',
      chords: ['x'],
      label: 'export',
      about: 'Write the runs into a file of the folder the console was started in: CSV or Excel.',
      run: (state) => ({ state, intents: [{ kind: 'choose', choice: fileChoice(writing) }] }),
    },
  ],
  heading: (runs) => (runs.length === 1 ? '1 run' : `${runs.length} runs`),
});
