import { z } from 'zod';
import { defineCommand } from './command.ts';
import { rolesFor } from '../permissions.ts';
import { asId } from '../../domain/ids.ts';

export const previewCommand = defineCommand({
  name: 'preview',
  group: 'reminders',
  summary: 'The mail exactly as it would leave',
  example: 'preview 41 --text',
  arguments: [{ name: 'id', about: 'id of a reminder', isRequired: true }],
  options: [
    { name: 'text', about: 'the plain-text part (this is what is shown without an option)' },
    { name: 'html', about: 'the HTML part' },
    { name: 'eml', about: 'the whole message, as a mail program opens it' },
  ],
  schema: z
    .object({
      id: z
        .string()
        .regex(/^[1-9]\d{0,14}$/, 'is not the id of a reminder')
        .transform(Number),
      text: z.boolean().default(false),
      html: z.boolean().default(false),
      eml: z.boolean().default(false),
    })
    .refine((input) => [input.text, input.html, input.eml].filter(Boolean).length <= 1, 'Give at most one of --text, --html and --eml.'),
  roles: rolesFor('preview'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { id, html, eml }) => {
    const { previewReminder } = await import('../preview-reminder.ts');
    const preview = await previewReminder(await context.session(), asId<'reminder'>(id));
    const part = html ? 'html' : eml ? 'eml' : 'text';
    return { data: { part, preview }, ending: 'ok' as const };
  },
});
