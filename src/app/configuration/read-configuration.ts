/**
 * Brings the sources of settings together: the configuration file, the environment, files named by `NAME_FILE`, and the credentials of
 * the service manager; a later one wins. What comes out looks like an environment, so that readers of settings know one source.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfigurationFile, type ConfigurationFile } from './configuration-file.ts';
import { dangersIn } from './dangerous-environment.ts';
import { fileFault, readSecretFile } from './private-file.ts';
import { credentialName, fileVariable, SETTINGS, type Setting } from './settings-table.ts';
import { OperatorError } from '../../domain/operator-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type SettingSource = 'default' | 'configuration file' | 'environment' | 'private file' | 'credential';

export interface SettingValue {
  readonly setting: Setting;
  /** Unredacted: for readers of settings, never for a page. */
  readonly value: string | null;
  readonly source: SettingSource;
  /** The file it came from; null for the environment and for defaults. */
  readonly place: string | null;
}

export interface Configuration {
  /** The environment with every setting from whichever source won; what no setting names is as it was. */
  readonly env: Environment;
  readonly values: readonly SettingValue[];
}

/** @throws OperatorError of kind `configuration`: the only fault, or the first with the others in its message. */
export function readConfiguration(env: Environment): Configuration {
  const faults: OperatorError[] = [...dangersIn(env)];
  const file = collecting(faults, () => readConfigurationFile(env));
  const values = SETTINGS.flatMap((setting) => collecting(faults, () => foundValue(setting, env, file)) ?? []);
  const [first] = faults;
  if (first !== undefined) throw together(first, faults);
  return { env: merged(env, values), values };
}

function collecting<Result>(faults: OperatorError[], work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    faults.push(error);
    return undefined;
  }
}

function together(first: OperatorError, faults: readonly OperatorError[]): OperatorError {
  if (faults.length === 1) return first;
  const message = `${faults.length} settings are wrong. ${faults.map((fault) => fault.message).join(' ')}`;
  const tryThis = faults.map((fault) => fault.tryThis).join(' ');
  return new OperatorError({ code: first.code, kind: 'configuration', message, tryThis, cause: first });
}

function foundValue(setting: Setting, env: Environment, file: ConfigurationFile | undefined): SettingValue {
  const found =
    fromCredential(setting, env) ??
    fromPrivateFile(setting, env) ??
    fromEnvironment(setting, env) ??
    fromFile(setting, file) ??
    fromNamedFile(setting, file);
  if (found === undefined) return { setting, value: null, source: 'default', place: null };
  const checked = setting.schema.safeParse(found.value);
  if (checked.success) return { ...found, setting, value: checked.data };
  const where = found.place === null ? '' : ` in ${found.place}`;
  throw new OperatorError({
    code: 'config.bad-setting',
    kind: 'configuration',
    message: `${setting.name}${where} ${checked.error.issues[0]?.message ?? 'is wrong'}.`,
    tryThis: `It takes: ${setting.kind.replaceAll('`', '')}.`,
  });
}

interface Found {
  readonly value: unknown;
  readonly source: SettingSource;
  readonly place: string | null;
}

/** systemd hands credentials over in a folder of the service's own, readable by its group at most. */
function fromCredential(setting: Setting, env: Environment): Found | undefined {
  const folder = env['CREDENTIALS_DIRECTORY'] ?? '';
  if (!setting.isSecret || folder === '') return undefined;
  const place = join(folder, credentialName(setting));
  if (!existsSync(place)) return undefined;
  return { value: readSecretFile(place, `The credential ${credentialName(setting)}`, 0o037), source: 'credential', place };
}

function fromPrivateFile(setting: Setting, env: Environment): Found | undefined {
  const variable = fileVariable(setting);
  const place = env[variable] ?? '';
  if (!setting.isSecret || place === '') return undefined;
  if ((env[setting.name] ?? '') !== '') {
    throw fileFault('given-twice', `${setting.name} and ${variable} are both set, and may differ.`, 'Unset one of them.');
  }
  return { value: readSecretFile(place, variable), source: 'private file', place };
}

function fromEnvironment(setting: Setting, env: Environment): Found | undefined {
  const value = env[setting.name] ?? '';
  if (value === '') return undefined;
  if (setting.isFileOnly !== true) return { value, source: 'environment', place: null };
  throw fileFault(
    'secret-in-environment',
    `${setting.name} is set in the environment, where other programs can see it.`,
    `Write it into a file only you can read and name that in ${fileVariable(setting)}.`,
  );
}

function fromFile({ name }: Setting, file: ConfigurationFile | undefined): Found | undefined {
  const value = file?.values[name];
  if (file === undefined || value === undefined || value === '') return undefined;
  return { value, source: 'configuration file', place: file.path };
}

/** A private file that the configuration file names. */
function fromNamedFile(setting: Setting, file: ConfigurationFile | undefined): Found | undefined {
  const variable = fileVariable(setting);
  const place = file?.values[variable];
  if (!setting.isSecret || typeof place !== 'string' || place === '') return undefined;
  return { value: readSecretFile(place, variable), source: 'private file', place };
}

function merged(env: Environment, values: readonly SettingValue[]): Environment {
  const result: Record<string, string | undefined> = { ...env };
  for (const { setting, value, source } of values) {
    if (value !== null) result[setting.name] = value;
    // Its content has been read and checked; a reader that found the name would read it a second time.
    if (source === 'private file' || source === 'credential') result[fileVariable(setting)] = undefined;
  }
  return result;
}
