import type { BpmnElement } from '#bpmn';
import type { Command } from '../commands.js';
import type { ActivateInstruction, MoveInstruction } from '../operation-commands.js';
import type { ElementInstance, InstanceState, Key, Variables } from '../state.js';
import { create } from './activation.js';
import { beginNext } from './ad-hoc.js';
import { waitsForWorker } from './ad-hoc-worker.js';
import { endProcessInstance } from './ending.js';
import { ElementScope } from './element-scope.js';
import type { Execution } from './execution.js';
import { applyInputMappings, declareVariables } from './io-mapping.js';
import { findActivationPlace, isBelow, scopesAround } from './modification-place.js';
import { accepted, rejected, type Outcome } from './outcome.js';
import { haveEnded, isEnding, terminate } from './termination.js';
import { setLocal } from './variables.js';

type ModifyCommand = Extract<Command, { readonly type: 'modifyProcessInstance' }>;

/**
 * Begins elements out of turn, then ends others; a scope in which nothing is left ends too. Reading: scopes made on the
 * way take their input mappings and begin to listen, but neither their start event nor their listeners run. Source:
 * Camunda 8, "Process instance modification".
 */
export function modifyProcessInstance(execution: Execution, command: ModifyCommand): Outcome {
  const moved = (command.move ?? []).map((move) => expand(execution, move));
  const refused = moved.find((each) => !each.ok);
  if (refused && !refused.ok) return refused;
  const steps = moved.flatMap((each) => (each.ok ? each.steps : []));
  const activate = [...(command.activate ?? []), ...steps.map((step) => step.activate)];
  const ended = [...new Set([...(command.terminate ?? []), ...steps.map((step) => step.terminate)])];
  if (activate.length + ended.length === 0)
    return rejected('invalidArgument', 'Expected at least one element to activate, terminate or move but found none.');
  const refusal = refusalOfTermination(execution, ended);
  if (refusal) return refusal;
  note(execution, command, activate, ended);
  for (const instruction of activate) {
    const outcome = activateOne(execution, instruction, new Set(ended));
    if (!outcome.ok) return outcome;
  }
  return endInstances(execution, ended);
}

/**
 * Begins a process that was just created at these elements instead of an event of it, as a modification would. Source:
 * Camunda 8, "Process instance creation", "Create and start at a user-defined element".
 */
export function beginProcessAt(execution: Execution, elementIds: readonly string[]): Outcome {
  if (elementIds.length === 0)
    return rejected('invalidArgument', 'Expected at least one element to begin at but found none.');
  const begun = listen(execution, execution.element(0), execution.state.processInstanceKey);
  if (!begun.ok) return begun;
  for (const elementId of elementIds) {
    const outcome = activateOne(execution, { elementId }, new Set());
    if (!outcome.ok) return outcome;
  }
  return accepted;
}

function note(
  execution: Execution,
  { by }: ModifyCommand,
  all: readonly ActivateInstruction[],
  terminate: readonly Key[],
) {
  const activate = all.map(({ elementId, ancestorElementInstanceKey: ancestor }) => ({
    elementId,
    ...(ancestor !== undefined && { ancestorElementInstanceKey: ancestor }),
  }));
  const who = by === undefined ? {} : { by };
  execution.emit({ type: 'processInstanceModified', activate, terminate, ...who, at: execution.now });
}

type Expanded =
  | {
      readonly ok: true;
      readonly steps: readonly { readonly activate: ActivateInstruction; readonly terminate: Key }[];
    }
  | Extract<Outcome, { readonly ok: false }>;

/** One instance of the target for each of the source, below the nearest scope that both have. */
function expand(execution: Execution, { sourceElementId, targetElementId }: MoveInstruction): Expanded {
  const { definition, state } = execution;
  const unknown = [sourceElementId, targetElementId].find((id) => !definition.indexById.has(id));
  if (unknown !== undefined) return unknownElement(execution, unknown);
  const around = scopesAround(execution, execution.elementById(targetElementId)).map(({ id }) => id);
  const sources = state.elements
    .values()
    .filter(({ elementId, loopCounter }) => elementId === sourceElementId && loopCounter === undefined);
  if (sources.length === 0)
    return rejected(
      'invalidState',
      `Expected an active instance of "${sourceElementId}" to move but there is none.`,
    ) as Expanded;
  const steps = sources.map((source) => ({
    activate: { elementId: targetElementId, ...placeBeside(execution, source, around) },
    terminate: source.key,
  }));
  return { ok: true, steps };
}

function placeBeside(execution: Execution, source: ElementInstance, around: readonly string[]) {
  let scope = source.flowScopeKey === undefined ? undefined : execution.instance(source.flowScopeKey);
  while (scope && (!around.includes(scope.elementId) || scope.multiInstance))
    scope = scope.flowScopeKey === undefined ? undefined : execution.instance(scope.flowScopeKey);
  return scope ? { ancestorElementInstanceKey: scope.key } : {};
}

function unknownElement({ definition }: Execution, id: string): Extract<Outcome, { readonly ok: false }> {
  const message = `Expected an element of process "${definition.bpmnProcessId}" but found "${id}".`;
  return { ok: false, rejection: { code: 'invalidArgument', message } };
}

