/** Asks a person until the answer can be read. */
import type { CommandContext } from '../commands/command.ts';
import { OperatorError } from '../../domain/operator-error.ts';

export interface Asking {
  readonly ask: NonNullable<CommandContext['ask']>;
  readonly say: CommandContext['say'];
}

/** @param read Throws an OperatorError for what cannot be used; its words are told, and the question is asked again. @returns `null` when Enter skipped it. */
export async function askUntilRight<Answer>(
  { ask, say }: Asking,
  question: string,
  read: (text: string) => Answer | Promise<Answer>,
): Promise<Answer | null> {
  for (;;) {
    const text = (await ask(`${question} `)).trim();
    if (text === '') return null;
    try {
      return await read(text);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      say(`  ${error.message} ${error.tryThis}`);
    }
  }
}

/** As {@link askUntilRight}, of what cannot be left out. */
export async function askWhatIsNeeded<Answer>(asking: Asking, question: string, read: (text: string) => Answer): Promise<Answer> {
  for (;;) {
    const answer = await askUntilRight(asking, question, read);
    if (answer !== null) return answer;
    asking.say('  This cannot be left out.');
  }
}
