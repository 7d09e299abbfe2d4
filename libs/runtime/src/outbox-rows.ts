import type { Key } from '#engine';
import type { DeliveryRequest, Row, RuntimeStore } from './ports.js';

interface Surroundings {
  readonly store: RuntimeStore;
  readonly wallClock: () => number;
}

/** Rows of the effects that a command of an instance asks for; keys must have been reserved. */
export function outboxRows(
  requests: readonly DeliveryRequest[],
  processInstanceKey: Key,
  { store, wallClock }: Surroundings,
): readonly Row[] {
  const at = wallClock();
  return requests.map(({ kind, name, idempotencyKey, payload }) => ({
    key: store.nextKey(),
    kind,
    name,
    idempotency_key: idempotencyKey,
    payload: JSON.stringify(payload),
    process_instance_key: processInstanceKey,
    state: 'PENDING',
    attempts: 0,
    next_at: at,
    created_at: at,
  }));
}
