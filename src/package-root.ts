/**
 * Where Wafa is installed: the folder of its `package.json`, above `src/` when tested and above `dist/` when built. Data that is
 * not code (`templates/`, `mappings/`, …) stands there, outside `src/`, and is never copied by the build.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of something in the package, e.g. `packagePath('templates', 'polite.liquid')`. */
export const packagePath = (...segments: readonly string[]): string => join(PACKAGE_ROOT, ...segments);

/** What `package.json` says, e.g. `0.1.0`. */
export const packageVersion = (): string => (JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string }).version;

const PACKAGE_ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)));

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder));
}
