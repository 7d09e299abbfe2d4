import type { EngineEvent } from '../events.js';
import { compensationAppliers } from './compensation.js';
import { crossInstanceAppliers } from './cross-instance.js';
import type { Draft } from './draft.js';
import { elementAppliers } from './element.js';
import { incidentAppliers } from './incident.js';
import { jobAppliers } from './job.js';
import { operationAppliers } from './operation.js';
import { processInstanceAppliers } from './process-instance.js';
import { subscriptionAppliers } from './subscription.js';
import { userTaskAppliers } from './user-task.js';

export type EventOf<T extends EngineEvent['type']> = Extract<EngineEvent, { readonly type: T }>;
export type Appliers = { readonly [T in EngineEvent['type']]: (draft: Draft, event: EventOf<T>) => void };

/** The state changes here and nowhere else, one applier an event type. */
const appliers: Appliers = {
  ...processInstanceAppliers,
  ...elementAppliers,
  ...compensationAppliers,
  ...userTaskAppliers,
  ...jobAppliers,
  ...subscriptionAppliers,
  ...crossInstanceAppliers,
  ...incidentAppliers,
  ...operationAppliers,
};

/** Applies an event to the draft in place. */
export function applyTo(draft: Draft, event: EngineEvent): void {
  const applier = appliers[event.type] as (draft: Draft, event: EngineEvent) => void;
  applier(draft, event);
  draft.state.position += 1;
}
