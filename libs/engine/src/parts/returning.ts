import type { ReturnProcessInstance } from '../operation-commands.js';
import { create } from './activation.js';
import type { Execution } from './execution.js';
import { endInstances, refusalOfTermination } from './modification.js';
import { findActivationPlace } from './modification-place.js';
import { rejected, type Outcome } from './outcome.js';

/** Begins a step over again in the scope where it was done, then ends what came of it: a modification that names its ground. */
export function returnProcessInstance(execution: Execution, command: ReturnProcessInstance): Outcome {
  const { kind, elementInstanceKey, elementId, flowScopeKey, terminate, drops, by, reason } = command;
  const refusal = refusalOf(execution, command) ?? refusalOfTermination(execution, terminate);
  if (refusal) return refusal;
  const element = execution.elementById(elementId);
  const place = findActivationPlace(execution, element, { ancestorKey: flowScopeKey, ended: new Set(terminate) });
  if (!place.ok) return place;
  if (place.missing.length > 0) return noSuchStep(elementId, flowScopeKey);
  execution.emit({
    type: 'processInstanceReturned',
    kind,
    elementInstanceKey,
    elementId,
    terminate,
    drops,
    by,
    ...(reason && { reason }),
    at: execution.now,
  });
  execution.schedule(create(execution, element, place.scopeKey));
  const outcome = endInstances(execution, terminate);
  execution.touch(flowScopeKey);
  return outcome;
}

function refusalOf({ state, definition }: Execution, command: ReturnProcessInstance): Outcome | undefined {
  const { position, elementId, flowScopeKey, drops } = command;
  if (state.position !== position)
    return rejected(
      'conflict',
      `Expected process instance ${state.processInstanceKey} to be at position ${position} but it is at ${state.position}: something has happened since. Look again.`,
    );
  if (!definition.indexById.has(elementId)) return noSuchStep(elementId, flowScopeKey);
  const missing = drops.find(({ flowScopeKey: key, joinElementId, flowId, count }) => {
    return (state.elements.get(key)?.tokens?.[joinElementId]?.[flowId] ?? 0) < count;
  });
  if (!missing) return undefined;
  return rejected(
    'invalidArgument',
    `Expected ${missing.count} tokens of flow "${missing.flowId}" before "${missing.joinElementId}" but there are fewer.`,
  );
}

const noSuchStep = (elementId: string, flowScopeKey: string): Outcome =>
  rejected('invalidArgument', `Expected "${elementId}" to stand in scope ${flowScopeKey} but it does not.`);
