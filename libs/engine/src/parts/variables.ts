import type { FeelScope } from '#feel';
import type { InstanceState, Key, Variables } from '../state.js';
import { collectedOutputs } from './collected-outputs.js';
import type { Execution } from './execution.js';

/**
 * The variables visible at an element instance: its own first, then those of the flow scopes outwards. Nothing is copied. The
 * output collection of a multi-instance body is made when it is read: stored anew with each output it would take their square.
 */
export class VariableScope implements FeelScope {
  constructor(
    private readonly execution: Pick<Execution, 'state' | 'elementOf'>,
    private readonly key: Key,
  ) {}

  get(name: string): unknown {
    return this.find(name)?.value;
  }

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  private find(name: string): { readonly value: unknown } | undefined {
    const { elements, variables } = this.execution.state;
    for (let at: Key | undefined = this.key; at !== undefined;) {
      const instance = elements.get(at);
      if (instance?.multiInstance && this.execution.elementOf(instance).multiInstance?.outputCollection === name)
        return { value: collectedOutputs(instance) };
      const own = variables.get(at);
      if (own && Object.hasOwn(own, name)) return { value: own[name] };
      at = instance?.flowScopeKey;
    }
    return undefined;
  }
}

/** Values in front of another scope. */
export class OverlayScope implements FeelScope {
  constructor(
    private readonly values: Variables,
    private readonly outer: FeelScope,
  ) {}

  get(name: string): unknown {
    return Object.hasOwn(this.values, name) ? this.values[name] : this.outer.get(name);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.values, name) || this.outer.has(name);
  }
}

/** The innermost scope, from `key` outwards, that has a variable of this name. */
export function ownerOf(state: InstanceState, key: Key, name: string): Key | undefined {
  for (let at: Key | undefined = key; at !== undefined; at = state.elements.get(at)?.flowScopeKey) {
    const own = state.variables.get(at);
    if (own && Object.hasOwn(own, name)) return at;
  }
  return undefined;
}

/** All variables visible at an element instance; inner ones hide outer ones. */
export function visibleVariables(state: InstanceState, key: Key): Variables {
  const layers: Variables[] = [];
  for (let at: Key | undefined = key; at !== undefined; at = state.elements.get(at)?.flowScopeKey) {
    layers.push(state.variables.get(at) ?? {});
  }
  return layers.reduceRight<Variables>((merged, own) => ({ ...merged, ...own }), {});
}

export function setLocal(execution: Execution, scopeKey: Key, variables: Variables, by?: string): void {
  if (Object.keys(variables).length === 0) return;
  execution.emit({ type: 'variablesSet', scopeKey, variables, ...(by !== undefined && { by }) });
}

/** Each variable goes to the nearest scope that has it, else to the root. Source: Camunda 8, "Variable propagation". */
export function propagate(execution: Execution, fromKey: Key, variables: Variables, by?: string): void {
  const { state } = execution;
  const byScope = new Map<Key, [string, unknown][]>();
  for (const entry of Object.entries(variables)) {
    const scopeKey = ownerOf(state, fromKey, entry[0]) ?? state.processInstanceKey;
    const entries = byScope.get(scopeKey);
    if (entries) entries.push(entry);
    else byScope.set(scopeKey, [entry]);
  }
  for (const [scopeKey, entries] of byScope) setLocal(execution, scopeKey, Object.fromEntries(entries), by);
}
