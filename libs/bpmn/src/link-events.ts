import { label } from './problem-list.js';
import type { BpmnElement } from './process-definition.js';
import type { Reading } from './reading.js';

/**
 * Joins each throwing link event to the catching one of its name in the same scope; several may throw to one.
 * Source: BPMN 2.0.2, 10.5.5, "Link Events".
 */
export function linkEvents(reading: Reading, elements: readonly BpmnElement[]): readonly BpmnElement[] {
  const catching = new Map<string, BpmnElement>();
  for (const element of elements.filter(({ type }) => type === 'intermediateCatchEvent')) {
    const place = placeOf(element);
    if (place === undefined) continue;
    if (catching.has(place)) reportTwice(reading, element);
    else catching.set(place, element);
  }
  return elements.map((element) => (isThrowing(element) ? withTarget(reading, element, catching) : element));
}

const isThrowing = ({ type, event }: BpmnElement) => type === 'intermediateThrowEvent' && event?.kind === 'link';

function placeOf({ flowScope, event }: BpmnElement): string | undefined {
  return event?.kind === 'link' ? `${flowScope}/${event.name}` : undefined;
}

function withTarget(reading: Reading, element: BpmnElement, catching: ReadonlyMap<string, BpmnElement>): BpmnElement {
  const target = catching.get(placeOf(element) ?? '');
  if (target) return { ...element, linkTarget: target.index };
  reading.problems.error('missingLinkTarget', element, {
    en: `Expected a catching link event of the same name beside ${label(element)} but there is none. Add one in the same scope.`,
    zh: `链接抛出事件 ${label(element)} 在同一层中没有同名的链接捕获事件，请添加。`,
  });
  return element;
}

function reportTwice(reading: Reading, element: BpmnElement): void {
  reading.problems.error('linkTargetTwice', element, {
    en: `Expected one catching link event of each name in a scope but ${label(element)} is a second one. Rename it.`,
    zh: `同一层中同名的链接捕获事件只能有一个，${label(element)} 重复，请改名。`,
  });
}
