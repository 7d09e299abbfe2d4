import { expected } from '../lifecycle.js';
import type { AfterTermination, Key } from '../state.js';
import { beginCompleting } from './activation.js';
import { chooseElements } from './ad-hoc.js';
import { conclude, endProcessInstance } from './ending.js';
import type { Execution } from './execution.js';
import { endIfEmpty } from './modification.js';
import { asksCancelingListener } from './task-changes.js';
import { canceledTaskOf } from './termination.js';
import { beginBoundaryEvent, beginEventSubProcess } from './triggers.js';

/**
 * Asks the listeners of a user task that is being canceled, one after the other; when all are done the task ends, then
 * the scopes that waited for it, and what interrupted them goes on. Source: Camunda 8, "User task listeners"; ADR 23.
 */
export function continueTermination(execution: Execution, key: Key): void {
  const userTaskKey = canceledTaskOf(execution, key);
  const isAsked = execution.instance(key).owns?.some((own) => execution.state.jobs.has(own));
  if (userTaskKey === undefined || isAsked || asksCancelingListener(execution, userTaskKey)) return;
  let ended = execution.instance(key);
  for (;;) {
    execution.transition(ended.key, ended.elementId, 'terminated');
    if (ended.flowScopeKey === undefined) return end(execution, ended.awaited?.[0]?.next);
    const scope = execution.instance(ended.flowScopeKey);
    if (scope.state !== 'terminating') return goOn(execution, scope.key);
    if (execution.state.children.has(scope.key)) return;
    ended = scope;
  }
}

function end(execution: Execution, next: AfterTermination | undefined): void {
  const { kind: _kind, ...why } = next?.kind === 'end' ? next : { kind: 'end' as const };
  conclude(execution, why);
}

function goOn(execution: Execution, scopeKey: Key): void {
  const { awaited = [], elementId } = execution.instance(scopeKey);
  const { elements } = execution.state;
  for (const { roots, next } of awaited) {
    if (roots.some((key) => elements.has(key))) continue;
    execution.emit({ type: 'terminationEnded', elementInstanceKey: scopeKey, elementId, roots });
    follow(execution, scopeKey, next);
  }
}

/** It can no longer be refused: a process that is called ends too, which is an incident at its caller. */
function endModified(execution: Execution, scopeKey: Key): void {
  if (!endIfEmpty(execution, scopeKey).ok) endProcessInstance(execution, { reason: 'modified' });
}

function follow(execution: Execution, scopeKey: Key, next: AfterTermination): void {
  const scope = execution.instance(scopeKey);
  if (next.kind === 'boundaryEvent')
    beginBoundaryEvent(execution, scopeKey, execution.elementById(next.elementId), next.variables);
  else if (next.kind === 'eventSubProcess')
    beginEventSubProcess(execution, scopeKey, execution.elementById(next.elementId), next.variables);
  else if (next.kind === 'complete') beginCompleting(execution, scope);
  else if (next.kind === 'chooseElements') chooseElements(execution, scope, next.elements, next.by);
  else if (next.kind === 'endIfEmpty') endModified(execution, scopeKey);
  else expected(undefined, `what follows the end of ${scopeKey}`);
}
