import { applyMigration } from './migration.js';
import type { Appliers } from './index.js';

export const operationAppliers: Pick<
  Appliers,
  | 'processInstanceModified'
  | 'processInstanceMigrated'
  | 'processInstanceSuspended'
  | 'processInstanceResumed'
  | 'commandDeferred'
> = {
  processInstanceModified() {},
  processInstanceMigrated: applyMigration,
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
