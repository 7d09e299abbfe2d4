import type { CollectedProcess } from './collect-nodes.js';
import { childOf, childrenOf, textOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { BpmnElement, ProcessDefinition } from './process-definition.js';
import type { Reading } from './reading.js';

/** Names parts of the standard that stand in the file without an effect, or that say otherwise than the flows. */
export function checkDropped(
  reading: Reading,
  process: ModdleElement,
  { nodes }: CollectedProcess,
  definition: ProcessDefinition,
): void {
  if (childrenOf(process, 'correlationSubscriptions').length > 0) reportSubscription(reading, process);
  for (const { source, index } of nodes) {
    const element = definition.elements[index];
    checkInputSets(reading, source);
    checkImplementation(reading, source);
    if (!element) continue;
    checkDirection(reading, source, element);
    checkConditionsAfterEvent(reading, definition, element);
  }
}

/** Source: BPMN 2.0.2, 8.4.2, "Correlation": context-based correlation is not executed, keys are. */
function reportSubscription(reading: Reading, process: ModdleElement): void {
  reading.problems.warning(
    'ignoredPart',
    process,
    {
      en: `Found a correlationSubscription at process ${label(process)}, which has no effect. Give each message a correlation key (zeebe:subscription correlationKey).`,
      zh: `流程 ${label(process)} 的 correlationSubscription 不起作用，请为每个消息设置关联键（zeebe:subscription correlationKey）。`,
    },
    { place: 'correlationSubscription' },
  );
}

/**
 * Source: BPMN 2.0.2, 10.4.2: an activity would wait until the data of one of its input sets is there. Data is always there
 * here, so one set has no effect; a choice between several, or data that may come later, says something that is not done.
 */
function checkInputSets(reading: Reading, source: ModdleElement): void {
  const specification = childOf(source, 'ioSpecification');
  const sets = (specification ? childrenOf(specification, 'inputSets') : []).filter((set) =>
    INPUTS.some((name) => childrenOf(set, name).length > 0),
  );
  const isLate = sets.some((set) => LATE_INPUTS.some((name) => childrenOf(set, name).length > 0));
  if (sets.length > 1 || isLate) reportChoice(reading, source);
  else if (sets.length === 1) reportSet(reading, source);
}

const LATE_INPUTS = ['optionalInputRefs', 'whileExecutingInputRefs'];
const INPUTS = ['dataInputRefs', ...LATE_INPUTS];

function reportChoice(reading: Reading, source: ModdleElement): void {
  reading.problems.error(
    'unsupportedPart',
    source,
    {
      en: `Expected one input set at ${label(source)} without optional or later inputs but found others: it does not choose between sets of data. Use a gateway, and a condition or a message to wait for.`,
      zh: `${label(source)} 含有多个 inputSet，或含有可选、执行中输入，本引擎不按数据集选择。请改用网关，或用条件、消息事件等待。`,
    },
    { place: 'inputSets' },
  );
}

function reportSet(reading: Reading, source: ModdleElement): void {
  reading.problems.warning(
    'ignoredPart',
    source,
    {
      en: `Found inputSets at ${label(source)}, which have no effect: it does not wait for data. Use a condition or a message to wait for.`,
      zh: `${label(source)} 的 inputSets 不起作用：它不会等待数据，请改用条件或消息事件等待。`,
    },
    { place: 'inputSets' },
  );
}

/** Source: BPMN 2.0.2, 10.3.3, `implementation` and `operationRef`: who does the work is said by zeebe here, never by a web service. */
function checkImplementation(reading: Reading, source: ModdleElement): void {
  const implementation = textOf(source, 'implementation') ?? '##unspecified';
  const isCalling = source.$type === 'bpmn:ServiceTask' && childOf(source, 'operationRef') !== undefined;
  if (implementation === '##unspecified' && !isCalling) return;
  const place = isCalling ? 'operationRef' : 'implementation';
  reading.problems.warning(
    'ignoredPart',
    source,
    {
      en: `Found ${place} at ${label(source)}, which has no effect: no web service is called. Who does the work is named by the extension (zeebe) of the task.`,
      zh: `${label(source)} 的 ${place} 不起作用：不会调用 Web 服务，由谁执行以任务的扩展属性（zeebe）为准。`,
    },
    { place },
  );
}

/** How many flows a direction allows. Source: BPMN 2.0.2, 10.6.1 and table 8.46, `gatewayDirection`. */
const directions: ReadonlyMap<string, (incoming: number, outgoing: number) => boolean> = new Map([
  ['Converging', (incoming: number, outgoing: number) => incoming > 1 && outgoing <= 1],
  ['Diverging', (incoming: number, outgoing: number) => incoming <= 1 && outgoing > 1],
  ['Mixed', (incoming: number, outgoing: number) => incoming > 1 && outgoing > 1],
]);

/** The flows count, whatever the attribute says. */
function checkDirection(reading: Reading, source: ModdleElement, { incoming, outgoing }: BpmnElement): void {
  const direction = textOf(source, 'gatewayDirection') ?? 'Unspecified';
  if (directions.get(direction)?.(incoming.length, outgoing.length) ?? true) return;
  reading.problems.warning(
    'gatewayDirection',
    source,
    {
      en: `Expected the flows of ${label(source)} to fit its gatewayDirection "${direction}" but ${incoming.length} lead in and ${outgoing.length} out; the flows count. Correct the flows or remove the attribute.`,
      zh: `网关 ${label(source)} 的 gatewayDirection 为“${direction}”，但有 ${incoming.length} 条流入、${outgoing.length} 条流出的顺序流；以顺序流为准，请修改顺序流或删除该属性。`,
    },
    { place: 'gatewayDirection' },
  );
}

/** Source: BPMN 2.0.2, 8.4.13: a conditional flow must not come from an event; other engines ignore it or refuse the file. */
function checkConditionsAfterEvent(reading: Reading, definition: ProcessDefinition, event: BpmnElement): void {
  if (!event.type.endsWith('Event')) return;
  for (const index of event.outgoing) {
    const flow = definition.flows[index];
    if (!flow?.condition) continue;
    reading.problems.warning(
      'conditionAfterEvent',
      flow,
      {
        en: `Expected no condition on sequence flow ${label(flow)}, since it comes from event ${label(event)}: the condition counts here, elsewhere it may not. Put an exclusive gateway behind the event.`,
        zh: `顺序流 ${label(flow)} 来自事件 ${label(event)}，标准不允许带条件：本引擎会判断该条件，其他引擎未必，请在事件后加排他网关。`,
      },
      { place: 'conditionExpression' },
    );
  }
}
