/** Shows a text in a program of the operator's own choice, which has the whole terminal until it ends. No shell reads what they named. */
import { spawn } from 'node:child_process';

import { editText } from '../../app/templates/open-editor.ts';
import { OperatorError } from '../../domain/operator-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What every system has; it shows page after page and waits at the end of none. */
const USUAL_PAGER = 'less -+F -+X';

/** @returns why it could not be shown; null when it was. */
export async function showInPager(text: string, env: Environment): Promise<string | null> {
  const pager = env['PAGER'] || USUAL_PAGER;
  const [program = '', ...options] = pager.trim().split(/\s+/);
  const isShown = await new Promise<boolean>((resolve) => {
    const child = spawn(program, options, { stdio: ['pipe', 'inherit', 'inherit'] })
      .once('error', () => resolve(false))
      .once('exit', (code) => resolve(code === 0));
    // Leaving before the end of a long text is no fault.
    child.stdin.on('error', () => undefined).end(text);
  });
  return isShown ? null : `The pager ${JSON.stringify(pager.slice(0, 60))} did not end well; set PAGER to one that is installed.`;
}

/** A copy to read, search or take pieces from: what is changed in it is changed nowhere else. @returns as {@link showInPager} */
export async function showInEditor(text: string, fileName: string, env: Environment): Promise<string | null> {
  const editor = env['VISUAL'] || env['EDITOR'];
  if (!editor) return 'No editor is named in VISUAL or EDITOR.';
  try {
    await editText(text, fileName, editor);
    return null;
  } catch (error) {
    if (error instanceof OperatorError) return error.message;
    throw error;
  }
}
