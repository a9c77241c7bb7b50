/** The company a command line is for: the option's, else the environment's. */
import { usageError } from './usage-error.ts';

/** As the database's own rule for codes, small letters allowed. */
const COMPANY_CODE = /^[A-Z0-9][A-Z0-9_-]{0,31}$/i;

/** @param option what `--company` was given. @throws OperatorError of kind `usage` for what cannot be a code. */
export function companyOf(option: string | undefined, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const fromEnv = env['WAFA_COMPANY'];
  const company = option ?? (fromEnv === '' ? undefined : fromEnv);
  if (company === undefined || COMPANY_CODE.test(company)) return company;
  const where = option === undefined ? 'WAFA_COMPANY' : '--company';
  throw usageError(
    'bad-company-code',
    `${where} ${JSON.stringify(company.slice(0, 40))} is not a company code.`,
    'A code is up to 32 letters A-Z, digits, "-" and "_", as in ACME. Run `wafa company list` to see the codes.',
  );
}
