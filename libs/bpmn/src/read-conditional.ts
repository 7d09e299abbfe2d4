import { childOf, extensionOf, textOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { ConditionalEventDefinition } from './process-definition.js';
import { compileStandard, missing, type Reading } from './reading.js';
import type { EventPlace } from './supported-elements.js';

/**
 * A condition and which changes it looks at. Before an instance nothing is created or updated, so that the kinds of
 * change have no effect at a start event of the process. Source: BPMN 2.0.2, table 10.93, "Conditional"; Camunda 8.9,
 * "Conditional events".
 */
export function readConditional(
  reading: Reading,
  element: ModdleElement,
  definition: ModdleElement,
  place: EventPlace,
): ConditionalEventDefinition | undefined {
  const expression = childOf(definition, 'condition');
  if (textOf(expression, 'body') === undefined) missing(reading, element, 'the condition it waits for', '等待的条件');
  const condition = compileStandard(reading, element, 'condition', expression);
  const filter = extensionOf(definition, 'zeebe:ConditionalFilter');
  const variableNames = namesIn(textOf(filter, 'variableNames'));
  const variableEvents = namesIn(textOf(filter, 'variableEvents'))?.filter(isVariableEvent);
  if (variableEvents && place === 'startEvent') warnOfEvents(reading, element);
  const isFiltered = variableEvents && variableEvents.length > 0 && place !== 'startEvent';
  if (!condition) return undefined;
  return {
    kind: 'conditional',
    condition,
    ...(variableNames && { variableNames }),
    ...(isFiltered && { variableEvents }),
  };
}

const isVariableEvent = (text: string): text is 'create' | 'update' => text === 'create' || text === 'update';

function namesIn(text: string | undefined): readonly string[] | undefined {
  return text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function warnOfEvents(reading: Reading, element: ModdleElement): void {
  reading.problems.warning('filterWithoutEffect', element, {
    en: `Expected no variableEvents in the filter of start event ${label(element)}, for before an instance no variable is created or updated, but found some; they have no effect. Remove them.`,
    zh: `开始事件 ${label(element)} 的条件过滤器带有 variableEvents，流程启动前没有变量的新建或更新，该设置不起作用，请删除。`,
  });
}
