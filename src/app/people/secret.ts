/** A text that must not be shown: whatever prints, logs or serialises it gets a mark in its place. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself, for the one place that needs it. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  /** What `console.log` and assertion messages show. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[redacted]';
  }
}

/** Nothing when the setting is missing or empty. */
export const secretOf = (text: string | undefined): Secret | undefined =>
  text === undefined || text === '' ? undefined : new Secret(text);
