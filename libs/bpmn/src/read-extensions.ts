import type { CompiledExpression } from '#feel';
import { childrenOf, childOf, extensionOf, extensionsOf, textOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type {
  BindingType,
  CalledElement,
  JobDefinition,
  MultiInstance,
  UserTaskDefinition,
  VariableMapping,
} from './process-definition.js';
import { compile, compileFeel, compileOptional, refer, referStatic, type Reading } from './reading.js';
import { zeebeExtensions } from './supported-elements.js';

/** Notes every extension that the engine would otherwise silently ignore. */
export function checkExtensions(reading: Reading, element: ModdleElement): void {
  for (const { $type } of extensionsOf(element)) {
    if (!$type.startsWith('zeebe:') || zeebeExtensions.has($type)) continue;
    reading.problems.error('unsupportedExtension', element, {
      en: `Expected only extensions that are executed but ${label(element)} carries "${$type}". Remove it.`,
      zh: `${label(element)} 带有本引擎不执行的扩展“${$type}”，请删除。`,
    });
  }
}

export function readProperties(element: ModdleElement): Readonly<Record<string, string>> {
  const properties = extensionOf(element, 'zeebe:Properties');
  if (!properties) return {};
  return Object.fromEntries(
    childrenOf(properties, 'properties').map((each) => [String(each.name ?? ''), String(each['value'] ?? '')]),
  );
}

export function readMappings(
  reading: Reading,
  element: ModdleElement,
  property: 'inputParameters' | 'outputParameters',
): readonly VariableMapping[] {
  const ioMapping = extensionOf(element, 'zeebe:IoMapping');
  return (ioMapping ? childrenOf(ioMapping, property) : []).flatMap((each) => {
    const target = textOf(each, 'target');
    const source = compileOptional(reading, element, `ioMapping ${target ?? ''}`, textOf(each, 'source'));
    if (target && source && /^[^\s.]+(\.[^\s.]+)*$/.test(target)) return [{ source, target }];
    reading.problems.error('invalidMapping', element, {
      en: `Expected every input and output mapping to have a source and a target name but one of ${label(element)} has not.`,
      zh: `${label(element)} 的输入或输出映射缺少来源或目标变量名。`,
    });
    return [];
  });
}

export function readJob(reading: Reading, element: ModdleElement): JobDefinition | undefined {
  const definition = extensionOf(element, 'zeebe:TaskDefinition');
  if (!definition) return undefined;
  const type = compileOptional(reading, element, 'taskDefinition type', textOf(definition, 'type'));
  const retries = compile(reading, element, 'taskDefinition retries', textOf(definition, 'retries') ?? '3');
  if (!type || !retries) {
    if (!textOf(definition, 'type'))
      missing(reading, element, 'zeebe:taskDefinition type', '任务类型（zeebe:taskDefinition type）');
    return undefined;
  }
  referStatic(reading, 'jobTypes', element, type);
  const headers = extensionOf(element, 'zeebe:TaskHeaders');
  const values = headers ? childrenOf(headers, 'values') : [];
  return {
    type,
    retries,
    headers: Object.fromEntries(values.map((each) => [String(each['key'] ?? ''), String(each['value'] ?? '')])),
  };
}

export function readUserTask(reading: Reading, element: ModdleElement): UserTaskDefinition {
  const form = extensionOf(element, 'zeebe:FormDefinition');
  const formId = textOf(form, 'formId');
  if (form && !formId) {
    reading.problems.error('missingForm', element, {
      en: `Expected user task ${label(element)} to name its form (zeebe:formDefinition formId) but it has a form of another kind. Choose a form.`,
      zh: `用户任务 ${label(element)} 的表单没有用编号指定，请选择表单。`,
    });
  }
  refer(reading, 'forms', element, formId);
  const assignment = extensionOf(element, 'zeebe:AssignmentDefinition');
  const schedule = extensionOf(element, 'zeebe:TaskSchedule');
  const expressions = {
    assignee: compileOptional(reading, element, 'assignee', textOf(assignment, 'assignee')),
    candidateGroups: compileOptional(reading, element, 'candidateGroups', textOf(assignment, 'candidateGroups')),
    candidateUsers: compileOptional(reading, element, 'candidateUsers', textOf(assignment, 'candidateUsers')),
    dueDate: compileOptional(reading, element, 'dueDate', textOf(schedule, 'dueDate')),
    followUpDate: compileOptional(reading, element, 'followUpDate', textOf(schedule, 'followUpDate')),
    priority: compileOptional(
      reading,
      element,
      'priority',
      textOf(extensionOf(element, 'zeebe:PriorityDefinition'), 'priority'),
    ),
  };
  if (expressions.candidateGroups?.isStatic) {
    for (const group of expressions.candidateGroups.source.split(','))
      refer(reading, 'candidateGroups', element, group.trim());
  }
  return { ...(formId && { formId }), formBinding: bindingOf(form), taskListeners: [], ...present(expressions) };
}

export function readScript(
  reading: Reading,
  element: ModdleElement,
): { expression: CompiledExpression; resultVariable: string } | undefined {
  const script = extensionOf(element, 'zeebe:Script');
  const text = textOf(script, 'expression') ?? textOf(element, 'script');
  const expression = text === undefined ? undefined : compileFeel(reading, element, 'script', text);
  return expression && { expression, resultVariable: textOf(script, 'resultVariable') ?? '' };
}

export function readCalledDecision(
  reading: Reading,
  element: ModdleElement,
): { decisionId: string; resultVariable: string; bindingType: BindingType } | undefined {
  const called = extensionOf(element, 'zeebe:CalledDecision');
  if (!called) return undefined;
  const decisionId = textOf(called, 'decisionId');
  const resultVariable = textOf(called, 'resultVariable');
  if (!decisionId) missing(reading, element, 'zeebe:calledDecision decisionId', '决策标识');
  if (!resultVariable) missing(reading, element, 'zeebe:calledDecision resultVariable', '决策结果变量');
  if (decisionId?.startsWith('=')) {
    reading.problems.error('computedDecision', element, {
      en: `Expected the decision of ${label(element)} by its id but found an expression. Write the id itself.`,
      zh: `${label(element)} 的决策必须直接写标识，不能用表达式。`,
    });
  }
  refer(reading, 'decisions', element, decisionId);
  return { decisionId: decisionId ?? '', resultVariable: resultVariable ?? '', bindingType: bindingOf(called) };
}

export function readCalledElement(reading: Reading, element: ModdleElement): CalledElement | undefined {
  const called = extensionOf(element, 'zeebe:CalledElement');
  const processId = compileOptional(reading, element, 'calledElement processId', textOf(called, 'processId'));
  if (!processId) {
    if (!textOf(called, 'processId')) missing(reading, element, 'zeebe:calledElement processId', '被调用流程的标识');
    return undefined;
  }
  referStatic(reading, 'calledProcesses', element, processId);
  const versionTag = textOf(called, 'versionTag');
  return {
    processId,
    bindingType: bindingOf(called),
    ...(versionTag && { versionTag }),
    propagateAllParentVariables: called?.['propagateAllParentVariables'] !== false,
    propagateAllChildVariables: called?.['propagateAllChildVariables'] !== false,
  };
}

export function readMultiInstance(reading: Reading, element: ModdleElement): MultiInstance | undefined {
  const loop = childOf(element, 'loopCharacteristics');
  if (!loop) return undefined;
  const zeebe = extensionOf(loop, 'zeebe:LoopCharacteristics');
  const unsupported = unsupportedLoop(loop);
  if (unsupported) return refuseLoop(reading, element, unsupported);
  const times = readTimes(reading, element, loop);
  if (!times) return undefined;
  const condition = textOf(childOf(loop, 'completionCondition'), 'body');
  const names = { inputElement: textOf(zeebe, 'inputElement'), outputCollection: textOf(zeebe, 'outputCollection') };
  const expressions = {
    outputElement: compileOptional(reading, element, 'outputElement', textOf(zeebe, 'outputElement')),
    completionCondition:
      condition === undefined ? undefined : compileFeel(reading, element, 'completionCondition', condition),
  };
  return { isSequential: loop['isSequential'] === true, ...times, ...present(names), ...present(expressions) };
}

/** How often: by the collection of the zeebe extension, else by the standard's cardinality. */
function readTimes(
  reading: Reading,
  element: ModdleElement,
  loop: ModdleElement,
): Pick<MultiInstance, 'inputCollection' | 'loopCardinality'> | undefined {
  const collection = textOf(extensionOf(loop, 'zeebe:LoopCharacteristics'), 'inputCollection');
  const cardinality = textOf(childOf(loop, 'loopCardinality'), 'body');
  if (collection === undefined && cardinality === undefined) {
    missing(reading, element, 'an input collection or a loop cardinality', '多实例的输入集合或循环次数');
    return undefined;
  }
  if (collection === undefined) {
    const loopCardinality = compileFeel(reading, element, 'loopCardinality', cardinality ?? '');
    return loopCardinality && { loopCardinality };
  }
  const inputCollection = compile(reading, element, 'inputCollection', collection);
  return inputCollection && { inputCollection };
}

/** Notes that something the element needs is not there. */
export function missing(reading: Reading, element: ModdleElement, what: string, whatZh: string): void {
  reading.problems.error('missingDefinition', element, {
    en: `Expected ${label(element)} to define ${what} but it does not.`,
    zh: `${label(element)} 缺少${whatZh}。`,
  });
}

function unsupportedLoop(loop: ModdleElement): string | undefined {
  if (loop.$type !== 'bpmn:MultiInstanceLoopCharacteristics') return 'a standard loop';
  const behavior = textOf(loop, 'behavior') ?? 'All';
  return behavior === 'All' ? undefined : `multi-instance behavior "${behavior}"`;
}

function refuseLoop(reading: Reading, element: ModdleElement, what: string): undefined {
  reading.problems.error('unsupportedElement', element, {
    en: `Expected multi-instance over an input collection but ${label(element)} has ${what}. Replace it.`,
    zh: `${label(element)} 使用了不支持的循环方式（${what}），请改用基于输入集合的多实例。`,
  });
  return undefined;
}

function bindingOf(extension: ModdleElement | undefined): BindingType {
  const text = textOf(extension, 'bindingType');
  return text === 'deployment' || text === 'versionTag' ? text : 'latest';
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(record: T): Present<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Present<T>;
}
