/** A folder of the test's own for settings files, and the environment that points there. */
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface SettingsFolder {
  readonly home: string;
  /** Writes a file below the folder with these permissions. @returns its path. */
  write(name: string, text: string, mode?: number): string;
}

export function settingsFolder(): SettingsFolder {
  const home = mkdtempSync(join(tmpdir(), 'wafa-settings-'));
  return {
    home,
    write: (name, text, mode = 0o600) => {
      const path = join(home, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      chmodSync(path, mode);
      return path;
    },
  };
}
