/** Which presenter a verb has; loaded with it and alone. Verbs without one of their own share the generic one. */
import type { Presenter } from './presenter.ts';

const LOADERS: Readonly<Record<string, () => Promise<Presenter<never>>>> = {
  ...Object.fromEntries(
    ['approve', 'escalate', 'deescalate', 'edit', 'hold', 'release', 'reschedule', 'cancel', 'undo', 'settle'].map((verb) => [
      verb,
      async () => (await import('./batch.ts')).batchPresenter,
    ]),
  ),
  completion: async () => (await import('./completion.ts')).completionPresenter,
  customer: async () => (await import('./customer.ts')).customerPresenter,
  calendar: async () => (await import('./calendar.ts')).calendarPresenter,
  config: async () => (await import('./config.ts')).configPresenter,
  db: async () => (await import('./db.ts')).dbPresenter,
  doctor: async () => (await import('./doctor.ts')).doctorPresenter,
  policy: async () => (await import('./policy.ts')).policyPresenter,
  init: async () => (await import('./init.ts')).initPresenter,
  import: async () => (await import('./import.ts')).importPresenter,
  demo: async () => (await import('./plan.ts')).planPresenter,
  plan: async () => (await import('./plan.ts')).planPresenter,
  runs: async () => (await import('./runs.ts')).runsPresenter,
  queue: async () => (await import('./queue.ts')).queuePresenter,
  show: async () => (await import('./show.ts')).showPresenter,
  explain: async () => (await import('./explain.ts')).explainPresenter,
  calibrate: async () => (await import('./calibrate.ts')).calibratePresenter,
  simulate: async () => (await import('./simulate.ts')).simulatePresenter,
  preview: async () => (await import('./preview.ts')).previewPresenter,
  statement: async () => (await import('./statement.ts')).statementPresenter,
  inbox: async () => (await import('./inbox.ts')).inboxPresenter,
  copy: async () => (await import('./requested.ts')).requestedPresenter,
  requested: async () => (await import('./requested.ts')).requestedPresenter,
  send: async () => (await import('./send.ts')).sendPresenter,
  status: async () => (await import('./status.ts')).statusPresenter,
  user: async () => (await import('./user.ts')).userPresenter,
  login: async () => (await import('./login.ts')).loginPresenter,
  whoami: async () => (await import('./whoami.ts')).whoamiPresenter,
  analytics: async () => (await import('./analytics/analytics.ts')).analyticsPresenter,
  audit: async () => (await import('./audit.ts')).auditPresenter,
  validate: async () => (await import('./validate.ts')).validatePresenter,
  templates: async () => (await import('./templates.ts')).templatesPresenter,
  start: async () => (await import('./start.ts')).startPresenter,
};

/** What a command returns and what its presenter takes are the same type; the table of verbs cannot say so. */
export async function presenterOf(verb: string): Promise<Presenter<unknown>> {
  const load = LOADERS[verb] ?? (async () => (await import('./generic.ts')).genericPresenter);
  return await load();
}
