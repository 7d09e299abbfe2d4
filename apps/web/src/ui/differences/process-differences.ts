import { BpmnModdle } from 'bpmn-moddle';
import { diff } from 'bpmn-js-differ';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';
import type { Difference } from './differences.js';

type Element = { $type: string; id: string; name?: string; sourceRef?: Element; targetRef?: Element };

/** Steps, events, gateways and flows added, removed and changed, by name; moving alone is one sentence. */
export async function processDifferences(before: string, after: string): Promise<Difference[]> {
  const [old, fresh] = await Promise.all([definitionsOf(before), definitionsOf(after)]);
  const found = diff(old, fresh);
  const elements = (part: object) => (Object.values(part) as Element[]).filter(isShown);
  const changed = Object.values(found._changed).map(({ model }) => model as Element);
  const moved = Object.keys(found._layoutChanged).length;
  return [
    ...elements(found._added).map((element) => sentence('added', element)),
    ...elements(found._removed).map((element) => sentence('removed', element)),
    ...changed.filter(isShown).map((element) => sentence('changed', element)),
    ...(moved > 0 ? [{ kind: 'changed' as const, key: 'layoutChanged', values: { count: moved } }] : []),
  ];
}

async function definitionsOf(xml: string): Promise<unknown> {
  const { rootElement } = await new BpmnModdle({ zeebe }).fromXML(xml);
  return rootElement;
}

const hidden = /LaneSet$|ExtensionElements$|Definitions$|Documentation$|EventDefinition$|FormalExpression$/;

function isShown({ $type }: Element): boolean {
  return $type.startsWith('bpmn:') && !hidden.test($type);
}

function sentence(kind: Difference['kind'], element: Element): Difference {
  const isFlow = element.$type === 'bpmn:SequenceFlow';
  const name = element.name || (isFlow ? endsOf(element) : element.id);
  const word = isFlow ? 'flow' : 'element';
  return { kind, key: `${word}${kind[0]!.toUpperCase()}${kind.slice(1)}`, values: { name } };
}

function endsOf({ sourceRef, targetRef, id }: Element): string {
  const name = (end: Element | undefined) => end?.name || end?.id;
  return sourceRef && targetRef ? `${name(sourceRef)} → ${name(targetRef)}` : id;
}
