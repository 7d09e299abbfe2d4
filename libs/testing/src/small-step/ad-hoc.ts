import { truthOf, valueOf } from './data.js';
import { listen } from './listening.js';
import { begin, childrenOf, elementOf, empty, find, isBody, toStage, type Instance, type World } from './world.js';

/** Begins with what its collection names; somebody chooses the rest. BPMN 2.0.2, 13.3.5. */
export function enterAdHoc(world: World, scope: Instance): true | undefined {
  const expression = elementOf(world, scope).adHoc?.activeElementsCollection;
  const ids = expression ? valueOf(world, scope, expression) : [];
  if (!Array.isArray(ids)) return undefined;
  listen(world, scope);
  toStage(world, scope, 'active');
  choose(world, scope, ids as readonly string[]);
  return true;
}

export function choose(world: World, scope: Instance, ids: readonly string[]): void {
  const elements = ids.flatMap((id) => world.definition.indexById.get(id) ?? []);
  if (elementOf(world, scope).adHoc?.ordering === 'sequential') scope.chosen.push(...elements);
  else for (const element of elements) begin(world, element, scope.id);
  if (childrenOf(world, scope).length === 0 && scope.tokens.length === 0) beginNext(world, scope);
}

/** Sequential: one after another. */
export function beginNext(world: World, scope: Instance): boolean {
  const next = scope.chosen.shift();
  if (next !== undefined) begin(world, next, scope.id);
  return next !== undefined;
}

/** The ad-hoc sub-process that an instance stands in directly. */
export function adHocAround(world: World, instance: Instance): Instance | undefined {
  const scope = find(world, instance.scope);
  if (!scope || elementOf(world, scope).type !== 'adHocSubProcess') return undefined;
  return isBody(world, scope) || scope.isRemade ? undefined : scope;
}

/** Asked when an inner activity has completed: whether the sub-process is over at once. */
export function endsAdHoc(world: World, scope: Instance): boolean {
  const { adHoc } = elementOf(world, scope);
  if (!adHoc?.completionCondition || scope.isEnding || scope.stage !== 'active') return false;
  const isDone = truthOf(world, scope, adHoc.completionCondition);
  if (isDone === undefined) scope.isStuck = true;
  if (!isDone) return false;
  scope.isEnding = true;
  scope.chosen = [];
  if (!adHoc.cancelRemainingInstances) return false;
  empty(world, scope);
  toStage(world, scope, 'leaving');
  return true;
}

/** Nothing runs in it: the next one begins, it is over, or it waits for a choice. */
export function canRest(world: World, scope: Instance): boolean {
  const hasCondition = elementOf(world, scope).adHoc?.completionCondition !== undefined;
  return scope.chosen.length === 0 && hasCondition && !scope.isEnding;
}
