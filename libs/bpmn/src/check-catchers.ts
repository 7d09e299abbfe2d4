import { label } from './problem-list.js';
import {
  singleEventsOf,
  type BpmnElement,
  type ProcessDefinition,
  type SingleEventDefinition,
} from './process-definition.js';
import type { Reading } from './reading.js';
import { activityTypes } from './supported-elements.js';

/** Where a boundary event may stand and how it may act. Source: BPMN 2.0.2, 10.5.4, "Intermediate Events attached to an Activity boundary". */
export function checkBoundary(reading: Reading, definition: ProcessDefinition, element: BpmnElement): void {
  const { elements } = definition;
  const activity = elements[element.attachedTo ?? -1];
  if (!activity || !activityTypes.has(activity.type) || activity.flowScope !== element.flowScope) {
    reading.problems.error('boundaryNotAttached', element, {
      en: `Expected boundary event ${label(element)} to be attached to an activity beside it but it is not.`,
      zh: `边界事件 ${label(element)} 没有附着在同一层的活动上。`,
    });
  }
  if (element.event?.kind === 'cancel' && activity?.type !== 'transaction') {
    reading.problems.error('cancelNeedsTransaction', element, {
      en: `Expected cancel event ${label(element)} to be attached to a transaction but it is not.`,
      zh: `取消边界事件 ${label(element)} 只能附着在事务子流程上。`,
    });
  }
  if (element.event?.kind === 'compensation' && element.outgoing.length > 0) {
    reading.problems.error('flowOutOfCompensation', element, {
      en: `Expected no sequence flow out of compensation event ${label(element)} but found one. Draw an association instead.`,
      zh: `补偿边界事件 ${label(element)} 不能有流出的顺序流，请改用关联。`,
    });
  }
}

/** What listens at one place must interrupt where the standard says so, and must not wait for the same thing twice. */
export function checkCatchers(reading: Reading, definition: ProcessDefinition, element: BpmnElement): void {
  if (element.isInterrupting === false) checkInterrupting(reading, element);
  for (const catchers of catchersAt(definition, element)) {
    const seen = new Set<string>();
    for (const catcher of catchers) {
      const all = singleEventsOf(catcher).flatMap((event) => awaited(event) ?? []);
      if (all.some((one) => seen.has(one))) reportTwice(reading, catcher);
      for (const one of all) seen.add(one);
    }
  }
}

/** Source: BPMN 2.0.2, table 10.93: errors, and the cancelling of a transaction, always interrupt; so does compensation. */
function checkInterrupting(reading: Reading, element: BpmnElement): void {
  const kind = singleEventsOf(element).find((event) => event.kind === 'error' || event.kind === 'cancel')?.kind;
  if (!kind) return;
  reading.problems.error('errorMustInterrupt', element, {
    en: `Expected ${kind} event ${label(element)} to interrupt but it is marked as non-interrupting.`,
    zh: `${label(element)} 是错误或取消事件，必须是中断型。`,
  });
}

/** Events that one thing could reach at the same time: at one boundary, in one scope, or to start the process. */
function catchersAt({ elements, startEvents }: ProcessDefinition, element: BpmnElement): readonly BpmnElement[][] {
  const of = (indexes: readonly (number | undefined)[]) => indexes.flatMap((index) => elements[index ?? -1] ?? []);
  const starts = of(element.eventSubProcesses.map((index) => elements[index]?.startEvent));
  return [of(element.boundaryEvents), starts, ...(element.type === 'process' ? [of(startEvents)] : [])];
}

/** One name for what is awaited, where the diagram says it; undefined for what may be awaited twice. */
function awaited(event: SingleEventDefinition): string | undefined {
  if (event.kind === 'error') return `error ${event.errorCode ?? '*'}`;
  if (event.kind === 'escalation') return `escalation ${event.escalationCode ?? '*'}`;
  return event.kind === 'message' && event.messageName !== undefined && !event.correlationKey
    ? `message ${event.messageName}`
    : undefined;
}

function reportTwice(reading: Reading, element: BpmnElement): void {
  reading.problems.error('caughtTwice', element, {
    en: `Expected every error, escalation and message to be caught once at one place but ${label(element)} is a second event for the same. Remove one.`,
    zh: `同一位置的同一错误、升级或消息只能由一个事件捕获，${label(element)} 重复，请删除其中一个。`,
  });
}
