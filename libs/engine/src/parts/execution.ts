import type { BpmnElement, ElementIndex, FlowIndex, ProcessDefinition, SequenceFlow } from '#bpmn';
import type { EvaluationContext, FeelFunction, FeelScope } from '#feel';
import { applyTo, type EventOf } from '../appliers/index.js';
import { applyTransition } from '../appliers/element.js';
import type { Draft } from '../appliers/draft.js';
import type { Behaviors } from '../behaviors/behavior.js';
import type { EngineEvent, EventBody } from '../events.js';
import { InvariantViolation } from '../lifecycle.js';
import type { ElementInstance, InstanceState, Key, Variables } from '../state.js';
import { compareKeys } from '../table.js';
import { ScheduledKeys } from './scheduled-keys.js';
import { planOf, type DefinitionPlan, type ElementPlan } from './plan.js';

type VariableChange = 'create' | 'update';

/** Conditions that were opened, and by scope the variables that were set. */
export interface Changes {
  readonly opened: Set<Key>;
  readonly variables: Map<Key, Map<string, VariableChange>>;
}

type Transition = EventOf<'elementTransitioned'>;
export type TransitionDetails = Pick<Transition, 'items' | 'output' | 'isCompensable' | 'returnsPending'>;

const version1 = { version: 1 } as const;

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

const MAX_ELEMENTS = 125_000;

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
  /** For `random number()` and `uuid()` of FEEL. What they gave stands in events, so that a replay never asks again. */
  readonly random?: () => number;
  /** The role that a lane stands for, by its role or name; undefined where it stands for none. Absent: the name is the role. */
  readonly roleOfLane?: (lane: string) => string | undefined;
  /** Of a called process: whether a caller, or a caller of it, catches this error. Absent: that is not known, the caller is asked. */
  readonly callersCatch?: (errorCode: string) => boolean;
  /** Elements entered or finished in one step before it pauses; default 2,000. */
  readonly maxInstructions?: number;
  /** Pauses in a row before an endless loop is taken for a fault of the model and becomes an incident; default 2,500. */
  readonly maxPauses?: number;
  /** The bound that another message or signal would exceed, since instances cause one another without end; absent: it may be thrown. */
  readonly throwsExceed?: string;
  /** Element instances that may live at once before it becomes an incident; default 125,000. */
  readonly maxElements?: number;
}

/**
 * One step while it runs: the working copy of the state, the events so far and the elements that still have something to do.
 * The queue holds only keys: what to do follows from the element's state, so a paused step is found again in the state.
 */
export class Execution {
  readonly events: EngineEvent[] = [];
  readonly evaluation: EvaluationContext;
  #scheduled = new ScheduledKeys();
  readonly #touchedScopes = new Set<Key>();
  readonly #plan: DefinitionPlan;
  #changes: Changes | undefined;
  /** The command goes on where the last one paused. */
  isContinued = false;
  /** An incident says that too much is wanted at once: nothing else moves in this step. */
  isStopped = false;
  /** Variables were set since complex gateways were last asked. */
  hasNewValues = false;

  constructor(
    readonly definition: ProcessDefinition,
    readonly draft: Draft,
    readonly context: StepContext,
    readonly behaviors: Behaviors,
  ) {
    const { now, timeZone, functions, random } = context;
    this.evaluation = { now, timeZone, ...(functions && { functions }), ...(random && { random }) };
    this.#plan = planOf(definition);
  }

  get state(): InstanceState {
    return this.draft.state;
  }

  get now(): number {
    return this.context.now;
  }

  get maxElements(): number {
    return this.context.maxElements ?? MAX_ELEMENTS;
  }

  newKey(): Key {
    return this.context.nextKey();
  }

  /** Takes the event over: what was made for this call becomes part of the history as it is. */
  emit(body: EventBody): void {
    this.record(Object.assign(body, version1));
  }

  /** What `emit` does, for an event that is whole. */
  record(event: EngineEvent): void {
    if (event.type === 'elementTransitioned') return this.#recordTransition(event);
    this.events.push(event);
    if (event.type === 'elementActivating' || event.type === 'sequenceFlowTaken') this.#touchIfAny(event.flowScopeKey);
    else if (event.type === 'conditionSubscribed' || event.type === 'variablesSet') this.#noteChange(event);
    applyTo(this.draft, event);
  }

  /** Takes an element instance to its next state. The common event is made in one piece, since most events are such. */
  transition(elementInstanceKey: Key, elementId: string, to: Transition['to'], more?: TransitionDetails): void {
    const type = 'elementTransitioned';
    const event: Transition = { version: 1, type, elementInstanceKey, elementId, to, at: this.context.now };
    this.#recordTransition(more ? { ...event, ...more } : event);
  }

