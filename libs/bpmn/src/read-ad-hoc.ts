import type { ActivatableElement, AdHoc } from './ad-hoc-definition.js';
import { childOf, childrenOf, extensionOf, textOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import { readChoice } from './read-choice.js';
import { present, readProperties } from './read-extensions.js';
import { compileOptional, compileStandard, type Reading } from './reading.js';

/**
 * An ad-hoc sub-process and, where a job worker decides what is done in it, what that can choose. Source: BPMN 2.0.2,
 * 10.3.5, "Ad-Hoc Sub-Process"; Camunda 8, "Ad-hoc sub-processes".
 */
export function readAdHoc(reading: Reading, element: ModdleElement, starts: readonly ModdleElement[]): AdHoc {
  const zeebe = extensionOf(element, 'zeebe:AdHoc');
  const outputCollection = textOf(zeebe, 'outputCollection');
  const ordering = readChoice(reading, element, { name: 'ordering', values: ['Parallel', 'Sequential'] });
  return {
    ordering: ordering === 'Sequential' ? 'sequential' : 'parallel',
    cancelRemainingInstances: element['cancelRemainingInstances'] !== false,
    ...(outputCollection && { outputCollection }),
    ...present({ outputElement: compileOptional(reading, element, 'outputElement', textOf(zeebe, 'outputElement')) }),
    ...(extensionOf(element, 'zeebe:TaskDefinition')
      ? readByWorker(reading, element, starts)
      : readByItself(reading, element)),
  };
}

function readByItself(reading: Reading, element: ModdleElement): Partial<AdHoc> {
  const collection = textOf(extensionOf(element, 'zeebe:AdHoc'), 'activeElementsCollection');
  return present({
    completionCondition: compileStandard(
      reading,
      element,
      'completionCondition',
      childOf(element, 'completionCondition'),
    ),
    activeElementsCollection: compileOptional(reading, element, 'activeElementsCollection', collection),
  });
}

/** What the worker decides stands in the answer to its job, not in the diagram. */
function readByWorker(reading: Reading, element: ModdleElement, starts: readonly ModdleElement[]): Partial<AdHoc> {
  const given = {
    activeElementsCollection: textOf(extensionOf(element, 'zeebe:AdHoc'), 'activeElementsCollection'),
    completionCondition: textOf(childOf(element, 'completionCondition'), 'body'),
    cancelRemainingInstances: element['cancelRemainingInstances'] === false ? 'false' : undefined,
  };
  for (const name of Object.keys(present(given))) noteIgnored(reading, element, name);
  return { activatable: starts.map(activatableElement) };
}

function noteIgnored(reading: Reading, element: ModdleElement, place: string): void {
  reading.problems.warning(
    'ignoredPart',
    element,
    {
      en: `Expected the job worker of ${label(element)} to decide alone what is done and when it is over, but found ${place}, which has no effect. Remove it.`,
      zh: `${label(element)} 由作业处理程序决定执行哪些活动、何时结束，${place} 不起作用，请删除。`,
    },
    { place },
  );
}

function activatableElement(element: ModdleElement): ActivatableElement {
  const documentation = childrenOf(element, 'documentation').flatMap((each) => textOf(each, 'text') ?? []);
  const properties = readProperties(element);
  return {
    elementId: element.id ?? '',
    ...(element.name && { elementName: element.name }),
    ...(documentation.length > 0 && { documentation: documentation.join('\n') }),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}
