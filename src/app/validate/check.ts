/** A check of `wafa validate`: a question with a name, what a finding means and what to do about it. Data; docs/validate.md is written from it. */
import type { Act } from '../act.ts';
import type { Session } from '../session.ts';
import type { FoundRows } from '../../store/sql/validate/found-rows.ts';

export interface Check {
  /** By which it is asked for and tested. */
  readonly id: string;
  /** What holds when nothing is found. */
  readonly holds: string;
  /** What a finding means for whoever is on duty. */
  readonly means: string;
  readonly fix: string;
  /** Of the company's rows, or of what all companies of the database share. */
  readonly scope: 'company' | 'installation';
  /** Its own transaction may write, because everything in it is taken back. */
  readonly tries?: boolean;
  find(act: Act, session: Session): Promise<FoundRows>;
}

export const found = (rows: readonly FoundRows['rows'][number][]): FoundRows => ({ rows, total: rows.length });

/** What is wrong with something that has no row of its own. */
export const finding = (text: string): FoundRows['rows'][number] => ({ objectKind: 'installation', objectId: null, found: text });
