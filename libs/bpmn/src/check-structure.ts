import { checkBoundary, checkCatchers } from './check-catchers.js';
import { checkHappened, checkListeners } from './check-happened.js';
import { label } from './problem-list.js';
import { singleEventsOf, type BpmnElement, type ProcessDefinition, type SequenceFlow } from './process-definition.js';
import type { Reading } from './reading.js';
import { scopeTypes } from './supported-elements.js';

/** Notes what cannot be executed although each element alone can: missing starts, flows into starts, open gateways. */
export function checkStructure(reading: Reading, definition: ProcessDefinition): void {
  checkHandlers(reading, definition);
  for (const element of definition.elements) {
    if (scopeTypes.has(element.type)) checkStart(reading, definition, element);
    checkEnds(reading, definition, element);
    if (element.type === 'boundaryEvent') checkBoundary(reading, definition, element);
    checkCatchers(reading, definition, element);
    checkDefaultFlow(reading, definition, element);
    checkConditions(reading, definition, element);
    checkGateway(reading, definition, element);
    checkLoop(reading, element);
    checkCancel(reading, definition, element);
    checkCompensation(reading, definition, element);
    checkListeners(reading, definition, element);
    checkHappened(reading, definition, element);
  }
}

function checkStart(reading: Reading, definition: ProcessDefinition, scope: BpmnElement): void {
  if (scope.type === 'adHocSubProcess') return checkAdHoc(reading, definition, scope);
  const starts = childrenOf(definition, scope).filter(({ type }) => type === 'startEvent');
  const begins = starts.length > 0 || (scope.type !== 'eventSubProcess' && scope.implicitStarts.length > 0);
  if (!begins && !(scope.type === 'process' && definition.startEvents.length > 0)) {
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
  if (scope.type !== 'subProcess' && scope.type !== 'transaction') return;
  for (const { event, ...start } of starts) {
    if (!event || event.kind === 'none') continue;
    reading.problems.error('unsupportedElement', start, {
      en: `Expected sub-process ${label(scope)} to begin with a none start event but ${label(start)} waits for a ${event.kind}.`,
      zh: `子流程 ${label(scope)} 只能以空开始事件开始，${label(start)} 不是。`,
    });
  }
}

/** Source: BPMN 2.0.2, table 10.22: an ad-hoc sub-process must hold activities and must not hold start and end events. */
function checkAdHoc(reading: Reading, definition: ProcessDefinition, scope: BpmnElement): void {
  const children = childrenOf(definition, scope);
  for (const event of children.filter(({ type }) => type === 'startEvent' || type === 'endEvent')) {
    reading.problems.error('eventInAdHoc', event, {
      en: `Expected no start and end events in ad-hoc sub-process ${label(scope)} but found ${label(event)}. Remove it.`,
      zh: `自由子流程 ${label(scope)} 中不能有开始或结束事件，请删除 ${label(event)}。`,
    });
  }
  if (scope.adHoc?.ordering === 'sequential')
    children.filter(mayFork).forEach((each) => reportFork(reading, scope, each));
  if (scope.implicitStarts.length > 0) return;
  reading.problems.error('emptyAdHoc', scope, {
    en: `Expected ad-hoc sub-process ${label(scope)} to hold an activity that no flow leads to but it holds none. Add one.`,
    zh: `自由子流程 ${label(scope)} 中没有可以启动的活动，请添加。`,
  });
}

/** Whether one token that arrives can leave as several, or another begin beside it. */
function mayFork({ type, outgoing, completionQuantity, isInterrupting }: BpmnElement): boolean {
  const isOne = type === 'exclusiveGateway' || type === 'eventBasedGateway';
  const isBeside = type === 'boundaryEvent' && isInterrupting === false;
  return (outgoing.length > 1 && !isOne) || (outgoing.length > 0 && (isBeside || completionQuantity !== undefined));
}

/** Source: BPMN 2.0.2, table 10.22, `ordering`: of a sequential ad-hoc sub-process one activity runs at a time. */
function reportFork(reading: Reading, scope: BpmnElement, element: BpmnElement): void {
  reading.problems.error('forkInSequence', element, {
    en: `Expected one activity at a time in ad-hoc sub-process ${label(scope)}, which is sequential, but after ${label(element)} several could run. Use an exclusive gateway or parallel ordering.`,
    zh: `自由子流程 ${label(scope)} 为顺序执行，同一时间只能有一个活动，但 ${label(element)} 之后可能并行，请改用排他网关或并行方式。`,
  });
}

function childrenOf({ elements }: ProcessDefinition, scope: BpmnElement): readonly BpmnElement[] {
  return scope.children.flatMap((index) => elements[index] ?? []);
}

function checkEnds(reading: Reading, definition: ProcessDefinition, element: BpmnElement): void {
  const isLinkThrow = element.type === 'intermediateThrowEvent' && element.event?.kind === 'link';
  if ((element.type === 'endEvent' || isLinkThrow) && element.outgoing.length > 0) {
    reading.problems.error('flowOutOfEnd', element, {
      en: `Expected no sequence flow out of ${isLinkThrow ? 'link' : 'end'} event ${label(element)} but found one. Remove it.`,
      zh: `${isLinkThrow ? '链接抛出' : '结束'}事件 ${label(element)} 不能有流出的顺序流，请删除。`,
    });
  }
  const begins = beginsByItself(element);
  if (begins && element.incoming.length > 0) {
    reading.problems.error('flowIntoStart', element, {
      en: `Expected no sequence flow into ${label(element)} but found one. Remove it.`,
      zh: `${label(element)} 不能有流入的顺序流，请删除。`,
    });
  }
  const isImplicit = definition.elements[element.flowScope]?.implicitStarts.includes(element.index);
  if (!begins && !isImplicit && element.type !== 'process' && element.incoming.length === 0) {
    reading.problems.warning('unreachable', element, {
      en: `Expected ${label(element)} to be reached by a sequence flow but none leads to it; it will never run.`,
      zh: `没有顺序流通向 ${label(element)}，它永远不会执行。`,
    });
  }
}

/** Source: BPMN 2.0.2, 10.7.1: a compensation activity is reached by the association of a compensation boundary event. */
function checkHandlers(reading: Reading, { elements }: ProcessDefinition): void {
  const reached = new Set(elements.map(({ compensationHandler }) => compensationHandler));
  for (const handler of elements.filter(({ index, isForCompensation }) => isForCompensation && !reached.has(index))) {
    reading.problems.warning('unreachable', handler, {
      en: `Expected an association from a compensation event to compensation activity ${label(handler)} but there is none; it will never run.`,
      zh: `没有补偿边界事件关联到补偿活动 ${label(handler)}，它永远不会执行。`,
    });
  }
}

/** What no sequence flow may lead to: something else makes it begin. */
function beginsByItself({ type, event, isForCompensation, isInstantiating, eventGateway }: BpmnElement): boolean {
  if (isForCompensation || isInstantiating || eventGateway?.isInstantiating) return true;
  const isLinkCatch = type === 'intermediateCatchEvent' && event?.kind === 'link';
  return type === 'startEvent' || type === 'boundaryEvent' || type === 'eventSubProcess' || isLinkCatch;
}

/** Source: BPMN 2.0.2, 10.5.3: a cancel end event is for transactions only, and they need its boundary event. */
function checkCancel(reading: Reading, { elements }: ProcessDefinition, element: BpmnElement): void {
  if (element.type !== 'endEvent' || !singleEventsOf(element).some(({ kind }) => kind === 'cancel')) return;
  let scope = elements[element.flowScope];
  while (scope && scope.type !== 'transaction') scope = elements[scope.flowScope];
  const isCaught = scope?.boundaryEvents.some((index) => elements[index]?.event?.kind === 'cancel');
  if (isCaught) return;
  reading.problems.error('cancelNeedsTransaction', element, {
    en: `Expected cancel end event ${label(element)} to stand in a transaction with a cancel boundary event but it does not.`,
    zh: `取消结束事件 ${label(element)} 必须位于带有取消边界事件的事务子流程中。`,
  });
}

function checkCompensation(reading: Reading, definition: ProcessDefinition, element: BpmnElement): void {
  if (element.isForCompensation && element.outgoing.length > 0) {
    reading.problems.error('flowOutOfHandler', element, {
      en: `Expected no sequence flow out of compensation activity ${label(element)} but found one. Remove it.`,
      zh: `补偿活动 ${label(element)} 不能有流出的顺序流，请删除。`,
    });
  }
  for (const event of singleEventsOf(element)) {
    if (event.kind !== 'compensation') continue;
    if (element.type === 'startEvent') checkCompensationStart(reading, definition, element);
    else if (element.type !== 'boundaryEvent') checkCompensated(reading, definition, element, event.activity);
  }
}

/** Source: BPMN 2.0.2, 10.7.1: what completed can be compensated; a process is over when it has completed. */
function checkCompensationStart(reading: Reading, { elements }: ProcessDefinition, start: BpmnElement): void {
  const scope = elements[elements[start.flowScope]?.flowScope ?? -1];
  if (scope && scope.type !== 'process') return;
  reading.problems.error('compensationOfProcess', start, {
    en: `Expected the event sub-process of ${label(start)} to stand in a sub-process but it stands in the process, which is never compensated.`,
    zh: `补偿事件子流程（${label(start)}）必须位于子流程中，流程本身不会被补偿。`,
  });
}

function checkCompensated(
  reading: Reading,
  { elements }: ProcessDefinition,
  thrower: BpmnElement,
  activity: number | undefined,
): void {
  const target = activity === undefined ? undefined : elements[activity];
  if (!target) return;
  const scope = elements[thrower.flowScope];
  const visible = scope?.type === 'eventSubProcess' ? [scope.index, scope.flowScope] : [thrower.flowScope];
  if (!visible.includes(target.flowScope)) {
    reading.problems.error('compensatedNotVisible', thrower, {
      en: `Expected ${label(thrower)} to compensate an activity beside it but ${label(target)} stands elsewhere.`,
      zh: `${label(thrower)} 只能补偿同一层的活动，${label(target)} 不在同一层。`,
    });
  }
  if (target.compensationHandler === undefined && !scopeTypes.has(target.type)) {
    reading.problems.error('missingCompensationHandler', thrower, {
      en: `Expected ${label(target)}, which ${label(thrower)} compensates, to have a compensation handler but it has none.`,
      zh: `${label(thrower)} 要补偿的活动 ${label(target)} 没有补偿处理。`,
    });
  }
}

function checkLoop(reading: Reading, element: BpmnElement): void {
  const { standardLoop } = element;
  if (!standardLoop || standardLoop.condition || standardLoop.maximum) return;
  reading.problems.error('endlessLoop', element, {
    en: `Expected the loop of ${label(element)} to have a condition or a maximum but it has neither and would never end.`,
    zh: `${label(element)} 的循环没有条件也没有最大次数，将永不结束，请补充。`,
  });
}

/** Source: BPMN 2.0.2, 8.4.13 and 10.6.2: the default flow leaves the element itself and needs no condition. */
function checkDefaultFlow(reading: Reading, { flows }: ProcessDefinition, element: BpmnElement): void {
  const flow = element.defaultFlow === undefined ? undefined : flows[element.defaultFlow];
  if (!flow || (flow.source === element.index && !flow.condition)) return;
  const isOwn = flow.source === element.index;
  reading.problems.error('invalidDefaultFlow', element, {
    en: `Expected the default flow "${flow.id}" of ${label(element)} ${isOwn ? 'to have no condition but it has one. Remove it' : 'to leave it but it leaves another element. Choose one of its own'}.`,
    zh: `${label(element)} 的默认流“${flow.id}”${isOwn ? '不能带条件，请删除条件' : '不是从该元素流出的，请选择它自己的顺序流'}。`,
  });
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

function checkGateway(reading: Reading, definition: ProcessDefinition, gateway: BpmnElement): void {
  if (gateway.type === 'eventBasedGateway') checkEventGateway(reading, definition, gateway);
  if (gateway.type === 'complexGateway' && gateway.incoming.length > 1 && !gateway.activationCondition) {
    reading.problems.error('missingActivationCondition', gateway, {
      en: `Expected complex gateway ${label(gateway)} to say by an activation condition when its tokens are enough but it has none.`,
      zh: `复杂网关 ${label(gateway)} 有多条流入的顺序流，但没有激活条件，请补充。`,
    });
  }
}

function checkEventGateway(reading: Reading, definition: ProcessDefinition, gateway: BpmnElement): void {
  const targets = gateway.outgoing.flatMap((index) => definition.elements[definition.flows[index]?.target ?? -1] ?? []);
  const isWaiting = (target: BpmnElement) =>
    ((target.type === 'intermediateCatchEvent' && target.event?.kind !== 'link') || target.type === 'receiveTask') &&
    target.incoming.length === 1;
  checkAfterEventGateway(reading, gateway, targets);
  const { isInstantiating, isParallel } = gateway.eventGateway ?? {};
  const scope = definition.elements[gateway.flowScope];
  if ((isParallel && !isInstantiating) || (isInstantiating && scope?.type !== 'process')) {
    reading.problems.error('invalidEventGateway', gateway, {
      en: `Expected event-based gateway ${label(gateway)} to ${isInstantiating ? 'stand in the process itself, which it starts' : 'start the process (instantiate), as only then it may be parallel'}.`,
      zh: `事件网关 ${label(gateway)} ${isInstantiating ? '用于启动流程，只能位于流程顶层' : '为并行型，必须同时设置为启动流程（instantiate）'}。`,
    });
  }
  if (targets.length > 0 && targets.every(isWaiting)) return;
  reading.problems.error('invalidEventGateway', gateway, {
    en: `Expected every flow out of ${label(gateway)} to lead to a catch event or receive task of its own but one does not.`,
    zh: `事件网关 ${label(gateway)} 的每条流出顺序流都必须通向独占的捕获事件或接收任务。`,
  });
}

/** Source: BPMN 2.0.2, 10.6.6: messages are awaited by events or by receive tasks, not both; the tasks bear no boundary events. */
function checkAfterEventGateway(reading: Reading, gateway: BpmnElement, targets: readonly BpmnElement[]): void {
  const tasks = targets.filter(({ type }) => type === 'receiveTask');
  const isMixed =
    tasks.length > 0 && targets.some(({ type, event }) => type !== 'receiveTask' && event?.kind === 'message');
  const attached = tasks.find(({ boundaryEvents }) => boundaryEvents.length > 0);
  if (!isMixed && !attached) return;
  reading.problems.error('invalidEventGateway', gateway, {
    en: `Expected ${isMixed ? `${label(gateway)} to wait for messages by events or by receive tasks but it has both` : `receive task ${label(attached!)} after ${label(gateway)} to have no boundary events but it has one`}. Use message events.`,
    zh: isMixed
      ? `事件网关 ${label(gateway)} 之后不能同时使用消息事件和接收任务，请统一使用消息事件。`
      : `事件网关 ${label(gateway)} 之后的接收任务 ${label(attached!)} 不能带边界事件，请改用消息事件。`,
  });
}
