import { label } from './problem-list.js';
import { singleEventsOf, type BpmnElement, type ProcessDefinition } from './process-definition.js';
import type { Reading } from './reading.js';

/** After an event-based gateway, and at the instantiating start, an event happens before its element begins. */
function hasHappened({ elements, flows }: ProcessDefinition, { incoming, isInstantiating }: BpmnElement): boolean {
  const sources = incoming.map((index) => elements[flows[index]?.source ?? -1]?.type);
  return isInstantiating === true || sources.includes('eventBasedGateway');
}

/** End events that end with the scope they leave. */
const leavesItsScope: ReadonlySet<string> = new Set(['terminate', 'error', 'cancel']);

function isOverAtOnce(element: BpmnElement): boolean {
  const { type, event } = element;
  if (type.endsWith('Gateway') || event?.kind === 'link') return true;
  return type === 'endEvent' && singleEventsOf(element).some(({ kind }) => leavesItsScope.has(kind));
}

/** What is over at once, or has happened before it begins, has no moment at which such a listener could be asked. */
export function checkListeners(reading: Reading, definition: ProcessDefinition, element: BpmnElement): void {
  const { type, event, executionListeners } = element;
  const isTooLate = hasHappened(definition, element);
  const isNeverMade = type === 'boundaryEvent' && event?.kind === 'compensation';
  const refused = executionListeners.find(
    ({ eventType }) =>
      isNeverMade || (eventType === 'end' && isOverAtOnce(element)) || (eventType === 'start' && isTooLate),
  );
  if (!refused) return;
  reading.problems.error('unsupportedListener', element, {
    en: `Expected no execution listener of event type "${refused.eventType}" at ${label(element)}, which has no moment for it. Put it beside.`,
    zh: `${label(element)} 不支持“${refused.eventType}”类型的执行监听器，请放到相邻元素上。`,
  });
}

/** What would have to come before the event: it is over when the element begins, so that none of this could count. */
export function checkHappened(reading: Reading, definition: ProcessDefinition, element: BpmnElement): void {
  if (!hasHappened(definition, element)) return;
  const { inputMappings, multiInstance, standardLoop, startQuantity } = element;
  const ignored = [
    ...(inputMappings.length > 0 ? [{ en: 'input mappings', zh: '输入映射' }] : []),
    ...((multiInstance ?? standardLoop) ? [{ en: 'loop', zh: '循环或多实例' }] : []),
    ...(startQuantity === undefined ? [] : [{ en: 'startQuantity', zh: 'startQuantity' }]),
  ];
  for (const { en, zh } of ignored)
    reading.problems.error('ignoredPart', element, {
      en: `Expected no ${en} at ${label(element)}, for what it waits for has happened when it begins. Move it to an activity behind or remove it.`,
      zh: `${label(element)} 开始时所等待的事件已经发生，不能带${zh}，请移到后面的活动上或删除。`,
    });
}