  /** Who waits for a compensation handler goes on when it has ended. */
  #recordTransition(event: Transition): void {
    const instance = this.instance(event.elementInstanceKey);
    this.events.push(event);
    if (event.items || event.output !== undefined) this.#noteOutputs(instance, event);
    applyTransition(this.draft, instance, event);
    this.draft.state.position += 1;
    if (event.to !== 'completed' && event.to !== 'terminated') return;
    this.#touchIfAny(instance.flowScopeKey);
    if (instance.compensates !== undefined) this.schedule(instance.compensates);
  }

  #noteChange(event: EventOf<'conditionSubscribed' | 'variablesSet'>): void {
    if (event.type === 'variablesSet') this.hasNewValues = true;
    if (event.type === 'conditionSubscribed') this.#openChanges().opened.add(event.conditionKey);
    else this.#noteVariables(event);
  }

  /** The output collection of a multi-instance body is there with the body and changes with each output. */
  #noteOutputs(instance: ElementInstance, { items }: Transition): void {
    const name = this.elementOf(instance).multiInstance?.outputCollection;
    const bodyKey = items ? instance.key : instance.flowScopeKey;
    if (name === undefined || bodyKey === undefined) return;
    this.hasNewValues = true;
    this.#note(bodyKey, [[name, items ? 'create' : 'update']]);
  }

  #noteVariables({ scopeKey, variables }: EventOf<'variablesSet'>): void {
    if (this.state.conditions.size === 0 && !this.#changes) return;
    const before = this.state.variables.get(scopeKey) ?? {};
    this.#note(
      scopeKey,
      Object.keys(variables).map((name) => [name, Object.hasOwn(before, name) ? 'update' : 'create']),
    );
  }

  /** The first change of a variable since conditions were last asked counts. */
  #note(scopeKey: Key, named: readonly (readonly [string, VariableChange])[]): void {
    if (this.state.conditions.size === 0 && !this.#changes) return;
    const changes = this.#openChanges();
    const names = changes.variables.get(scopeKey) ?? new Map<string, VariableChange>();
    for (const [name, change] of named) if (!names.has(name)) names.set(name, change);
    changes.variables.set(scopeKey, names);
  }

  #openChanges(): Changes {
    return (this.#changes ??= { opened: new Set(), variables: new Map() });
  }

  /** Lets every conditional event look again, whatever has changed. */
  askAllConditions(): void {
    for (const key of this.state.conditions.keys()) this.#openChanges().opened.add(key);
  }

  /** What conditional events have to look at since they were last asked; undefined where it is nothing. */
  takeChanges(): Changes | undefined {
    const changes = this.#changes;
    this.#changes = undefined;
    return changes;
  }

  get hasLateJoins(): boolean {
    return this.#plan.hasLateJoins;
  }

  get hasCancelingListeners(): boolean {
    return this.#plan.hasCancelingListeners;
  }

  #touchIfAny(scopeKey: Key | undefined): void {
    if (scopeKey !== undefined && this.#plan.hasLateJoins) this.touch(scopeKey);
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
    this.#scheduled.add(key);
  }

  /** What an earlier step left behind, in any order: before anything else is scheduled. */
  scheduleLeft(keys: Key[]): void {
    if (this.hasScheduled) for (const key of keys.toSorted(compareKeys)) this.#scheduled.add(key);
    else this.#scheduled.leave(keys);
  }

  /** Gives away all that is scheduled, for a step that goes on from here. */
  handOver(isPending: (key: Key) => boolean): ScheduledKeys {
    return this.#scheduled.handOver(isPending);
  }

  /** Goes on with what an earlier step gave away: before anything else is scheduled. */
  takeOver(scheduled: ScheduledKeys): void {
    this.#scheduled = scheduled;
  }

  takeScheduled(): Key | undefined {
    return this.#scheduled.take();
  }

  get hasScheduled(): boolean {
    return !this.#scheduled.isEmpty;
  }

  instance(key: Key): ElementInstance {
    return this.draft.state.elements.get(key) ?? missing('element instance', key);
  }

  element(index: ElementIndex): BpmnElement {
    return this.definition.elements[index] ?? missing('element', index);
  }

  flow(index: FlowIndex): SequenceFlow {
    return this.definition.flows[index] ?? missing('sequence flow', index);
  }

  elementById(id: string): BpmnElement {
    return this.element(this.definition.indexById.get(id) ?? missing('element in the definition', id));
  }

  elementOf(instance: ElementInstance): BpmnElement {
    return this.elementById(instance.elementId);
  }

  planOf({ index }: BpmnElement): ElementPlan {
    return this.#plan.elements[index] ?? missing('plan of element', index);
  }
}

/** The text is made only when it is needed: these are asked at every event. */
function missing(what: string, place: string | number): never {
  throw new InvariantViolation(`Expected ${what} ${place} but it is missing.`);
}
