/** How each role reaches the embedded server of a home. */
import { ROLES, type RolePasswords } from '../connection/roles.ts';
import type { Login } from '../connection/login.ts';
import { type HomeLayout, SOCKET_PORT } from './home-layout.ts';

/** The database that holds everything of an embedded installation. */
export const DATABASE = 'wafa';

export function embeddedLogin(layout: HomeLayout, passwords: RolePasswords, role: keyof RolePasswords, database: string = DATABASE): Login {
  return { host: layout.socketFolder, port: SOCKET_PORT, user: ROLES[role], password: () => passwords[role], database, ssl: false };
}
