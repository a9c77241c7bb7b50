/** Reads what an ADMIN typed about a person: a login that can be told from every other one, a name, roles. */
import { readLine } from '../operator-input.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';
import { ROLES, type Role } from '../../domain/vocabulary.ts';

/** As operating systems and directories write them, `OFFICE\omar` included; plain letters only, so that none can look like another. */
const LOGIN = /^[A-Za-z0-9_][A-Za-z0-9_.@+$\\-]{0,127}$/;

/** @throws OperatorError `user.bad-login` */
export function readLogin(text: string): string {
  const login = text.trim();
  if (LOGIN.test(login)) return login;
  throw new OperatorError({
    code: 'user.bad-login',
    kind: 'usage',
    message: `${JSON.stringify(safeText(login.slice(0, 40)))} is not a login.`,
    tryThis:
      'Give the name by which the operating system knows the person, up to 128 plain letters and digits, as `whoami` prints it there.',
  });
}

/** @throws OperatorError `input.bad-text` */
export const readDisplayName = (text: string): string => readLine(text, 'the name', 200);

/** `OPERATOR,APPROVER`, in any case and order. @throws OperatorError `user.bad-roles` */
export function readRoles(text: string): readonly Role[] {
  const words = text.split(',').map((word) => word.trim().toUpperCase());
  const unknown = words.find((word) => !(ROLES as readonly string[]).includes(word));
  if (unknown === undefined) return ROLES.filter((role) => words.includes(role));
  throw new OperatorError({
    code: 'user.bad-roles',
    kind: 'usage',
    message: unknown === '' ? 'A role is missing in --roles.' : `${JSON.stringify(safeText(unknown.slice(0, 40)))} is not a role.`,
    tryThis: `Give one or more of ${ROLES.join(', ')}, with commas between them.`,
  });
}
