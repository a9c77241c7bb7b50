/** The configuration file: one JSON object whose members are settings by their names, `{"SMTP_URL": "smtp://…"}`, or files of secrets, `{"SMTP_PASSWORD_FILE": "/…"}`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileFault, readPrivateFile } from './private-file.ts';
import { fileVariable, SETTINGS } from './settings-table.ts';
import { wafaHome } from '../../store/connection/settings.ts';

export interface ConfigurationFile {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Where it is, or would be. */
export const configurationPath = (env: Readonly<Record<string, string | undefined>>): string =>
  env['WAFA_CONFIG'] || join(wafaHome(env), 'config.json');

/** @returns undefined where there is none and none was asked for. @throws OperatorError of kind `configuration`. */
export function readConfigurationFile(env: Readonly<Record<string, string | undefined>>): ConfigurationFile | undefined {
  const named = env['WAFA_CONFIG'] ?? '';
  const path = configurationPath(env);
  if (named === '' && !existsSync(path)) return undefined;
  const namedBy = named === '' ? 'The configuration' : 'WAFA_CONFIG';
  const values = parsed(path, readPrivateFile({ path, namedBy, closed: 0o022 }));
  refuseUnknown(path, values);
  // Read again with the stricter look, only where it matters.
  if (SETTINGS.some(({ name, isSecret }) => isSecret && name in values)) readPrivateFile({ path, namedBy, closed: 0o077 });
  return { path, values };
}

function parsed(path: string, text: string): Readonly<Record<string, unknown>> {
  const advice = 'Write one JSON object, such as {"SMTP_URL": "smtps://user@mail.example.ae:465"}.';
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's own words repeat the text, which may hold a secret.
    throw fileFault('bad-file', `The file ${path} is not JSON.`, advice);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw fileFault('bad-file', `The file ${path} does not hold one JSON object.`, advice);
}

/** Refused rather than ignored: a setting that is misspelt, or that somebody believes to exist, would silently not hold. */
function refuseUnknown(path: string, values: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(values)) {
    // The file of a secret is no secret.
    if (SETTINGS.some((one) => one.isSecret && fileVariable(one) === name)) continue;
    const setting = SETTINGS.find((one) => one.name === name);
    const shown = JSON.stringify(name.slice(0, 60));
    if (setting === undefined) {
      throw fileFault(
        'unknown-setting',
        `${path} sets ${shown}, and there is no such setting.`,
        'Run `wafa config show` to see every setting.',
      );
    }
    if (setting.isEnvironmentOnly === true || setting.isFileOnly === true) {
      const where = setting.isFileOnly === true ? `a private file named by ${name}_FILE` : 'the environment';
      throw fileFault('wrong-place', `${path} sets ${shown}, which cannot stand there.`, `Give it in ${where}.`);
    }
  }
}
