import type { BpmnElement, ElementIndex, ProcessDefinition } from '#bpmn';
import type { EngineEvent } from './events.js';
import { descendantsOf, lineageOf, type Lineage, type LineageNode } from './lineage.js';
import type { DroppedTokens } from './operation-commands.js';
import type { Key } from './state.js';

/** Events beyond which nobody computes a way back: some 100 ms. */
export const maxLineageEvents = 50_000;

/** A step that the present one can be returned to. */
export interface ReturnTarget {
  /** Of the instance that completed. */
  readonly elementInstanceKey: Key;
  readonly elementId: string;
  readonly name: string;
  readonly flowScopeKey: Key;
  readonly userTaskKey?: Key;
  readonly completedBy?: string;
  /** Epoch ms. */
  readonly completedAt?: number;
  /** What would end besides the present step: names of activities and events, outer ones first. */
  readonly ends: readonly string[];
  readonly undo: Undo;
}

/** What descends from a step and lives. */
export interface Undo {
  readonly terminate: readonly Key[];
  readonly drops: readonly DroppedTokens[];
}

/**
 * The completed user tasks that every path to the present element instance went through, latest first. Reading: one whose
 * tokens have met others that are not its own is none, since those would be lost. Source: ADR 19.
 */
export function returnTargets(
  definition: ProcessDefinition,
  events: readonly EngineEvent[],
  elementInstanceKey: Key,
): readonly ReturnTarget[] {
  const course = new Course(definition, events);
  if (course.isEnding) return [];
  const found = [...course.lineage.nodes.values()].toReversed().flatMap((node) => {
    const undone = course.undoneBy(node);
    return undone?.has(elementInstanceKey) ? [course.target(node, undone, elementInstanceKey)] : [];
  });
  const places = new Set<string>();
  return found.filter(({ elementId, flowScopeKey }) => {
    const place = `${flowScopeKey} ${elementId}`;
    return !places.has(place) && places.add(place);
  });
}

/** Why a step can no longer be taken back. */
export type Obstacle = 'notCompleted' | 'metOthers' | 'touched' | 'hasEffects';

/** What taking a step back would undo, or why it cannot be: somebody touched what follows, or something has left the house. */
export function withdrawalOf(
  definition: ProcessDefinition,
  events: readonly EngineEvent[],
  elementInstanceKey: Key,
): ReturnTarget | Obstacle {
  const course = new Course(definition, events);
  const node = course.lineage.nodes.get(elementInstanceKey);
  if (!node || !course.isDoneByPerson(node)) return 'notCompleted';
  const undone = course.undoneBy(node);
  if (!undone) return 'metOthers';
  if (course.isEnding) return 'hasEffects';
  return course.obstacleTo(undone) ?? course.target(node, undone);
}

const quiet = new Set([
  'exclusiveGateway',
  'parallelGateway',
  'inclusiveGateway',
  'userTask',
  'startEvent',
  'subProcess',
]);

interface TaskDone {
  readonly userTaskKey: Key;
  readonly isCompleted?: true;
  readonly by?: string;
  readonly at?: number;
}

/** One instance's course so far, asked about ways back. */
class Course {
  readonly lineage: Lineage;
  readonly #tasks = new Map<Key, TaskDone>();
  readonly #elementOfTask = new Map<Key, Key>();
  readonly #ending = new Set<Key>();

  constructor(
    private readonly definition: ProcessDefinition,
    private readonly events: readonly EngineEvent[],
  ) {
    this.lineage = lineageOf(definition, events);
    for (const event of events) this.#note(event);
  }

  /** Listeners are asked about something that is being ended: the engine goes back only when they are done. */
  get isEnding(): boolean {
    return this.#ending.size > 0;
  }

