import type { Decision, RowOperation, RuntimeStore } from './ports.js';

/**
 * Inbox rows that a unit of this node makes are claimed by this node as they are written, where it works: no second
 * transaction, and no other node runs for them.
 */
export function claimOwnInbox(store: RuntimeStore, works: () => boolean): RuntimeStore {
  return {
    ...store,
    commit: (unit) =>
      store.commit({
        ...unit,
        decide: (given) => {
          const decision = unit.decide(given);
          const claim = <R>(made: Decision<R>): Decision<R> => (works() ? claimed(made, given.epoch) : made);
          return decision instanceof Promise ? decision.then(claim) : claim(decision);
        },
      }),
  };
}

function claimed<R>(decision: Decision<R>, epoch: number): Decision<R> {
  if (!decision.ok || !decision.changes.rows?.some(isInbox)) return decision;
  const rows = decision.changes.rows.map((operation) =>
    isInbox(operation) ? { insert: 'inbox', row: { ...operation.row, claimed_by: epoch } } : operation,
  );
  return { ...decision, changes: { ...decision.changes, rows } };
}

const isInbox = (operation: RowOperation): operation is Extract<RowOperation, { insert: string }> =>
  'insert' in operation && operation.insert === 'inbox';
