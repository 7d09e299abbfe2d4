import type { BpmnElement, ElementIndex, SingleEventDefinition } from '#bpmn';
import { produce } from './flows.js';
import { fire } from './happening.js';
import { goOnAfterCancel } from './loop-progress.js';
import { catcherOf } from './throwing.js';
import {
  begin,
  childrenOf,
  elementAt,
  elementOf,
  empty,
  find,
  get,
  isBody,
  remove,
  tick,
  toStage,
  type Completed,
  type Instance,
  type World,
} from './world.js';

/** The event sub-process that compensates the sub-process it stands in. */
function handlerInside(world: World, { eventSubProcesses }: BpmnElement): ElementIndex | undefined {
  return eventSubProcesses.find((index) => {
    const start = elementAt(world, index).startEvent;
    return start !== undefined && elementAt(world, start).event?.kind === 'compensation';
  });
}

/** What completes is remembered where it can be compensated; the runs of a loop each for themselves. BPMN 2.0.2, 13.5.5. */
export function remember(world: World, instance: Instance): void {
  const element = elementOf(world, instance);
  const scope = find(world, instance.scope);
  if (!scope || element.isForCompensation || instance.compensates !== undefined) return;
  if (isBody(world, instance)) {
    scope.completed.push(...instance.completed);
    return;
  }
  const isCompensable =
    element.compensationHandler !== undefined ||
    instance.completed.length > 0 ||
    handlerInside(world, element) !== undefined;
  if (!isCompensable) return;
  const { variables, completed: inner } = instance;
  scope.completed.push({ element: element.index, variables, inner, at: tick(world) });
}

/** Compensates one activity or all of the scope; from an event sub-process also what completed around it. */
export function throwCompensation(
  world: World,
  thrower: Instance,
  event: Extract<SingleEventDefinition, { readonly kind: 'compensation' }>,
): void {
  const scope = get(world, thrower.scope);
  const around = elementOf(world, scope).type === 'eventSubProcess' ? [get(world, scope.scope)] : [];
  const pending = [scope, ...around].flatMap((each) => take(each, event.activity));
  if (pending.length === 0) return toStage(world, thrower, 'leaving');
  toStage(world, thrower, 'active');
  thrower.compensation = { pending: pending.toSorted((a, b) => a.at - b.at), hasLeft: !event.waitForCompletion };
  if (!event.waitForCompletion) produce(world, scope, elementOf(world, thrower).outgoing);
}

function take(scope: Instance, activity: ElementIndex | undefined): Completed[] {
  const isMeant = ({ element }: Completed) => activity === undefined || element === activity;
  const taken = scope.completed.filter(isMeant).map((each) => ({ ...each, scope: scope.id }));
  scope.completed = scope.completed.filter((each) => !isMeant(each));
  return taken;
}

/** Begins the handler of what completed last, or goes on when none is left. Handlers run one after another. */
export function compensateNext(world: World, worker: Instance): void {
  const last = worker.compensation?.pending.pop();
  if (!last || !worker.compensation) return finish(world, worker);
  const handler = last.isPartial ? undefined : elementAt(world, last.element).compensationHandler;
  const details = { compensates: worker.id, variables: last.variables };
  const scope = last.scope ?? worker.id;
  const made =
    handler === undefined
      ? begin(world, last.element, scope, {
          ...details,
          isRemade: true,
          isPartial: last.isPartial === true,
          completed: last.inner,
        })
      : begin(world, handler, scope, details);
  worker.compensation.running = made.id;
}

function finish(world: World, worker: Instance): void {
  if (!worker.isCancelled) return toStage(world, worker, 'leaving');
  const catcher = catcherOf(world, worker, 'cancel');
  if (!catcher) return;
  const { multiInstance } = elementOf(world, worker);
  if (!multiInstance || catcher.listener.id !== worker.scope) return fire(world, catcher.listener, catcher.event, {});
  remove(world, worker);
  begin(world, catcher.event.index, get(world, catcher.listener.scope).id);
  goOnAfterCancel(world, catcher.listener, multiInstance);
}

/** A sub-process that completed is there again: its own handler runs, else those of what completed in it. */
export function enterRemade(world: World, scope: Instance): void {
  toStage(world, scope, 'active');
  const handler = scope.isPartial ? undefined : handlerInside(world, elementOf(world, scope));
  if (handler !== undefined) begin(world, handler, scope.id);
  else scope.compensation = { pending: take(scope, undefined) };
}

/** "Cancellation in turn can result in compensation of already successfully completed portions" of a sub-process. 10.7. */
function rememberPortions(world: World, scope: Instance, waiting = new Set<Instance>()): void {
  for (const child of childrenOf(world, scope)) {
    rememberPortions(world, child, waiting);
    giveBack(world, child, waiting);
    if (child.completed.length === 0 || (child.compensates !== undefined && !waiting.has(child))) continue;
    const { element, variables, completed: inner } = child;
    if (isBody(world, child)) scope.completed.push(...inner);
    else scope.completed.push({ element, variables, inner, at: tick(world), isPartial: true });
  }
}

/** What somebody was to compensate and has not begun completed where it was taken from. */
function giveBack(world: World, worker: Instance, waiting: Set<Instance>): void {
  for (const { scope: takenFrom, ...record } of worker.compensation?.pending ?? []) {
    const scope = get(world, takenFrom ?? worker.id);
    scope.completed = [...scope.completed, record].toSorted((a, b) => a.at - b.at);
    waiting.add(scope);
  }
}

/** Ends what runs in the transaction and compensates what completed in it. BPMN 2.0.2, 10.3.5 and 13.3.6. */
export function cancelTransaction(world: World, from: Instance): void {
  let transaction: Instance | undefined = from;
  while (transaction && elementOf(world, transaction).type !== 'transaction')
    transaction = find(world, transaction.scope);
  if (!transaction) return toStage(world, from, 'leaving');
  rememberPortions(world, transaction);
  empty(world, transaction);
  transaction.listening = transaction.listening.filter(({ event }) => elementAt(world, event).type !== 'startEvent');
  transaction.isCancelled = true;
  transaction.compensation = { pending: take(transaction, undefined) };
}
