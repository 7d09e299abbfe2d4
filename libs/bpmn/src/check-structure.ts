import { label } from './problem-list.js';
import type { BpmnElement, ProcessDefinition, SequenceFlow } from './process-definition.js';
import type { Reading } from './reading.js';

/** Notes what cannot be executed although each element alone can: missing starts, flows into starts, open gateways. */
export function checkStructure(reading: Reading, definition: ProcessDefinition): void {
  for (const element of definition.elements) {
    if (isScope(element)) checkStart(reading, definition, element);
    checkEnds(reading, element);
    if (element.type === 'boundaryEvent') checkBoundary(reading, element);
    checkConditions(reading, definition, element);
    if (element.type === 'eventBasedGateway') checkEventGateway(reading, definition, element);
  }
}

const isScope = ({ type }: BpmnElement) => type === 'process' || type === 'subProcess' || type === 'eventSubProcess';

function checkStart(reading: Reading, definition: ProcessDefinition, scope: BpmnElement): void {
  const starts = childrenOf(definition, scope).filter(({ type }) => type === 'startEvent');
  if (starts.length === 0) {
    reading.problems.error('missingStartEvent', scope, {
      en: `Expected ${label(scope)} to have a start event but it has none. Add one.`,
      zh: `${label(scope)} 没有开始事件，请添加。`,
    });
  }
  const isTooMany =
    scope.type === 'process' ? starts.filter(({ event }) => event?.kind === 'none').length > 1 : starts.length > 1;
  if (isTooMany) {
    reading.problems.error('tooManyStartEvents', scope, {
      en: `Expected ${label(scope)} to have one ${scope.type === 'eventSubProcess' ? '' : 'none '}start event but it has several. Keep one.`,
      zh: `${label(scope)} 有多个开始事件，只能保留一个。`,
    });
  }
  for (const { event, ...start } of starts) {
    if (scope.type !== 'subProcess' || !event || event.kind === 'none') continue;
    reading.problems.error('unsupportedElement', start, {
      en: `Expected sub-process ${label(scope)} to begin with a none start event but ${label(start)} waits for a ${event.kind}.`,
      zh: `子流程 ${label(scope)} 只能以空开始事件开始，${label(start)} 不是。`,
    });
  }
}

function childrenOf({ elements }: ProcessDefinition, scope: BpmnElement): readonly BpmnElement[] {
  return scope.children.flatMap((index) => elements[index] ?? []);
}

function checkEnds(reading: Reading, element: BpmnElement): void {
  const isLinkThrow = element.type === 'intermediateThrowEvent' && element.event?.kind === 'link';
  if ((element.type === 'endEvent' || isLinkThrow) && element.outgoing.length > 0) {
    reading.problems.error('flowOutOfEnd', element, {
      en: `Expected no sequence flow out of ${isLinkThrow ? 'link' : 'end'} event ${label(element)} but found one. Remove it.`,
      zh: `${isLinkThrow ? '链接抛出' : '结束'}事件 ${label(element)} 不能有流出的顺序流，请删除。`,
    });
  }
  const hasNoIncoming =
    element.type === 'startEvent' ||
    element.type === 'boundaryEvent' ||
    element.type === 'eventSubProcess' ||
    (element.type === 'intermediateCatchEvent' && element.event?.kind === 'link');
  if (hasNoIncoming && element.incoming.length > 0) {
    reading.problems.error('flowIntoStart', element, {
      en: `Expected no sequence flow into ${label(element)} but found one. Remove it.`,
      zh: `${label(element)} 不能有流入的顺序流，请删除。`,
    });
  }
  if (!hasNoIncoming && element.type !== 'process' && element.incoming.length === 0) {
    reading.problems.warning('unreachable', element, {
      en: `Expected ${label(element)} to be reached by a sequence flow but none leads to it; it will never run.`,
      zh: `没有顺序流通向 ${label(element)}，它永远不会执行。`,
    });
  }
}

function checkBoundary(reading: Reading, element: BpmnElement): void {
  if (element.attachedTo === undefined) {
    reading.problems.error('boundaryNotAttached', element, {
      en: `Expected boundary event ${label(element)} to be attached to an activity but it is not.`,
      zh: `边界事件 ${label(element)} 没有附着在活动上。`,
    });
  }
  if (element.event?.kind === 'error' && element.isInterrupting === false) {
    reading.problems.error('errorMustInterrupt', element, {
      en: `Expected error event ${label(element)} to interrupt its activity but it is marked as non-interrupting.`,
      zh: `错误边界事件 ${label(element)} 必须是中断型。`,
    });
  }
}

function checkConditions(reading: Reading, definition: ProcessDefinition, element: BpmnElement): void {
  const flows = element.outgoing.flatMap((index) => definition.flows[index] ?? []);
  const isDefault = (flow: SequenceFlow) =>
    element.defaultFlow !== undefined && definition.flows[element.defaultFlow] === flow;
  const isChoice = element.type === 'exclusiveGateway' || element.type === 'inclusiveGateway';
  if (isChoice && flows.length > 1) {
    for (const flow of flows.filter((each) => !each.condition && !isDefault(each)))
      missingCondition(reading, element, flow);
  }
  const ignoresConditions = element.type === 'parallelGateway' || element.type === 'eventBasedGateway';
  if (ignoresConditions && flows.some(({ condition }) => condition)) {
    reading.problems.error('conditionIgnored', element, {
      en: `Expected no conditions on the flows out of ${label(element)} but found one. Use an inclusive gateway.`,
      zh: `${label(element)} 的流出顺序流不能带条件，请改用包容网关。`,
    });
  }
}

function missingCondition(reading: Reading, gateway: BpmnElement, flow: SequenceFlow): void {
  reading.problems.error('missingCondition', flow, {
    en: `Expected flow "${flow.id}" out of ${label(gateway)} to have a condition or to be the default flow but it is neither.`,
    zh: `${label(gateway)} 流出的顺序流“${flow.id}”既没有条件也不是默认流。`,
  });
}

function checkEventGateway(reading: Reading, definition: ProcessDefinition, gateway: BpmnElement): void {
  const targets = gateway.outgoing.flatMap((index) => definition.elements[definition.flows[index]?.target ?? -1] ?? []);
  const isWaiting = (target: BpmnElement) =>
    ((target.type === 'intermediateCatchEvent' && target.event?.kind !== 'link') || target.type === 'receiveTask') &&
    target.incoming.length === 1;
  if (targets.length > 0 && targets.every(isWaiting)) return;
  reading.problems.error('invalidEventGateway', gateway, {
    en: `Expected every flow out of ${label(gateway)} to lead to a catch event or receive task of its own but one does not.`,
    zh: `事件网关 ${label(gateway)} 的每条流出顺序流都必须通向独占的捕获事件或接收任务。`,
  });
}
