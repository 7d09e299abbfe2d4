import { childOf, childrenOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { BpmnElementType, ElementIndex } from './process-definition.js';
import { readProperties } from './read-extensions.js';
import type { Reading } from './reading.js';
import { elementTypes, scopeTypes, silentTypes } from './supported-elements.js';

/** A flow node with its place in the process, before it is read. */
export interface Node {
  readonly index: ElementIndex;
  readonly source: ModdleElement;
  readonly type: BpmnElementType;
  readonly flowScope: ElementIndex;
}

export interface CollectedProcess {
  readonly nodes: readonly Node[];
  readonly flows: readonly ModdleElement[];
  readonly indexOf: ReadonlyMap<ModdleElement, ElementIndex>;
}

/** Numbers the flow nodes of a process, depth first; what the engine cannot execute is noted by name and left out. */
export function collectNodes(reading: Reading, process: ModdleElement): CollectedProcess {
  const nodes: Node[] = [];
  const flows: ModdleElement[] = [];
  const indexOf = new Map<ModdleElement, ElementIndex>();
  const add = (source: ModdleElement, type: BpmnElementType, flowScope: ElementIndex): ElementIndex => {
    const index = nodes.length;
    nodes.push({ index, source, type, flowScope });
    indexOf.set(source, index);
    return index;
  };
  // Nesting is bounded by the XML depth limit of the pre-scan.
  const visit = (scope: ModdleElement, scopeIndex: ElementIndex): void => {
    for (const element of childrenOf(scope, 'flowElements')) {
      if (element.$type === 'bpmn:SequenceFlow') flows.push(element);
      const type = executableType(reading, element);
      if (type === undefined) continue;
      const index = add(element, type, scopeIndex);
      if (scopeTypes.has(type)) visit(element, index);
    }
  };
  visit(process, add(process, 'process', -1));
  return { nodes, flows, indexOf };
}

function executableType(reading: Reading, element: ModdleElement): BpmnElementType | undefined {
  if (silentTypes.has(element.$type)) return undefined;
  const type = elementTypes[element.$type];
  if (type !== undefined) return element['triggeredByEvent'] === true ? 'eventSubProcess' : type;
  const found = element.$type.replace('bpmn:', '');
  reading.problems.error('unsupportedElement', element, {
    en: `Expected elements that are executed but ${label(element)} is a ${found}. Replace it.`,
    zh: `${label(element)} 是本引擎不执行的元素（${found}），请替换。`,
  });
  return undefined;
}

export interface Lane {
  readonly name: string;
  /** `zeebe:property` `ct.role` of the lane, else its name. */
  readonly role: string;
}

/**
 * Innermost lane of each flow node. What stands in a sub-process without lanes of its own is in the lane of the
 * sub-process. Source: BPMN 2.0.2, 10.8, "Lanes"; lane sets belong to processes and sub-processes.
 */
export function lanesOf({ nodes }: CollectedProcess): ReadonlyMap<ElementIndex, Lane> {
  const drawn = drawnLanes(nodes.flatMap(({ source }) => childrenOf(source, 'laneSets')));
  const lanes = new Map<ElementIndex, Lane>();
  for (const { index, source, flowScope } of nodes) {
    const lane = drawn.get(source.id ?? '') ?? lanes.get(flowScope);
    if (lane) lanes.set(index, lane);
  }
  return lanes;
}

/** By the id of the flow node that a lane refers to. */
function drawnLanes(laneSets: readonly ModdleElement[]): ReadonlyMap<string, Lane> {
  const lanes = new Map<string, Lane>();
  const visit = (laneSet: ModdleElement): void => {
    for (const source of childrenOf(laneSet, 'lanes')) {
      const name = source.name ?? source.id ?? '';
      const lane = { name, role: readProperties(source)['ct.role'] ?? name };
      for (const node of childrenOf(source, 'flowNodeRef')) lanes.set(node.id ?? '', lane);
      const inner = childOf(source, 'childLaneSet');
      if (inner) visit(inner);
    }
  };
  laneSets.forEach(visit);
  return lanes;
}
