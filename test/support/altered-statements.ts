/**
 * A guard taken away for one test: statements of this process reach the server otherwise than they were written. For controls, which show
 * that a test would notice.
 */
import pg from 'pg';
import { onTestFinished } from 'vitest';

/** @param alter Gives what runs instead; `null`: what was asked for. @returns how many statements have run otherwise. */
export function alterStatements(alter: (text: string, values: readonly unknown[]) => string | null): () => number {
  let altered = 0;
  const send = pg.Client.prototype.query as (this: pg.Client, ...parts: unknown[]) => unknown;
  pg.Client.prototype.query = function query(this: pg.Client, ...parts: unknown[]): unknown {
    const [statement, ...rest] = parts as [{ readonly text?: unknown; readonly values?: readonly unknown[] }];
    const text = typeof statement.text === 'string' ? alter(statement.text, statement.values ?? []) : null;
    if (text === null) return send.call(this, ...parts);
    altered += 1;
    // Under its own name the server would run the statement it has prepared.
    return send.call(this, { ...statement, name: undefined, text }, ...rest);
  } as typeof pg.Client.prototype.query;
  onTestFinished(() => {
    pg.Client.prototype.query = send as typeof pg.Client.prototype.query;
  });
  return () => altered;
}
