/** Whose company the console is open on. Somebody with several begins in the first of them and goes from one to the other. */
import type { Installation } from '../../app/installation.ts';
import type { Session } from '../../app/session.ts';
import { OperatorError } from '../../domain/operator-error.ts';

export interface ConsoleSessionOptions {
  /** As the command line opens it. */
  readonly first: () => Promise<Session>;
  readonly installation: () => Promise<Installation>;
  readonly isReadOnly: boolean;
  /** Told when none of several companies was named, so that the first was taken. */
  readonly onSeveral: (codes: readonly string[]) => void;
}

export class ConsoleSession {
  readonly #options: ConsoleSessionOptions;
  #entered: Promise<Session> | null = null;

  constructor(options: ConsoleSessionOptions) {
    this.#options = options;
  }

  /** The same one until another company is entered; one that could not be opened is opened anew when it is next asked for. */
  readonly current = (): Promise<Session> => {
    this.#entered ??= this.#first().catch((error: unknown) => {
      this.#entered = null;
      throw error;
    });
    return this.#entered;
  };

  /** @throws OperatorError when there is no such company for this person; then the old one stays. */
  async enter(code: string): Promise<void> {
    const { openSession } = await import('../../app/session.ts');
    const next = this.#marked(await openSession(await this.#options.installation(), code));
    this.#entered = Promise.resolve(next);
  }

  async #first(): Promise<Session> {
    const { first } = this.#options;
    try {
      return this.#marked(await first());
    } catch (error) {
      if (!(error instanceof OperatorError) || error.code !== 'company.several') throw error;
      const [{ listCompanies }, { openSession }] = await Promise.all([
        import('../../app/list-companies.ts'),
        import('../../app/session.ts'),
      ]);
      const installation = await this.#options.installation();
      const codes = await listCompanies(installation);
      this.#options.onSeveral(codes);
      return this.#marked(await openSession(installation, codes[0]));
    }
  }

  readonly #marked = (session: Session): Session => (this.#options.isReadOnly ? { ...session, isReadOnly: true } : session);
}
