import type { StandardLoop } from '#bpmn';
import type { ElementInstance, Key } from '../state.js';
import type { ElementScope } from './element-scope.js';
import type { Execution } from './execution.js';
import { evaluateBoolean, evaluateInteger } from './expressions.js';
import { success, type Result } from './result.js';
import { activateInner, beginCompleting } from './activation.js';
import { OverlayScope, setLocal, VariableScope } from './variables.js';

/**
 * Starts the first run, or none where the test comes first and fails, or where the maximum is 0, which caps the number of runs
 * whenever the test comes. Source: BPMN 2.0.2, 10.3.8, "Standard Loop", `loopMaximum`, and 13.3.6.
 */
export function activateLoop(loop: StandardLoop, scope: ElementScope): void {
  const begins = goesOn(loop.testBefore ? loop : cap(loop), scope.execution, scope.key, 0);
  if (!begins.ok) return scope.incident(begins.problem);
  if (!scope.wait([])) return;
  if (begins.value) startRun(scope.execution, scope.instance, 1);
  else scope.startCompleting();
}

/** Ends one run; the next begins while the condition holds and the maximum is not reached. */
export function completeRun(loop: StandardLoop, scope: ElementScope): void {
  const { execution, flowScopeKey, instance } = scope;
  const done = instance.loopCounter ?? 1;
  const again = goesOn(loop, execution, flowScopeKey, done);
  if (!again.ok) return scope.incident(again.problem);
  scope.endInner({});
  const body = execution.instance(flowScopeKey);
  if (again.value) startRun(execution, body, done + 1);
  else beginCompleting(execution, body);
}

/** A loop without its condition. */
const cap = ({ condition: _later, ...loop }: StandardLoop): StandardLoop => loop;

/** The condition sees `loopCounter`, the number of runs that are done. */
function goesOn(loop: StandardLoop, execution: Execution, bodyKey: Key, loopCounter: number): Result<boolean> {
  const variables = new VariableScope(execution, bodyKey);
  const maximum = loop.maximum ? evaluateInteger(execution, variables, loop.maximum) : success(Infinity);
  if (!maximum.ok) return maximum;
  if (loopCounter >= maximum.value) return success(false);
  if (!loop.condition) return success(true);
  return evaluateBoolean(execution, new OverlayScope({ loopCounter }, variables), loop.condition);
}

function startRun(execution: Execution, body: ElementInstance, loopCounter: number): void {
  const key = activateInner(execution, execution.elementOf(body), body.key, loopCounter);
  setLocal(execution, key, { loopCounter });
}