export function refusalOfTermination({ state }: Execution, keys: readonly Key[]): Outcome | undefined {
  if (isEnding(state)) return refusedWhileEnding(state);
  if (keys.includes(state.processInstanceKey))
    return rejected(
      'invalidArgument',
      'Expected element instances to terminate but found the process instance. Cancel it instead.',
    );
  const missing = keys.find((key) => !state.elements.has(key));
  return missing === undefined
    ? undefined
    : rejected(
        'invalidArgument',
        `Expected element instance ${missing} to be active in this process instance but it is not.`,
      );
}

export function refusedWhileEnding({ processInstanceKey }: InstanceState): Outcome {
  const message = `Expected nothing of process instance ${processInstanceKey} to be ending but listeners of "canceling" are still asked. Complete their jobs first.`;
  return rejected('invalidState', message);
}

function activateOne(execution: Execution, instruction: ActivateInstruction, ended: ReadonlySet<Key>): Outcome {
  const { elementId, ancestorElementInstanceKey, variables = [] } = instruction;
  const index = execution.definition.indexById.get(elementId);
  if (index === undefined) return unknownElement(execution, elementId);
  const element = execution.element(index);
  const place = findActivationPlace(execution, element, { ancestorKey: ancestorElementInstanceKey, ended });
  if (!place.ok) return place;
  const known = new Set([...scopesAround(execution, element).map(({ id }) => id), elementId]);
  const stranger = variables.find(({ scopeId }) => scopeId !== undefined && !known.has(scopeId));
  if (stranger)
    return rejected(
      'invalidArgument',
      `Expected variables for "${elementId}" or a scope around it (${[...known].join(', ')}) but found scope "${stranger.scopeId ?? ''}".`,
    );
  const valuesFor = (id: string) => variables.filter(({ scopeId }) => scopeId === id).map((each) => each.variables);
  const { processInstanceKey } = execution.state;
  for (const { scopeId, variables: values } of variables) {
    if (scopeId === undefined) setLocal(execution, processInstanceKey, values);
    else if (place.scopes.has(scopeId)) setLocal(execution, place.scopes.get(scopeId)!, values);
  }
  let scopeKey = place.scopeKey;
  for (const scope of place.missing) {
    const opened = openScope(execution, scope, { scopeKey, variables: valuesFor(scope.id) });
    if (!opened.ok) return opened;
    scopeKey = opened.key;
  }
  const key = create(execution, element, scopeKey);
  for (const values of valuesFor(elementId)) setLocal(execution, key, values);
  execution.schedule(key);
  return accepted;
}

type Opened = { readonly ok: true; readonly key: Key } | Extract<Outcome, { readonly ok: false }>;

/** Makes a scope that listens but has begun nothing. */
function openScope(
  execution: Execution,
  element: BpmnElement,
  { scopeKey, variables }: { readonly scopeKey: Key; readonly variables: readonly Variables[] },
): Opened {
  const key = create(execution, element, scopeKey);
  for (const values of variables) setLocal(execution, key, values);
  return listen(execution, element, key);
}

function listen(execution: Execution, element: BpmnElement, key: Key): Opened {
  declareVariables(execution, element, key);
  const mapped = applyInputMappings(execution, element, key);
  if (mapped.ok && new ElementScope(execution, element, key).wait()) return { ok: true, key };
  const why = mapped.ok ? 'an expression of what it waits for fails' : mapped.problem.message;
  const message = `Expected scope "${element.id}" to be ready for "activated" but ${why}`;
  return { ok: false, rejection: { code: 'invalidState', message } };
}

export function endInstances(execution: Execution, keys: readonly Key[]): Outcome {
  const roots = keys.filter((key) => !keys.some((other) => other !== key && isBelow(execution, key, other)));
  const scopes = new Set(roots.map((key) => execution.instance(key).flowScopeKey));
  const resting = terminate(execution, roots);
  for (const scopeKey of scopes) {
    if (scopeKey === undefined) continue;
    const ofScope = resting.filter((key) => execution.instance(key).flowScopeKey === scopeKey);
    if (!haveEnded(execution, ofScope, scopeKey, { kind: 'endIfEmpty' })) continue;
    const outcome = endIfEmpty(execution, scopeKey);
    if (!outcome.ok) return outcome;
  }
  return accepted;
}

/** A scope in which a modification has left nothing ends, and so do those around it. */
export function endIfEmpty(execution: Execution, scopeKey: Key | undefined): Outcome {
  const { state } = execution;
  const scope = scopeKey === undefined ? undefined : state.elements.get(scopeKey);
  if (!scope || scope.state !== 'activated' || scope.tokens || state.children.has(scope.key)) return accepted;
  if (beginNext(execution, scope) || waitsForWorker(execution, scope)) return accepted;
  if (scope.flowScopeKey === undefined) return endProcess(execution);
  terminate(execution, [scope.key]);
  return endIfEmpty(execution, scope.flowScopeKey);
}

function endProcess(execution: Execution): Outcome {
  const { processInstanceKey, parent } = execution.state;
  if (parent)
    return rejected(
      'invalidState',
      `Expected something of process instance ${processInstanceKey} to go on but the modification would end it, and process instance ${parent.processInstanceKey} waits for it. Modify that one instead.`,
    );
  endProcessInstance(execution, { reason: 'modified' });
  return accepted;
}
