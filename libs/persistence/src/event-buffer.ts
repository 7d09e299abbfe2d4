import type { EngineEvent, Key } from '#engine';
import { commitmentOf, linkOf, newSalt } from './chain.js';
import type { SqlDialect } from './dialect.js';
import { insertOf } from './statements.js';
import type { Statement } from './statements.js';

const COLUMNS = ['process_instance_key', 'position', 'type', 'version', 'payload', 'at', 'salt', 'hash'];

export interface AppendedEvents {
  /** Hash of the last event. */
  readonly head: string;
  /** Characters of their payloads. */
  readonly bytes: number;
}

/** Events of a batch that are to be written: chained as they come, and kept as the values that are bound. */
export class EventBuffer {
  private params: unknown[] = [];

  /** `position`: of the first event; `head`: hash of the one before it. */
  append(key: Key, events: readonly EngineEvent[], position: number, at: number, head: string): AppendedEvents {
    const { params } = this;
    let [hash, bytes, next] = [head, 0, position];
    for (const event of events) {
      const payload = JSON.stringify(event);
      const salt = newSalt();
      const { type, version } = event;
      hash = linkOf(hash, { position: next, type, version, at }, commitmentOf(salt, payload));
      params.push(key, next, type, version, payload, at, salt, hash);
      bytes += payload.length;
      next += 1;
    }
    return { head: hash, bytes };
  }

  /** Gives the statements that write them, and forgets them. */
  take(dialect: SqlDialect): readonly Statement[] {
    const { params } = this;
    this.params = [];
    return insertOf('event_log', { columns: COLUMNS, params }, dialect);
  }
}
