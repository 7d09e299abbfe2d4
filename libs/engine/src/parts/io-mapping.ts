import type { BpmnElement, VariableMapping } from '#bpmn';
import type { FeelScope } from '#feel';
import type { Key, Variables } from '../state.js';
import type { Execution } from './execution.js';
import { evaluate } from './expressions.js';
import { failure, success, type Result } from './result.js';
import { OverlayScope, propagate, setLocal, VariableScope } from './variables.js';

/** Data objects and properties exist from the beginning, with null where nothing has given them a value. */
export function declareVariables(execution: Execution, { localVariables }: BpmnElement, key: Key): void {
  if (localVariables.length === 0) return;
  const own = execution.state.variables.get(key) ?? {};
  const missing = localVariables.filter((name) => !Object.hasOwn(own, name));
  setLocal(execution, key, Object.fromEntries(missing.map((name) => [name, null])));
}

/** Input mappings make local variables of the element instance. Source: Camunda 8, "Input mappings". */
export function applyInputMappings(execution: Execution, element: BpmnElement, key: Key): Result<void> {
  if (element.inputMappings.length === 0) return success(undefined);
  const mapped = evaluateMappings(execution, new VariableScope(execution, key), element.inputMappings, () => undefined);
  if (!mapped.ok) return mapped;
  setLocal(execution, key, mapped.value);
  return success(undefined);
}

/**
 * Output mappings go to the nearest scope that has the target, else to the root; a dotted target is merged into the
 * context that is there. Source: Camunda 8, "Output mappings".
 */
export function applyOutputMappings(execution: Execution, element: BpmnElement, key: Key): Result<void> {
  if (element.outputMappings.length === 0) return success(undefined);
  const fromKey = outerScopeKey(execution, key);
  const outer = new VariableScope(execution, fromKey);
  const mapped = evaluateMappings(execution, new VariableScope(execution, key), element.outputMappings, (name) =>
    outer.get(name),
  );
  if (!mapped.ok) return mapped;
  propagate(execution, fromKey, mapped.value);
  return success(undefined);
}

/** An inner multi-instance instance writes into its own variables first, so that its output element reads them. */
export function outerScopeKey(execution: Execution, key: Key): Key {
  const instance = execution.instance(key);
  const { flowScopeKey, loopCounter } = instance;
  const isCollected = loopCounter !== undefined && execution.elementOf(instance).multiInstance !== undefined;
  return isCollected ? key : (flowScopeKey ?? key);
}

/** What a job, a person or a message brings: kept local for the output mappings where there are some, else propagated. */
export function takeResult(execution: Execution, element: BpmnElement, key: Key, variables: Variables): void {
  if (element.outputMappings.length > 0) setLocal(execution, key, variables);
  else propagate(execution, key, variables);
}

function evaluateMappings(
  execution: Execution,
  scope: FeelScope,
  mappings: readonly VariableMapping[],
  existing: (name: string) => unknown,
): Result<Variables> {
  let mapped: Variables = {};
  for (const { source, target } of mappings) {
    const result = evaluate(execution, new OverlayScope(mapped, scope), source);
    if (!result.ok) return failure('IO_MAPPING_ERROR', result.problem.message);
    const [name = target, ...path] = target.split('.');
    const before = Object.hasOwn(mapped, name) ? mapped[name] : existing(name);
    mapped = { ...mapped, [name]: withValueAt(before, path, result.value) };
  }
  return success(mapped);
}

/** `order.total` inside an existing `order` keeps its other entries. The path is as long as the target in the diagram. */
function withValueAt(context: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const entries =
    context !== null && typeof context === 'object' && !Array.isArray(context) ? (context as Variables) : {};
  const inner = Object.hasOwn(entries, name) ? entries[name] : undefined;
  return { ...entries, [name]: withValueAt(inner, rest, value) };
}