  #note(event: EngineEvent): void {
    if (event.type === 'elementTransitioned' && event.to === 'terminating') this.#ending.add(event.elementInstanceKey);
    if (event.type === 'elementTransitioned' && event.to === 'terminated')
      this.#ending.delete(event.elementInstanceKey);
    if (event.type === 'userTaskCreated') {
      this.#elementOfTask.set(event.userTaskKey, event.elementInstanceKey);
      this.#tasks.set(event.elementInstanceKey, { userTaskKey: event.userTaskKey });
    } else if (event.type === 'userTaskCompleted') {
      const { userTaskKey, by, at } = event;
      const done = { userTaskKey, isCompleted: true as const, at, ...(by !== undefined && { by }) };
      this.#tasks.set(this.#elementOfTask.get(userTaskKey) ?? '', done);
    }
  }

  /** A user task that was completed, or all of a repeated one, in a scope that goes on. */
  isDoneByPerson({ key, elementId, elementType, state, isInner, flowScopeKey = '' }: LineageNode): boolean {
    if (elementType !== 'userTask' || state !== 'completed' || isInner) return false;
    const element = this.#elementOf(elementId);
    const isRepeated = element?.multiInstance !== undefined || element?.standardLoop !== undefined;
    if (!element || element.isForCompensation || !(isRepeated || this.#tasks.get(key)?.isCompleted)) return false;
    const scopes = this.#scopesAround(flowScopeKey);
    return scopes.every((scope) => scope.state === 'active' && !scope.compensates);
  }

  #scopesAround(key: Key): readonly LineageNode[] {
    const node = this.lineage.nodes.get(key);
    return node ? [node, ...this.#scopesAround(node.flowScopeKey ?? '')] : [];
  }

  /** All that descends from a step; undefined where it cannot be undone without losing or doubling a token. */
  undoneBy(node: LineageNode): ReadonlySet<Key> | undefined {
    if (!this.isDoneByPerson(node)) return undefined;
    const undone = descendantsOf(this.lineage, node.key);
    const isOwn = (key: Key) => key === node.key || undone.has(key);
    for (const each of this.lineage.nodes.values()) {
      if (!undone.has(each.key)) continue;
      if (each.elementType === 'complexGateway' || !each.parents.every(isOwn)) return undefined;
    }
    return this.#hasPassedWithout(node, undone) ? undefined : undone;
  }

  /** A gateway went on or was reset since, because nothing of the step could reach it any more: again it could. */
  #hasPassedWithout(node: LineageNode, undone: ReadonlySet<Key>): boolean {
    const passed = [...this.lineage.nodes.values()].filter(
      ({ key, elementType, flowScopeKey, begunAt }) =>
        (elementType === 'inclusiveGateway' || elementType === 'complexGateway') &&
        flowScopeKey === node.flowScopeKey &&
        begunAt > (node.endedAt ?? 0) &&
        !undone.has(key),
    );
    const reset = this.lineage.resets.filter(
      ({ flowScopeKey, at }) => flowScopeKey === node.flowScopeKey && at > (node.endedAt ?? 0),
    );
    if (passed.length + reset.length === 0) return false;
    const reached = reachedFrom(this.definition, this.#elementOf(node.elementId));
    return [...passed, ...reset].some(({ elementId }) => reached.has(this.definition.indexById.get(elementId) ?? -1));
  }

  target(node: LineageNode, undone: ReadonlySet<Key>, presentKey?: Key): ReturnTarget {
    const { key, elementId, flowScopeKey = '' } = node;
    const { userTaskKey, by, at } = this.#tasks.get(key) ?? {};
    const living = [...undone].flatMap((each) => this.lineage.nodes.get(each) ?? []).filter(isAlive);
    const around = presentKey === undefined ? [] : this.#scopesAround(presentKey).map((scope) => scope.key);
    const others = living.filter((each) => !around.includes(each.key) && !each.elementType.endsWith('Gateway'));
    return {
      elementInstanceKey: key,
      elementId,
      name: this.#nameOf(elementId),
      flowScopeKey,
      ...(userTaskKey !== undefined && { userTaskKey }),
      ...(by !== undefined && { completedBy: by }),
      ...(at !== undefined && { completedAt: at }),
      ends: others.map((each) => this.#nameOf(each.elementId)),
      undo: { terminate: living.map((each) => each.key), drops: this.#drops(key, undone) },
    };
  }

  #drops(key: Key, undone: ReadonlySet<Key>): readonly DroppedTokens[] {
    const counts = new Map<string, DroppedTokens>();
    for (const { source, scopeKey, joinElementId, flowId } of this.lineage.waiting) {
      if ((source !== key && !undone.has(source)) || undone.has(scopeKey)) continue;
      const place = JSON.stringify([scopeKey, joinElementId, flowId]);
      const count = (counts.get(place)?.count ?? 0) + 1;
      counts.set(place, { flowScopeKey: scopeKey, joinElementId, flowId, count });
    }
    return [...counts.values()];
  }

  /** What keeps all that descends from a step from being as if it had never begun. */
  obstacleTo(undone: ReadonlySet<Key>): Obstacle | undefined {
    for (const key of undone) {
      const node = this.lineage.nodes.get(key);
      if (!node) continue;
      if (!quiet.has(node.elementType)) return 'hasEffects';
      if (node.elementType === 'userTask' && node.state !== 'active') return 'touched';
    }
    for (const event of this.events) {
      if (isOf(undone, event) && leavesTheHouse.has(event.type)) return 'hasEffects';
      if ('userTaskKey' in event && isTouch(event) && undone.has(this.#elementOfTask.get(event.userTaskKey) ?? ''))
        return 'touched';
    }
    return undefined;
  }

  #elementOf(id: string): BpmnElement | undefined {
    const index = this.definition.indexById.get(id);
    return index === undefined ? undefined : this.definition.elements[index];
  }

  #nameOf(id: string): string {
    const name = this.#elementOf(id)?.name ?? '';
    return name === '' ? id : name;
  }
}

const isAlive = ({ state }: LineageNode): boolean => state === 'active';

const leavesTheHouse = new Set<EngineEvent['type']>([
  'jobCreated',
  'messageThrown',
  'signalThrown',
  'processCallRequested',
  'compensationTriggered',
]);

const isOf = (undone: ReadonlySet<Key>, event: EngineEvent): boolean =>
  'elementInstanceKey' in event && undone.has(event.elementInstanceKey);

/** The diagram assigns without saying who asked. */
function isTouch(event: Extract<EngineEvent, { readonly userTaskKey: Key }>): boolean {
  if (event.type === 'userTaskCreated') return false;
  return event.type === 'userTaskAssigned' ? event.by !== undefined : true;
}

/** Elements that a token can come to from an element, by flows, boundary events and links. */
function reachedFrom({ elements, flows }: ProcessDefinition, from: BpmnElement | undefined): ReadonlySet<ElementIndex> {
  const seen = new Set<ElementIndex>();
  const open = from ? [from.index] : [];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const element = elements[index];
    if (!element) continue;
    const next = [
      ...element.outgoing.map((flow) => flows[flow]?.target ?? -1),
      ...element.boundaryEvents,
      element.linkTarget,
    ];
    for (const each of next) {
      if (each === undefined || seen.has(each)) continue;
      seen.add(each);
      open.push(each);
    }
  }
  return seen;
}
