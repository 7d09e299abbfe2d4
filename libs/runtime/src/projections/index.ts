import type { EngineEvent } from '#engine';
import type { RowOperation } from '../ports.js';
import { elementRows } from './elements.js';
import { inboxRows } from './inbox.js';
import { incidentRows } from './incidents.js';
import { jobRows } from './jobs.js';
import { operationRows } from './operations.js';
import type { Projection, ProjectionContext } from './projection.js';
import { subscriptionRows } from './subscriptions.js';
import { taskTurnRows } from './task-turns.js';
import { userTaskRows } from './user-tasks.js';

const FAMILIES: readonly Projection[] = [
  elementRows,
  userTaskRows,
  taskTurnRows,
  jobRows,
  subscriptionRows,
  incidentRows,
  operationRows,
];

/** All rows that a step's events change, in order. `position` is that of the first event. */
export function project(
  events: readonly EngineEvent[],
  position: number,
  context: ProjectionContext,
): readonly RowOperation[] {
  const rows: RowOperation[] = [];
  const hasPropagatedError = events.some((event) => event.type === 'errorPropagatedToCaller');
  for (const [index, event] of events.entries()) {
    for (const family of FAMILIES) for (const row of family(event, context)) rows.push(row);
    rows.push(...inboxRows(event, position + index, context, hasPropagatedError));
  }
  return rows;
}

export type { ProjectionContext } from './projection.js';
export { candidateTimes } from './user-tasks.js';
