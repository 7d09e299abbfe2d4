import type { Row } from '#runtime';
import type { RunQuery } from '../instance-cache.js';
import { asKey, asKeyOrNull } from '../records.js';
import type { DeadLetter, Queries } from './queries-types.js';

/** What a person must look at: effects on the outside that were given up. */
export function outboxQueries(query: RunQuery): Pick<Queries, 'deadLetters' | 'deadLetter'> {
  return {
    deadLetters: async (limit) =>
      (
        await query(`SELECT * FROM outbox WHERE state = 'FAILED' ORDER BY settled_at DESC, "key" DESC LIMIT ?`, [limit])
      ).map(toDeadLetter),
    deadLetter: async (key) =>
      (await query(`SELECT * FROM outbox WHERE state = 'FAILED' AND "key" = ?`, [key])).map(toDeadLetter)[0],
  };
}

function toDeadLetter(row: Row): DeadLetter {
  return {
    key: asKey(row.key),
    kind: String(row.kind),
    name: String(row.name),
    idempotencyKey: String(row.idempotency_key),
    processInstanceKey: asKeyOrNull(row.process_instance_key),
    attempts: Number(row.attempts),
    errorMessage: String(row.error_message ?? ''),
    createdAt: Number(row.created_at),
    failedAt: Number(row.settled_at),
  };
}
