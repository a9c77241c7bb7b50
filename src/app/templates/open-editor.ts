/** Opens a text in the operator's own editor and gives back what they saved. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from '../../domain/operator-error.ts';

/**
 * @param editor As in VISUAL or EDITOR: a program and its options with spaces between them; no shell reads it.
 * @returns the text as saved, or `null` when it was left as it was.
 * @throws OperatorError `template.no-editor` when it cannot be started or ends with a fault; nothing is stored then.
 */
export async function editText(text: string, fileName: string, editor: string): Promise<string | null> {
  // A folder of its own that nobody else can enter: the file may be read by the editor's backup and swap files as well.
  const folder = mkdtempSync(join(tmpdir(), 'wafa-edit-'));
  try {
    const path = join(folder, fileName);
    writeFileSync(path, text, { mode: 0o600 });
    const [program = '', ...options] = editor.trim().split(/\s+/);
    if (!(await endsWell(program, [...options, path]))) throw noEditor(editor);
    const saved = readFileSync(path, 'utf8');
    return saved === text ? null : saved;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const endsWell = (program: string, words: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => {
    spawn(program, words, { stdio: 'inherit' })
      .once('error', () => resolve(false))
      .once('exit', (code) => resolve(code === 0));
  });

const noEditor = (editor: string): OperatorError =>
  new OperatorError({
    code: 'template.no-editor',
    kind: 'usage',
    message: `The editor ${JSON.stringify(editor.slice(0, 80))} did not end well; nothing was stored.`,
    tryThis: 'Set EDITOR to an editor that is installed, for example EDITOR=nano, or use `wafa templates import NAME FILE`.',
  });
