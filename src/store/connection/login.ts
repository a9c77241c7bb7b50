/** What is needed to reach a database in one role, and in each. */
import type { ClientConfig } from 'pg';

/** Passwords are functions, so that a login that ends up in a log or an error shows none. */
export type Login = Readonly<Pick<ClientConfig, 'connectionString' | 'host' | 'port' | 'user' | 'password' | 'database' | 'ssl'>>;

export interface ConnectionTarget {
  readonly application: Login;
  /** Null where this process was given no owner's login: then it can do everything but migrate. */
  readonly owner: Login | null;
  /** Sees every company and writes nothing; absent where this process was given no such login. */
  readonly backup?: Login;
  /** Brings a server back that stopped because nobody used it, or died. Absent for servers that are not ours to start. */
  readonly revive?: () => Promise<void>;
}
