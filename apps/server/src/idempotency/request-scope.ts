import { AsyncLocalStorage } from 'node:async_hooks';
import type { RowOperation, Unit } from '#runtime';
import type { Store } from '#persistence';

/** The command of a client that came with an `Idempotency-Key`, while it runs. */
export interface RequestScope {
  readonly account: string;
  readonly key: string;
  readonly fingerprint: string;
  /** How many units of each kind it has asked for. */
  readonly units: Map<string, number>;
}

const scopes = new AsyncLocalStorage<RequestScope>();

/** Runs a handler so that each unit of work that it commits is remembered under the key of its request. */
export const inScope = <T>(scope: RequestScope, run: () => Promise<T>): Promise<T> => scopes.run(scope, run);

/** A store that takes the key of the running request along: unit and key commit together, or not at all. */
export function repeatable(store: Store): Store {
  return { ...store, commit: (unit) => store.commit(remembered(unit, scopes.getStore())) };
}

function remembered<R>(unit: Unit<R>, scope: RequestScope | undefined): Unit<R> {
  if (!scope) return unit;
  const isFirst = scope.units.size === 0;
  const kind = unit.kind ?? 'write';
  const count = (scope.units.get(kind) ?? 0) + 1;
  scope.units.set(kind, count);
  const { account, key } = scope;
  return {
    ...unit,
    idempotency: unit.idempotency ?? { key: `request:${key}:${kind}:${count}`, account },
    decide: async (given) => {
      const decision = await unit.decide(given);
      if (!isFirst || !decision.ok) return decision;
      const rows = [...(decision.changes.rows ?? []), requestRow(scope)];
      return { ...decision, changes: { ...decision.changes, rows } };
    },
  };
}

function requestRow({ account, key, fingerprint }: RequestScope): RowOperation {
  return {
    upsert: 'client_requests',
    row: { account, key, fingerprint, status: null, body: null, at: Date.now() },
  };
}
