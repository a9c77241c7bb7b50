/**
 * Variables of the environment that would reach past Wafa's own settings into its libraries. Refused rather than ignored: whoever
 * set one expects something of it.
 */
import { OperatorError } from '../domain/operator-error.ts';

const REFUSED: readonly { readonly name: string; readonly isBad: (value: string) => boolean; readonly why: string }[] = [
  {
    name: 'PGOPTIONS',
    isBad: (value) => value !== '',
    why: 'it can change the role and the row-level security of every connection',
  },
  {
    name: 'NODE_TLS_REJECT_UNAUTHORIZED',
    isBad: (value) => value === '0',
    why: 'it switches off every certificate check, so that mail and database could be anybody',
  },
];

/** @throws OperatorError of kind `configuration`; the value is never repeated. */
export function refuseDangerousEnvironment(env: Readonly<Record<string, string | undefined>>): void {
  for (const { name, isBad, why } of REFUSED) {
    if (!isBad(env[name] ?? '')) continue;
    throw new OperatorError({
      code: 'config.dangerous-environment',
      kind: 'configuration',
      message: `${name} is set: ${why}.`,
      tryThis: `Unset it: unset ${name}`,
    });
  }
}
