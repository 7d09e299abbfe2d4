import type { BpmnElementType, ProcessDefinition } from '#bpmn';
import type { EventOf } from './appliers/index.js';
import type { EngineEvent } from './events.js';
import type { Key } from './state.js';

/** One element instance and what it was reached from. */
export interface LineageNode {
  readonly key: Key;
  elementId: string;
  readonly elementType: BpmnElementType;
  readonly flowScopeKey: Key | undefined;
  readonly isInner: boolean;
  /** It works off a compensation. */
  readonly compensates: boolean;
  /** Instances that a token came from; the scope, where nothing led to it. Empty: the process. */
  readonly parents: readonly Key[];
  /** Place of the event by which it began among all events of the instance, 0-based. */
  readonly begunAt: number;
  state: 'active' | 'completed' | 'terminated';
  /** Place of the event by which it ended. */
  endedAt?: number;
}

export interface WaitingToken {
  readonly scopeKey: Key;
  readonly joinElementId: string;
  readonly flowId: string;
  readonly source: Key;
}

/** Nodes stand in the order in which they began, so that parents come before their children. */
export interface Lineage {
  readonly nodes: ReadonlyMap<Key, LineageNode>;
  readonly waiting: readonly WaitingToken[];
  readonly resets: readonly GatewayReset[];
}

/** A complex gateway took what was left of its tokens. */
export interface GatewayReset {
  readonly elementId: string;
  readonly flowScopeKey: Key;
  readonly at: number;
}

/** Which element instance was reached from which, by all events of one process instance from the first on. Source: ADR 19. */
export function lineageOf(definition: ProcessDefinition, events: readonly EngineEvent[]): Lineage {
  const reader = new LineageReader(definition);
  for (const event of events) reader.take(event);
  return reader;
}

/** Instances that descend from one, without itself. */
export function descendantsOf({ nodes }: Pick<Lineage, 'nodes'>, key: Key): ReadonlySet<Key> {
  const found = new Set<Key>([key]);
  for (const node of nodes.values()) if (node.parents.some((parent) => found.has(parent))) found.add(node.key);
  found.delete(key);
  return found;
}

/**
 * Follows the log. Source of a flow: tokens leave right after the transition of their element, so it is the instance that
 * went through the last transition. Joins take tokens of a flow first in, first out.
 */
class LineageReader implements Lineage {
  readonly nodes = new Map<Key, LineageNode>();
  waiting: WaitingToken[] = [];
  readonly resets: GatewayReset[] = [];
  readonly #live = new Map<Key, Set<Key>>();
  readonly #listeners = new Map<Key, Key>();
  #latest: Key | undefined;
  #moving: Key | undefined;
  #triggered: Key | undefined;
  #redone: Key | undefined;
  #position = 0;

  constructor(private readonly definition: ProcessDefinition) {}

  take(event: EngineEvent): void {
    if (event.type === 'elementActivating') this.#begin(event);
    else if (event.type === 'elementTransitioned') this.#transition(event);
    else if (event.type === 'sequenceFlowTaken') this.#leave(event);
    else if (event.type === 'complexGatewayReset') this.#reset(event);
    else if (event.type === 'processInstanceReturned') this.#goBack(event);
    else if (event.type === 'processInstanceMigrated') this.#rename(event);
    else this.#listen(event);
    this.#position += 1;
  }

  #begin(event: EventOf<'elementActivating'>): void {
    const { elementInstanceKey: key, elementId, elementType, flowScopeKey, loopCounter } = event;
    if (event.dropsTokens) this.waiting = this.waiting.filter(({ scopeKey }) => scopeKey !== flowScopeKey);
    const parents = this.#parentsOf(event);
    this.#moving = undefined;
    this.#redone = undefined;
    const isInner = loopCounter !== undefined;
    const node = { key, elementId, elementType, flowScopeKey, isInner, parents, begunAt: this.#position };
    this.nodes.set(key, { ...node, compensates: event.compensates !== undefined, state: 'active' });
    if (flowScopeKey !== undefined) this.#living(flowScopeKey).add(key);
  }

