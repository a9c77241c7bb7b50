/** Settings as a person may see them: every one with where it came from, and no secret. */
import type { Configuration, SettingSource, SettingValue } from './read-configuration.ts';
import { fileVariable, SETTINGS } from './settings-table.ts';

export interface ShownSetting {
  readonly name: string;
  /** `null` where the default holds; of an address everything but the password. */
  readonly value: string | null;
  readonly source: SettingSource;
  readonly place: string | null;
  readonly default: string;
  readonly about: string;
}

export const shownSettings = ({ values }: Configuration): readonly ShownSetting[] =>
  values.map((found) => ({
    name: found.setting.name,
    value: shownValue(found),
    source: found.source,
    place: found.place,
    default: found.setting.byDefault.replaceAll('`', ''),
    about: found.setting.about.replaceAll('`', ''),
  }));

const REDACTED = '[redacted]';

function shownValue({ setting, value }: SettingValue): string | null {
  if (value === null) return null;
  if (setting.name.endsWith('_URL')) return shownAddress(value);
  return setting.isSecret ? REDACTED : value;
}

/** Built from the parts that are no secret, because parameters and odd spellings can hold one too. */
function shownAddress(text: string): string {
  if (!URL.canParse(text)) return REDACTED;
  const { protocol, username, password, host, pathname } = new URL(text);
  const user = username === '' ? '' : `${username}${password === '' ? '' : `:${REDACTED}`}@`;
  return `${protocol}//${user}${host}${pathname}`;
}

/** Variables that look like ours and are none of them: a misspelt name would otherwise simply not hold. */
export function unknownVariables(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = new Set(SETTINGS.flatMap((setting) => [setting.name, fileVariable(setting)]));
  return Object.keys(env)
    .filter((name) => /^(?:WAFA|SMTP)_/.test(name) && !known.has(name) && (env[name] ?? '') !== '')
    .toSorted();
}
