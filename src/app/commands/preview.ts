import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { outputFile, writeOutput } from './output-file.ts';
import { rolesFor } from '../permissions.ts';
import { LANGUAGES } from '../../domain/vocabulary.ts';
import { asId, type ReminderId } from '../../domain/ids.ts';

export const previewCommand = defineCommand({
  name: 'preview',
  group: 'reminders',
  summary: 'The mail exactly as it would leave',
  example: 'preview 41 --text',
  arguments: [{ name: 'id', about: 'id of a reminder', isRequired: true }],
  options: [
    { name: 'text', about: 'the plain-text part (this is what is shown without an option)' },
    { name: 'html', about: 'the HTML part' },
    { name: 'language', about: 'in EN, AR, EN_AR or AR_EN, whichever it leaves in', value: 'LANGUAGE' },
    { name: 'eml', about: 'the whole message, as a mail program opens it' },
    { name: 'pdf', about: 'write the statement that goes with it to this file', value: 'FILE' },
    { name: 'to', about: 'send it, marked as a preview, to this address of your own company', value: 'ADDRESS' },
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
      to: z.string().max(320).optional(),
      language: z
        .string()
        .transform((text) => text.toUpperCase().replace('-', '_'))
        .pipe(z.enum(LANGUAGES))
        .optional(),
    })
    .refine(
      (input) => [input.text, input.html, input.eml, input.pdf, input.to].filter(Boolean).length <= 1,
      'Give at most one of --text, --html, --eml, --pdf and --to.',
    )
    .refine(
      ({ language, eml, pdf, to }) => language === undefined || !(eml || pdf || to),
      '--language is for looking: with --text or --html.',
    ),
  roles: rolesFor('preview'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { id: number, html, eml, pdf, to, language }): Promise<CommandResult<unknown>> => {
    const id = asId<'reminder'>(number);
    if (to !== undefined) return await sendPreview(context, id, to);
    const { previewReminder, previewStatement } = await import('../preview-reminder.ts');
    if (pdf !== undefined) {
      const { bytes } = await previewStatement(await context.session(), id);
      await writeOutput(pdf, bytes);
      return { data: { part: 'pdf' as const, file: pdf, bytes: bytes.length }, ending: 'ok' as const };
    }
    const preview = await previewReminder(await context.session(), id, language);
    const part = html ? 'html' : eml ? 'eml' : 'text';
    return { data: { part, preview }, ending: 'ok' as const };
  },
});

async function sendPreview(context: CommandContext, id: ReminderId, to: string): Promise<CommandResult<unknown>> {
  const { openInstallationTransport } = await import('../open-transport.ts');
  const { previewToSelf } = await import('../preview-to-self.ts');
  const session = await context.session();
  const transport = openInstallationTransport(session.installation);
  try {
    const { kind, replyText, ...outcome } = await previewToSelf(session, id, to, transport);
    const why = replyText ?? ('why' in outcome ? outcome.why : null);
    const isSent = kind === 'ACCEPTED';
    const data = { sent: isSent, outcome: kind, transport: transport.kind };
    const notes = [isSent ? `A preview went out through ${transport.label}.` : `The preview was not taken: ${why ?? kind}.`];
    return { data, ending: isSent ? 'ok' : 'failed', notes };
  } finally {
    await transport.close();
  }
}
