import { applyMigration } from './migration.js';
import { takeTokens } from './element.js';
import type { Appliers } from './index.js';

export const operationAppliers: Pick<
  Appliers,
  | 'processInstanceModified'
  | 'processInstanceMigrated'
  | 'processInstanceReturned'
  | 'processInstanceSuspended'
  | 'processInstanceResumed'
  | 'commandDeferred'
> = {
  processInstanceModified() {},
  processInstanceMigrated: applyMigration,
  processInstanceReturned(draft, { drops }) {
    for (const { flowScopeKey, joinElementId, flowId, count } of drops)
      takeTokens(draft, flowScopeKey, joinElementId, { [flowId]: count });
  },
  processInstanceSuspended({ state }) {
    state.suspension = { deferred: [] };
  },
  processInstanceResumed({ state }) {
    delete state.suspension;
  },
  commandDeferred({ state }, { command }) {
    state.suspension = { deferred: [...(state.suspension?.deferred ?? []), command] };
  },
};
