import { checkWhole, maxInteger } from './check-numbers.js';
import { childrenOf, extensionOf, textOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { ExecutionListener, JobDefinition, TaskListener } from './process-definition.js';
import { compile, missing, referStatic, type Reading } from './reading.js';

const taskEvents: readonly string[] = ['creating', 'assigning', 'updating', 'completing', 'canceling'];

/** Jobs that run before an element begins or after it is done. Source: Camunda 8, "Execution listeners". */
export function readExecutionListeners(reading: Reading, element: ModdleElement): readonly ExecutionListener[] {
  return readListeners(reading, element, 'zeebe:ExecutionListeners', ['start', 'end']);
}

/** Jobs that run before a change of a user task counts. Source: Camunda 8, "User task listeners". */
export function readTaskListeners(reading: Reading, element: ModdleElement): readonly TaskListener[] {
  const listeners = readListeners<TaskListener>(reading, element, 'zeebe:TaskListeners', taskEvents);
  if (listeners.some(({ eventType }) => eventType === 'canceling') && isInTransaction(element))
    reading.problems.error('unsupportedListener', element, {
      en: `Expected ${label(element)} to have no listener of "canceling", because it stands in a transaction: what runs there ends at once when it is cancelled, so that its compensation can begin. Remove the listener or take the task out of the transaction.`,
      zh: `${label(element)} 位于事务子流程内，不能使用 “canceling” 监听器：事务取消时其中的任务立即结束并开始补偿。请移除该监听器或将任务移出事务。`,
    });
  return listeners;
}

function readListeners<T extends ExecutionListener | TaskListener>(
  reading: Reading,
  element: ModdleElement,
  extension: string,
  eventTypes: readonly string[],
): readonly T[] {
  const listeners = extensionOf(element, extension);
  return (listeners ? childrenOf(listeners, 'listeners') : []).flatMap((listener) => {
    const eventType = (textOf(listener, 'eventType') ?? '').replace(
      /^(create|assign|update|complete|cancel)$/,
      asOngoing,
    );
    if (!eventTypes.includes(eventType)) return refuse(reading, element, eventType, eventTypes);
    const job = readListenerJob(reading, element, listener);
    return job ? [{ eventType, ...job } as T] : [];
  });
}

/** Older files say `complete` for `completing`. */
const asOngoing = (eventType: string) => `${eventType.replace(/e$/, '')}ing`;

function readListenerJob(reading: Reading, element: ModdleElement, listener: ModdleElement): JobDefinition | undefined {
  const text = textOf(listener, 'type');
  if (text === undefined) missing(reading, element, 'the job type of its listener', '监听器的任务类型');
  const type = text === undefined ? undefined : compile(reading, element, 'listener type', text);
  const retries = compile(reading, element, 'listener retries', textOf(listener, 'retries') ?? '3');
  checkWhole(reading, element, retries, { place: 'listener retries', min: 1, max: maxInteger });
  if (!type || !retries) return undefined;
  referStatic(reading, 'jobTypes', element, type);
  const headers = listener['headers'] as ModdleElement | undefined;
  const values = headers ? childrenOf(headers, 'values') : [];
  return {
    type,
    retries,
    headers: Object.fromEntries(values.map((each) => [String(each['key'] ?? ''), String(each['value'] ?? '')])),
  };
}

function isInTransaction(element: ModdleElement): boolean {
  let scope = element.$parent;
  while (scope && scope.$type !== 'bpmn:Transaction') scope = scope.$parent;
  return scope !== undefined;
}

function refuse(reading: Reading, element: ModdleElement, eventType: string, known: readonly string[]): [] {
  reading.problems.error('unsupportedListener', element, {
    en: `Expected the listeners of ${label(element)} to have one of the event types ${known.join(', ')} but found "${eventType}". Choose one of these or remove the listener.`,
    zh: `${label(element)} 的监听器事件类型“${eventType}”不受支持，可用：${known.join('、')}。请改用其中之一或删除该监听器。`,
  });
  return [];
}
