import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import type { Installation } from '../installation.ts';
import type { ShownSetting } from '../configuration/show-configuration.ts';

export interface ConfigData {
  readonly settings: readonly ShownSetting[];
}

export const configCommand = defineCommand({
  name: 'config',
  group: 'set up',
  summary: 'Show every setting and where it comes from, or check them',
  example: 'config show',
  arguments: [{ name: 'word', about: 'show, or check: says nothing more when all is well' }],
  options: [],
  schema: z.object({ word: z.enum(['show', 'check'], { error: 'is show or check' }).default('show') }),
  // The machine decides: whoever may read the settings' files may see what is no secret in them.
  roles: [],
  isDangerous: false,
  reversedBy: null,
  run: async ({ installation }, { word }): Promise<CommandResult<ConfigData | { readonly checked: number }>> => {
    const { shownSettings, unknownVariables } = await import('../configuration/show-configuration.ts');
    const settings = shownSettings(installation.configuration);
    const unknown = unknownVariables(installation.configuration.env).map(
      (name) => `${name} is set, and is no setting of this release: is it misspelt?`,
    );
    if (word === 'show') return { data: { settings }, ending: 'ok', notes: [...unknown, ...whereMailGoes(installation)] };
    // A wrong or dangerous one would have ended the command before this line, with its name and what to do.
    return {
      data: { checked: settings.length },
      ending: 'ok',
      notes: [...unknown, 'The settings are in order.', ...whereMailGoes(installation)],
    };
  },
});

const whereMailGoes = ({ mail }: Installation): readonly string[] =>
  mail.kind === 'outbox' ? ['Without SMTP_URL mail goes to the outbox folder and reaches nobody.'] : [];
