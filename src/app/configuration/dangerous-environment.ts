/**
 * Variables of the environment that would reach past Wafa's own settings into its libraries. Refused rather than ignored: whoever
 * set one expects something of it. What runs code before Wafa does (`NODE_OPTIONS`) cannot be refused from here; `wafa doctor` names it.
 */
import { OperatorError } from '../../domain/operator-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Danger {
  readonly name: string;
  readonly isBad: (value: string, env: Environment) => boolean;
  readonly why: string;
}

const isSet = (value: string): boolean => value !== '';

/** What an address leaves out is filled in from these; the built-in database leaves nothing out. */
const redirects = (value: string, env: Environment): boolean => value !== '' && (env['DATABASE_URL'] ?? '') !== '';

export const DANGERS: readonly Danger[] = [
  { name: 'PGOPTIONS', isBad: isSet, why: 'it can change the role and the row-level security of every connection' },
  {
    name: 'NODE_TLS_REJECT_UNAUTHORIZED',
    isBad: (value) => value === '0',
    why: 'it switches off every certificate check, so that mail and database could be anybody',
  },
  ...['PGHOST', 'PGPORT', 'PGUSER', 'PGDATABASE'].map((name) => ({
    name,
    isBad: redirects,
    why: 'it would send us to another database wherever DATABASE_URL leaves something out',
  })),
  { name: 'PGSSLMODE', isBad: redirects, why: 'it can weaken the encryption that DATABASE_URL asks for' },
];

/** @returns the faults, each of kind `configuration`; a value is never repeated. */
export const dangersIn = (env: Environment): readonly OperatorError[] =>
  DANGERS.filter(({ name, isBad }) => isBad(env[name] ?? '', env)).map(
    ({ name, why }) =>
      new OperatorError({
        code: 'config.dangerous-environment',
        kind: 'configuration',
        message: `${name} is set: ${why}.`,
        tryThis: `Unset it: unset ${name}`,
      }),
  );
