/** A console without a database that tells whoever draws it when something has happened. */
import { AConsole } from './a-console.ts';
import { decodeKeys } from '../../src/console/input/decode-keys.ts';
import type { ConsoleRuntime } from '../../src/console/runtime/console-runtime.ts';
import type { ConsoleEvent } from '../../src/console/state/event.ts';

export class ALiveConsole {
  readonly console: AConsole;
  readonly runtime: ConsoleRuntime;
  readonly #listeners = new Set<() => void>();

  constructor(columns: number, rows: number) {
    this.console = new AConsole(columns, rows);
    this.runtime = {
      state: () => this.console.state,
      subscribe: (listener: () => void) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      nowMs: () => 0,
      dispatch: (event: ConsoleEvent) => this.happens(event),
    } as unknown as ConsoleRuntime;
  }

  happens(event: ConsoleEvent): void {
    this.console.happens(event);
    this.#listeners.forEach((listener) => listener());
  }

  types(text: string): void {
    for (const key of decodeKeys(text).keys) this.happens({ kind: 'key', key, atMs: 0 });
  }
}
