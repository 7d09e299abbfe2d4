import type { BpmnElement, ElementIndex, ProcessDefinition } from '#bpmn';
import type { EvaluationContext, FeelFunction, FeelScope } from '#feel';
import { applyTo } from '../appliers/index.js';
import type { Draft } from '../appliers/draft.js';
import type { Behaviors } from '../behaviors/behavior.js';
import type { EngineEvent, EventBody } from '../events.js';
import { expected } from '../lifecycle.js';
import type { ElementInstance, InstanceState, Key, Variables } from '../state.js';

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
  /** Elements entered or finished in one step before it pauses; default 10,000. */
  readonly maxInstructions?: number;
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
  #next = 0;

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
    applyTo(this.draft, event);
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
