import type { BpmnElement, VariableMapping } from '#bpmn';
import type { CompiledExpression, FeelScope } from '#feel';
import { elementOf, find, get, type Instance, type Variables, type World } from './world.js';

const context = { now: 0, timeZone: 'UTC' };

/** What an expression sees: values in front, then the variables of the instance and of the scopes around it. */
function scopeOf(world: World, from: Instance, front: Variables): FeelScope {
  const ownerOf = (name: string) => (Object.hasOwn(front, name) ? front : owner(world, from, name)?.variables);
  return { has: (name) => ownerOf(name) !== undefined, get: (name) => ownerOf(name)?.[name] };
}

function owner(world: World, from: Instance, name: string): Instance | undefined {
  for (let at: Instance | undefined = from; at; at = find(world, at.scope)) {
    if (Object.hasOwn(at.variables, name)) return at;
  }
  return undefined;
}

export function valueOf(world: World, from: Instance, expression: CompiledExpression, front: Variables = {}): unknown {
  return expression.evaluate(scopeOf(world, from, front), context).value ?? null;
}

/** Undefined where it is neither true nor false: then the step that asked cannot be taken. */
export function truthOf(
  world: World,
  from: Instance,
  expression: CompiledExpression,
  front: Variables = {},
): boolean | undefined {
  const value = valueOf(world, from, expression, front);
  return typeof value === 'boolean' ? value : undefined;
}

/** Each value goes to the nearest scope that has the variable, else to the process. */
export function assign(world: World, from: Instance, values: Variables): void {
  for (const [name, value] of Object.entries(values)) {
    const target = owner(world, from, name) ?? world.state.instances[0];
    if (target) target.variables[name] = value;
  }
}

/** What work or an event brings; output mappings, where there are some, choose from it later. */
export function bring(world: World, instance: Instance, values: Variables): void {
  if (elementOf(world, instance).outputMappings.length > 0) Object.assign(instance.variables, values);
  else assign(world, instance, values);
}

export function prepare(world: World, instance: Instance, { localVariables, inputMappings }: BpmnElement): void {
  for (const name of localVariables) instance.variables[name] ??= null;
  Object.assign(instance.variables, mapped(world, instance, inputMappings));
}

/** A run of a multi-instance keeps what it maps, so that its output element reads it. */
export function mapOutputs(world: World, instance: Instance): void {
  const { outputMappings, multiInstance } = elementOf(world, instance);
  const isRun = multiInstance !== undefined && instance.counter !== undefined;
  const target = isRun || instance.scope === undefined ? instance : get(world, instance.scope);
  assign(world, target, mapped(world, instance, outputMappings));
}

/** No condition of the laws reads a part of a context, so a dotted target sets its first name. */
function mapped(world: World, instance: Instance, mappings: readonly VariableMapping[]): Variables {
  const values: Variables = {};
  for (const { source, target } of mappings)
    values[target.split('.')[0] ?? target] = valueOf(world, instance, source, values);
  return values;
}
