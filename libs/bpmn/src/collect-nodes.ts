import { childrenOf, textOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { BpmnElementType, ElementIndex } from './process-definition.js';
import type { Reading } from './reading.js';
import { elementTypes, silentTypes } from './supported-elements.js';

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
      if (type === 'subProcess' || type === 'eventSubProcess') visit(element, index);
    }
  };
  visit(process, add(process, 'process', -1));
  return { nodes, flows, indexOf };
}

function executableType(reading: Reading, element: ModdleElement): BpmnElementType | undefined {
  if (silentTypes.has(element.$type)) return undefined;
  const type = elementTypes[element.$type];
  const unsupported = type === undefined ? element.$type.replace('bpmn:', '') : unsupportedUse(element);
  if (unsupported === undefined) return element['triggeredByEvent'] === true ? 'eventSubProcess' : type;
  reading.problems.error('unsupportedElement', element, {
    en: `Expected elements that are executed but ${label(element)} is a ${unsupported}. Replace it.`,
    zh: `${label(element)} 是本引擎不执行的元素（${unsupported}），请替换。`,
  });
  return undefined;
}

/** Uses of a supported element that mean something else. */
function unsupportedUse(element: ModdleElement): string | undefined {
  if (element['isForCompensation'] === true) return 'compensation handler (isForCompensation)';
  if (element['instantiate'] === true)
    return `${element.$type.replace('bpmn:', '')} that starts a process (instantiate)`;
  if (textOf(element, 'eventGatewayType') === 'Parallel') return 'parallel event-based gateway';
  return undefined;
}

/** Innermost lane of each flow node, by the node's id. */
export function lanesOf(process: ModdleElement): ReadonlyMap<string, string> {
  const lanes = new Map<string, string>();
  const visit = (laneSet: ModdleElement): void => {
    for (const lane of childrenOf(laneSet, 'lanes')) {
      for (const node of childrenOf(lane, 'flowNodeRef')) lanes.set(node.id ?? '', lane.name ?? lane.id ?? '');
      const inner = lane['childLaneSet'];
      if (inner) visit(inner as ModdleElement);
    }
  };
  childrenOf(process, 'laneSets').forEach(visit);
  return lanes;
}
