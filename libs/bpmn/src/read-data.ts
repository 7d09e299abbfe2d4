import { toJson, type CompiledExpression } from '#feel';
import { childOf, childrenOf, textOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { VariableMapping } from './process-definition.js';
import type { Reading } from './reading.js';

/**
 * The variable that a data object, data object reference, property, data input or data output stands for: its name, of a
 * reference that of its data object.
 */
export function dataName(element: ModdleElement | undefined): string | undefined {
  if (!element || textOf(element, 'name') === placeholder) return undefined;
  const target = childOf(element, 'dataObjectRef') ?? element;
  return textOf(target, 'name') ?? textOf(element, 'name') ?? (isStored(target) ? target.id : undefined);
}

const isStored = ({ $type }: ModdleElement) => $type === 'bpmn:DataObject' || $type === 'bpmn:Property';

/** Modelers draw the end of an association at a property of this name, which stands for no data. */
const placeholder = '__targetRef_placeholder';

/** An expression that reads one variable, whatever letters its name has. */
export function variableNamed(name: string): CompiledExpression {
  return {
    source: `=${name}`,
    isStatic: false,
    reads: [name],
    evaluate: (scope) => ({ value: toJson(scope.get(name)) ?? null, warnings: [] }),
  };
}

/** Data objects that live in a scope and properties of an element. Source: BPMN 2.0.2, 10.4.1, "Data Modeling". */
export function readLocalVariables(element: ModdleElement): readonly string[] {
  const objects = childrenOf(element, 'flowElements').filter(({ $type }) => $type === 'bpmn:DataObject');
  return [...objects, ...childrenOf(element, 'properties')].flatMap((each) => dataName(each) ?? []);
}

type AssociationKind = 'dataInputAssociations' | 'dataOutputAssociations';

/** Data associations that copy, as mappings; one that computes is refused. Source: BPMN 2.0.2, 10.4.2. */
export function readAssociations(
  reading: Reading,
  element: ModdleElement,
  kind: AssociationKind,
): readonly VariableMapping[] {
  return childrenOf(element, kind).flatMap((association) => {
    if (childOf(association, 'transformation') || association['assignment'] !== undefined)
      return refuse(reading, element);
    const [source] = childrenOf(association, 'sourceRef');
    const store = [source, childOf(association, 'targetRef')].find((end) => end?.$type === 'bpmn:DataStoreReference');
    if (store) return ignoreStore(reading, element, store);
    const from = dataName(source);
    const to = dataName(childOf(association, 'targetRef'));
    // What has no name of its own is the variable at the other end.
    return from === undefined || to === undefined || from === to ? [] : [{ source: variableNamed(from), target: to }];
  });
}

function refuse(reading: Reading, element: ModdleElement): [] {
  reading.problems.error('unsupportedAssociation', element, {
    en: `Expected the data associations of ${label(element)} to copy only but one transforms or assigns. Use an input or output mapping.`,
    zh: `${label(element)} 的数据关联只能复制数据，不能带转换或赋值，请改用输入或输出映射。`,
  });
  return [];
}

/** Source: BPMN 2.0.2, 10.4.1, "Data Stores": what lives beyond the process is not reached by the engine. */
function ignoreStore(reading: Reading, element: ModdleElement, store: ModdleElement): [] {
  reading.problems.warning('notExecuted', element, {
    en: `Found an association of ${label(element)} with data store ${label(store)}, which is drawn only: nothing is read from it or written to it.`,
    zh: `${label(element)} 与数据存储 ${label(store)} 的关联只作图示，不会读写数据。`,
  });
  return [];
}
