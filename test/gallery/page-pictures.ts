/** Pictures of a PDF's pages by `pdftoppm`, where it is installed. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** The first page and, unless it is the only one asked for, the second, which begins as every further page does. Gives back their paths. */
export async function pagePictures(pdf: string, base: string, onlyFirst: boolean): Promise<readonly string[]> {
  const last = onlyFirst ? ['-singlefile'] : ['-l', '2'];
  try {
    await promisify(execFile)('pdftoppm', ['-r', '75', '-png', '-f', '1', ...last, pdf, base]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const name = basename(base);
  const isOurs = (file: string): boolean =>
    file === `${name}.png` || (file.startsWith(`${name}-`) && /^-\d+\.png$/.test(file.slice(name.length)));
  return readdirSync(dirname(base))
    .filter(isOurs)
    .map((file) => join(dirname(base), file));
}
