/** Answering a question of the console as a person does. */
import type { PtyConsole } from './pty-console.ts';

/** Says yes once the question has been on the screen long enough to be read; earlier it counts for nothing, however often it is said. */
export async function agrees(console: PtyConsole, question: string): Promise<void> {
  await console.shows(question);
  const saying = setInterval(() => console.types('y'), 100);
  try {
    await console.hides(question);
  } finally {
    clearInterval(saying);
  }
}

/** The account under the cursor. */
export const atCursor = (console: PtyConsole): string | undefined =>
  /C-\d{5}/.exec(console.lines().find((line) => line.trimStart().startsWith('❯')) ?? '')?.[0];
