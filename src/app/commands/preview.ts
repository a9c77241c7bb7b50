import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import { outputFile, writeOutput } from './output-file.ts';
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
    { name: 'pdf', about: 'write the statement that goes with it to this file', value: 'FILE' },
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
      pdf: outputFile.optional(),
    })
    .refine(
      (input) => [input.text, input.html, input.eml, input.pdf].filter(Boolean).length <= 1,
      'Give at most one of --text, --html, --eml and --pdf.',
    ),
  roles: rolesFor('preview'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { id: number, html, eml, pdf }): Promise<CommandResult<unknown>> => {
    const { previewReminder, previewStatement } = await import('../preview-reminder.ts');
    const id = asId<'reminder'>(number);
    if (pdf !== undefined) {
      const { bytes } = await previewStatement(await context.session(), id);
      await writeOutput(pdf, bytes);
      return { data: { part: 'pdf' as const, file: pdf, bytes: bytes.length }, ending: 'ok' as const };
    }
    const preview = await previewReminder(await context.session(), id);
    const part = html ? 'html' : eml ? 'eml' : 'text';
    return { data: { part, preview }, ending: 'ok' as const };
  },
});
