import { type EventArgs, type EventSubscriber, wrap } from '@mikro-orm/core';

/**
 * Keeps MikroORM 7.2 from taking half a key for the whole. Inserting a row whose key is half given (the company) and half generated, it
 * remembers the first half alone as the row's key until the flush ends: the row is then filed under an empty key, so that a later `find`
 * makes a second object of it, and another new row that refers to it is stored without the reference. With nothing remembered, it reads
 * the key from the row, where both halves are. The entity tests fail without this.
 */
export class GeneratedKeyRepair implements EventSubscriber {
  beforeCreate({ entity }: EventArgs<object>): void {
    const ignored = (): void => undefined;
    Object.defineProperty(wrap(entity, true), '__pk', { configurable: true, get: ignored, set: ignored });
  }

  afterCreate({ entity }: EventArgs<object>): void {
    delete (wrap(entity, true) as { __pk?: unknown }).__pk;
  }
}
