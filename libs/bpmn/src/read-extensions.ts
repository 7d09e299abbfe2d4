import { checkWhole, maxInteger } from './check-numbers.js';
import type { CompiledExpression } from '#feel';
import { checkMoment } from './timer-text.js';
import { childrenOf, extensionOf, textOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type {
  BindingType,
  BpmnElement,
  CalledElement,
  JobDefinition,
  UserTaskDefinition,
  VariableMapping,
} from './process-definition.js';
import { readPerformers } from './read-performers.js';
import { readTaskListeners } from './read-listeners.js';
import { readChoice } from './read-choice.js';
import {
  compile,
  compileFeel,
  compileOptional,
  compileStandard,
  missing,
  refer,
  referStatic,
  textOrForeign,
  type Reading,
} from './reading.js';

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
  checkWhole(reading, element, retries, { place: 'taskDefinition retries', min: 1, max: maxInteger });
  if (!type || !retries) {
    if (!textOf(definition, 'type'))
      missing(reading, element, 'zeebe:taskDefinition type', '任务类型（zeebe:taskDefinition type）');
    return undefined;
  }
  referStatic(reading, 'jobTypes', element, type);
  return { type, retries, headers: headersOf(element) };
}

function headersOf(element: ModdleElement): Readonly<Record<string, string>> {
  const headers = extensionOf(element, 'zeebe:TaskHeaders');
  const values = headers ? childrenOf(headers, 'values') : [];
  return Object.fromEntries(values.map((each) => [String(each['key'] ?? ''), String(each['value'] ?? '')]));
}

export function readUserTask(reading: Reading, element: ModdleElement): UserTaskDefinition {
  const form = extensionOf(element, 'zeebe:FormDefinition');
  const formId = textOf(form, 'formId');
  const isOfOtherKind = ['formKey', 'externalReference'].some((name) => textOf(form, name) !== undefined);
  if (form && (!formId || isOfOtherKind)) {
    reading.problems.error('missingForm', element, {
      en: `Expected user task ${label(element)} to name its form by id alone (zeebe:formDefinition formId) but it has a form of another kind. Choose a form.`,
      zh: `用户任务 ${label(element)} 的表单没有只用编号（formId）指定，请选择表单。`,
    });
  }
  refer(reading, 'forms', element, formId);
  const assignment = extensionOf(element, 'zeebe:AssignmentDefinition');
  const schedule = extensionOf(element, 'zeebe:TaskSchedule');
  const expressionOf = (extension: ModdleElement | undefined, name: string) =>
    compileOptional(reading, element, name, textOrForeign(reading, element, extension, name));
  const performers = readPerformers(reading, element);
  const expressions = {
    assignee: expressionOf(assignment, 'assignee') ?? performers.assignee,
    candidateGroups: expressionOf(assignment, 'candidateGroups') ?? performers.candidateGroups,
    candidateUsers: expressionOf(assignment, 'candidateUsers'),
    dueDate: expressionOf(schedule, 'dueDate'),
    followUpDate: expressionOf(schedule, 'followUpDate'),
    priority: expressionOf(extensionOf(element, 'zeebe:PriorityDefinition'), 'priority'),
  };
  checkWhole(reading, element, expressions.priority, { place: 'priority', min: 0, max: 100 });
  for (const place of ['dueDate', 'followUpDate'] as const) checkMoment(reading, element, expressions[place], place);
  if (expressions.candidateGroups?.isStatic) {
    for (const group of expressions.candidateGroups.source.split(','))
      refer(reading, 'candidateGroups', element, group.trim());
  }
  return {
    ...(formId && { formId }),
    formBinding: refuseVersionTag(reading, element, bindingOf(reading, element, form)),
    taskListeners: readTaskListeners(reading, element),
    headers: headersOf(element),
    ...present(expressions),
  };
}

export function readScript(
  reading: Reading,
  element: ModdleElement,
): { expression: CompiledExpression; resultVariable: string } | undefined {
  const script = extensionOf(element, 'zeebe:Script');
  const own = textOf(script, 'expression');
  const standard = { $type: 'script', body: element['script'], language: element['scriptFormat'] };
  const expression =
    own === undefined
      ? compileStandard(reading, element, 'script', standard)
      : compileFeel(reading, element, 'script', own);
  return expression && { expression, resultVariable: textOrForeign(reading, element, script, 'resultVariable') ?? '' };
}

export function readCalledDecision(reading: Reading, element: ModdleElement): BpmnElement['calledDecision'] {
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
  return {
    decisionId: decisionId ?? '',
    resultVariable: resultVariable ?? '',
    bindingType: refuseVersionTag(reading, element, bindingOf(reading, element, called)),
  };
}

/** The called process by `zeebe:calledElement`, else by the standard's own attribute. */
export function readCalledElement(reading: Reading, element: ModdleElement): CalledElement | undefined {
  const called = extensionOf(element, 'zeebe:CalledElement');
  // The standard's attribute is a qualified name.
  const text = textOf(called, 'processId') ?? textOf(element, 'calledElement')?.replace(/^[\w.-]+:/, '');
  const processId = compileOptional(reading, element, 'calledElement processId', text);
  if (!processId) {
    if (text === undefined) missing(reading, element, 'zeebe:calledElement processId', '被调用流程的标识');
    return undefined;
  }
  referStatic(reading, 'calledProcesses', element, processId);
  return {
    processId,
    ...bindingOf(reading, element, called),
    propagateAllParentVariables: called?.['propagateAllParentVariables'] !== false,
    propagateAllChildVariables: called?.['propagateAllChildVariables'] !== false,
  };
}

interface Binding {
  readonly bindingType: BindingType;
  readonly versionTag?: string;
}

/** Which version of another file is meant; by version tag only where one is named. */
function bindingOf(reading: Reading, element: ModdleElement, extension: ModdleElement | undefined): Binding {
  const values = ['latest', 'deployment', 'versionTag'] as const;
  const text = extension && readChoice(reading, element, { of: extension, name: 'bindingType', values });
  const versionTag = textOf(extension, 'versionTag');
  if (text === 'deployment') return { bindingType: text };
  if (text !== 'versionTag') return { bindingType: 'latest' };
  if (versionTag === undefined) missing(reading, element, 'the version tag it is bound to', '绑定的版本标签');
  return { bindingType: text, versionTag: versionTag ?? '' };
}

/** Version tags stand on processes alone. */
function refuseVersionTag(reading: Reading, element: ModdleElement, { bindingType }: Binding): BindingType {
  if (bindingType !== 'versionTag') return bindingType;
  reading.problems.error('unsupportedBinding', element, {
    en: `Expected the form or decision of ${label(element)} to be bound as "latest" or "deployment" but found "versionTag".`,
    zh: `${label(element)} 的表单或决策只能以“latest”或“deployment”方式绑定，不支持“versionTag”。`,
  });
  return 'latest';
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the members that are undefined. */
export function present<T extends object>(record: T): Present<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Present<T>;
}
