import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import { rolesFor } from '../permissions.ts';

export const calibrateCommand = defineCommand({
  name: 'calibrate',
  group: 'running',
  summary: 'Fit the priority to how the customers paid, and show whether that is better',
  example: 'calibrate',
  arguments: [],
  options: [{ name: 'adopt', about: 'put the fitted weights in force, if they win; needs an ADMIN' }],
  schema: z.object({ adopt: z.boolean().default(false) }),
  roles: rolesFor('calibrate'),
  // Only `--adopt` asks, once the differences are shown.
  isDangerous: true,
  reversedBy: 'policy',
  run: async (context, { adopt }): Promise<CommandResult<unknown>> => {
    const { adoptCalibration, readCalibration } = await import('../calibrate.ts');
    const { calibrationView } = await import('../calibration-view.ts');
    const session = await context.session();
    const report = await readCalibration(session);
    const { verdict } = report.calibration;
    const shown = calibrationView(report, null);
    if (!adopt) return { data: shown, ending: verdict === 'too-little' ? 'nothing-to-do' : 'ok', notes: [whatNext(verdict)] };
    if (verdict !== 'better') return { data: shown, ending: 'refused', notes: ['The present weights stay in force.'] };
    if (report.changes.length === 0) return { data: shown, ending: 'nothing-to-do', notes: ['These weights are in force already.'] };
    context.say(shown.reason);
    for (const { key, before, after } of report.changes) context.say(`  ${key}: ${before} → ${after}`);
    await context.confirm('Every account is ranked anew with the next plan.');
    const { number } = await adoptCalibration(session, report);
    return { data: calibrationView(report, number), ending: 'ok', notes: [`Policy version ${number} is in force.`] };
  },
});

function whatNext(verdict: 'too-little' | 'better' | 'no-better'): string {
  switch (verdict) {
    case 'better':
      return 'Nothing was changed. An ADMIN puts the fitted weights in force with `wafa calibrate --adopt`.';
    case 'no-better':
      return 'Nothing was changed, and nothing needs to be.';
    case 'too-little':
      return 'The weights in force stay. Try again when more has been paid.';
  }
}