  #parentsOf({ elementId, elementType, flowScopeKey, ...event }: EventOf<'elementActivating'>): readonly Key[] {
    if (flowScopeKey === undefined) return [];
    if (this.#redone !== undefined) return this.nodes.get(this.#redone)?.parents ?? [flowScopeKey];
    if (event.compensates) return [event.compensates.elementInstanceKey];
    if (event.loopCounter !== undefined) return [flowScopeKey];
    if (this.#moving !== undefined) return [this.#moving];
    const joined = this.#join(flowScopeKey, elementId, event.takes);
    if (joined.length > 0) return joined;
    if (elementType === 'boundaryEvent') return this.#attachedTo(elementId, flowScopeKey);
    return [this.#linkTo(elementId, flowScopeKey) ?? flowScopeKey];
  }

  /** The link event that throws to this one lives until its target has begun. */
  #linkTo(elementId: string, scopeKey: Key): Key | undefined {
    const element = this.#elementOf(elementId);
    if (element?.event?.kind !== 'link') return undefined;
    const throwsToIt = (key: Key) =>
      this.#elementOf(this.nodes.get(key)?.elementId ?? '')?.linkTarget === element.index;
    return [...this.#living(scopeKey)].find(throwsToIt);
  }

  /** The activity that an event is attached to: it was just terminated, or it is the one that lives, or that was asked. */
  #attachedTo(elementId: string, scopeKey: Key): readonly Key[] {
    const index = this.#elementOf(elementId)?.attachedTo;
    const activity = index === undefined ? undefined : this.definition.elements[index]?.id;
    const isIt = (key: Key) => this.nodes.get(key)?.elementId === activity;
    const latest = this.nodes.get(this.#latest ?? '');
    if (latest?.state === 'terminated' && latest.flowScopeKey === scopeKey && isIt(latest.key)) return [latest.key];
    const living = [...this.#living(scopeKey)].filter(isIt);
    if (living.length > 1 && living.includes(this.#triggered ?? '')) return [this.#triggered ?? ''];
    return living.length > 0 ? living : [scopeKey];
  }

  #transition({ elementInstanceKey: key, to }: EventOf<'elementTransitioned'>): void {
    this.#latest = key;
    const node = this.nodes.get(key);
    if (!node || (to !== 'completed' && to !== 'terminated')) return;
    node.state = to;
    node.endedAt = this.#position;
    this.#live.delete(key);
    if (node.flowScopeKey !== undefined) this.#living(node.flowScopeKey).delete(key);
    this.waiting = this.waiting.filter(({ scopeKey }) => scopeKey !== key);
  }

  #leave({ flowId, flowScopeKey: scopeKey, joinElementId }: EventOf<'sequenceFlowTaken'>): void {
    const source = this.#latest ?? scopeKey;
    if (joinElementId === undefined) this.#moving = source;
    else this.waiting.push({ scopeKey, joinElementId, flowId, source });
  }

  /** Takes what waits: as many of each flow as named, else one of each. */
  #join(scopeKey: Key, elementId: string, takes?: Readonly<Record<string, number>>): readonly Key[] {
    const taken = new Map<string, number>();
    const sources = new Set<Key>();
    this.waiting = this.waiting.filter((token) => {
      if (token.scopeKey !== scopeKey || token.joinElementId !== elementId) return true;
      const count = taken.get(token.flowId) ?? 0;
      if (count >= (takes ? (takes[token.flowId] ?? 0) : 1)) return true;
      taken.set(token.flowId, count + 1);
      sources.add(token.source);
      return false;
    });
    return [...sources];
  }

  #reset({ flowScopeKey, elementId, takes }: EventOf<'complexGatewayReset'>): void {
    this.#join(flowScopeKey, elementId, takes);
    this.resets.push({ flowScopeKey, elementId, at: this.#position });
  }

  #goBack({ elementInstanceKey }: EventOf<'processInstanceReturned'>): void {
    const undone = descendantsOf(this, elementInstanceKey);
    this.waiting = this.waiting.filter(({ source }) => source !== elementInstanceKey && !undone.has(source));
    this.#redone = elementInstanceKey;
  }

  #rename({ elements }: EventOf<'processInstanceMigrated'>): void {
    for (const node of this.nodes.values()) node.elementId = elements[node.elementId] ?? node.elementId;
    this.waiting = this.waiting.map(({ joinElementId: id, ...token }) => ({
      ...token,
      joinElementId: elements[id] ?? id,
    }));
  }

  /** Remembers who waits for what, to know whom an event happened to. */
  #listen(event: EngineEvent): void {
    if (event.type === 'timerCreated') this.#listeners.set(event.timerKey, event.elementInstanceKey);
    else if (event.type === 'messageSubscriptionCreated' || event.type === 'signalSubscriptionCreated')
      this.#listeners.set(event.subscriptionKey, event.elementInstanceKey);
    else if (event.type === 'conditionSubscribed') this.#listeners.set(event.conditionKey, event.elementInstanceKey);
    else if (event.type === 'timerTriggered') this.#triggered = this.#listeners.get(event.timerKey);
    else if (event.type === 'messageSubscriptionCorrelated' || event.type === 'signalSubscriptionTriggered')
      this.#triggered = this.#listeners.get(event.subscriptionKey);
    else if (event.type === 'conditionTriggered') this.#triggered = this.#listeners.get(event.conditionKey);
  }

  #living(scopeKey: Key): Set<Key> {
    const living = this.#live.get(scopeKey) ?? new Set<Key>();
    this.#live.set(scopeKey, living);
    return living;
  }

  #elementOf(id: string) {
    const index = this.definition.indexById.get(id);
    return index === undefined ? undefined : this.definition.elements[index];
  }
}
