import type { BpmnElement, ElementIndex, ProcessDefinition } from '#bpmn';
import type { EvaluationContext, FeelFunction, FeelScope } from '#feel';
import { applyTo } from '../appliers/index.js';
import type { Draft } from '../appliers/draft.js';
import type { Behaviors } from '../behaviors/behavior.js';
import type { EngineEvent, EventBody } from '../events.js';
import { expected } from '../lifecycle.js';
import type { ElementInstance, InstanceState, Key, Variables } from '../state.js';

/** Conditions that were opened, and by scope the variables that were set. */
export interface Changes {
  readonly opened: Set<Key>;
  readonly variables: Map<Key, Map<string, 'create' | 'update'>>;
}

const newChanges = (): Changes => ({ opened: new Set(), variables: new Map() });

/** What the engine asks of a decision; `CompiledDecision` of the DMN library is one. */
export interface EvaluableDecision {
  evaluate(
    scope: FeelScope,
    context: EvaluationContext,
  ):
    | {
        readonly ok: true;
        readonly output: unknown;
        readonly matchedRules: Readonly<Record<string, readonly string[]>>;
        readonly inputs: Variables;
      }
    | { readonly ok: false; readonly code: string; readonly message: string };
}

/** What the engine may know of the world; the caller gives it, so that deciding stays pure. */
export interface StepContext {
  /** Epoch milliseconds. */
  readonly now: number;
  /** A key never given before, greater than every earlier one. */
  nextKey(): Key;
  /** IANA name, such as `Asia/Shanghai`: for timers without offset and for FEEL. */
  readonly timeZone: string;
  /** The decision deployed under this id, as the instance's version binds it. */
  decisions(decisionId: string): EvaluableDecision | undefined;
  readonly functions?: Readonly<Record<string, FeelFunction>>;
  /** The role that a lane stands for, by its role or name; undefined where it stands for none. Absent: the name is the role. */
  readonly roleOfLane?: (lane: string) => string | undefined;
  /** Elements entered or finished in one step before it pauses; default 10,000. */
  readonly maxInstructions?: number;
  /** Pauses in a row before an endless loop is taken for a fault of the model and becomes an incident; default 500. */
  readonly maxPauses?: number;
  /** Element instances that may live at once before it becomes an incident; default 250,000. */
  readonly maxElements?: number;
}

/**
 * One step while it runs: the working copy of the state, the events so far and the elements that still have something to do.
 * The queue holds only keys: what to do follows from the element's state, so a paused step is found again in the state.
 */
export class Execution {
  readonly events: EngineEvent[] = [];
  readonly evaluation: EvaluationContext;
  readonly #queue: Key[] = [];
  readonly #touchedScopes = new Set<Key>();
  #changes = newChanges();
  #next = 0;
  /** The command goes on where the last one paused. */
  isContinued = false;
  /** Variables were set since complex gateways were last asked. */
  hasNewValues = false;

  constructor(
    readonly definition: ProcessDefinition,
    readonly draft: Draft,
    readonly context: StepContext,
    readonly behaviors: Behaviors,
  ) {
    const { now, timeZone, functions } = context;
    this.evaluation = { now, timeZone, ...(functions && { functions }) };
  }

  get state(): InstanceState {
    return this.draft.state;
  }

  get now(): number {
    return this.context.now;
  }

  newKey(): Key {
    return this.context.nextKey();
  }

  emit(body: EventBody): void {
    const event: EngineEvent = { version: 1, ...body };
    this.events.push(event);
    const scopeKey = this.#scopeMovedBy(event);
    if (scopeKey !== undefined) this.touch(scopeKey);
    const worker = this.#workerDoneBy(event);
    this.#noteChange(event);
    applyTo(this.draft, event);
    if (worker !== undefined) this.schedule(worker);
  }

  /** Who goes on compensating when a handler has ended. */
  #workerDoneBy(event: EngineEvent): Key | undefined {
    if (event.type !== 'elementTransitioned' || (event.to !== 'completed' && event.to !== 'terminated'))
      return undefined;
    return this.state.elements.get(event.elementInstanceKey)?.compensates;
  }

  #noteChange(event: EngineEvent): void {
    if (event.type === 'variablesSet') this.hasNewValues = true;
    if (event.type === 'conditionSubscribed') this.#changes.opened.add(event.conditionKey);
    if (event.type !== 'variablesSet' || (this.state.conditions.size === 0 && this.#changes.opened.size === 0)) return;
    const before = this.state.variables.get(event.scopeKey) ?? {};
    const names = this.#changes.variables.get(event.scopeKey) ?? new Map<string, 'create' | 'update'>();
    for (const name of Object.keys(event.variables)) {
      if (!names.has(name)) names.set(name, Object.hasOwn(before, name) ? 'update' : 'create');
    }
    this.#changes.variables.set(event.scopeKey, names);
  }

  /** What conditional events have to look at since they were last asked; undefined where it is nothing. */
  takeChanges(): Changes | undefined {
    const changes = this.#changes;
    if (changes.opened.size === 0 && changes.variables.size === 0) return undefined;
    this.#changes = newChanges();
    return changes;
  }

  #scopeMovedBy(event: EngineEvent): Key | undefined {
    if (event.type === 'elementActivating' || event.type === 'sequenceFlowTaken') return event.flowScopeKey;
    if (event.type !== 'elementTransitioned' || (event.to !== 'completed' && event.to !== 'terminated'))
      return undefined;
    return this.state.elements.get(event.elementInstanceKey)?.flowScopeKey;
  }

  /** Tokens of this scope have moved or ended: what waits for others there may now go on. */
  touch(scopeKey: Key): void {
    this.#touchedScopes.add(scopeKey);
  }

  /** Scopes whose tokens moved since they were last looked at; one that is taken is looked at for the last time. */
  *takeTouchedScopes(): Iterable<Key> {
    for (const key of this.#touchedScopes) {
      this.#touchedScopes.delete(key);
      yield key;
    }
  }

  /** The instances that live directly in a scope, in the order they were made. */
  childrenOf(scopeKey: Key): readonly ElementInstance[] {
    return (this.state.children.get(scopeKey)?.keys() ?? []).map((key) => this.instance(key));
  }

  schedule(key: Key): void {
    this.#queue.push(key);
  }

  takeScheduled(): Key | undefined {
    const key = this.#queue[this.#next];
    if (key !== undefined) this.#next += 1;
    return key;
  }

  get hasScheduled(): boolean {
    return this.#next < this.#queue.length;
  }

  instance(key: Key): ElementInstance {
    return expected(this.state.elements.get(key), `element instance ${key}`);
  }

  element(index: ElementIndex): BpmnElement {
    return expected(this.definition.elements[index], `element ${index}`);
  }

  elementById(id: string): BpmnElement {
    return this.element(expected(this.definition.indexById.get(id), `element ${id} in the definition`));
  }

  elementOf(instance: ElementInstance): BpmnElement {
    return this.elementById(instance.elementId);
  }
}
