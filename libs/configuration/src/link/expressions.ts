import { singleEventsOf, type BpmnElement, type ProcessDefinition, type SingleEventDefinition } from '#bpmn';
import { compileAttribute, type CompiledExpression } from '#feel';
import { remembered } from '../remembered.js';
import type { Sentence } from './link-context.js';

/** What an expression of a diagram is used for. */
export type ExpressionUse =
  | 'condition'
  | 'assignee'
  | 'candidateGroups'
  | 'candidateUsers'
  | 'notOf'
  | 'dueDate'
  | 'followUpDate'
  | 'priority'
  | 'timer'
  | 'completionCondition'
  | 'title'
  | 'input'
  | 'output'
  | 'collection'
  | 'script'
  | 'message'
  | 'job'
  | 'calledProcess';

export interface UsedExpression {
  readonly element: BpmnElement;
  readonly use: ExpressionUse;
  readonly expression: CompiledExpression;
}

/** Names of the uses for people. */
export const useNames: Readonly<Record<ExpressionUse, Sentence>> = {
  condition: ['the condition', '条件'],
  assignee: ['the assignee', '处理人'],
  candidateGroups: ['the candidate groups', '候选岗位'],
  candidateUsers: ['the candidate users', '候选人'],
  notOf: ['whom it is kept from (ct.notOf)', '不得办理的人（ct.notOf）'],
  dueDate: ['the due date', '办理期限'],
  followUpDate: ['the follow-up date', '跟进日期'],
  priority: ['the priority', '优先级'],
  timer: ['the timer', '定时器'],
  completionCondition: ['the completion condition', '完成条件'],
  title: ['the title (ct.title)', '标题（ct.title）'],
  input: ['an input mapping', '输入映射'],
  output: ['an output mapping', '输出映射'],
  collection: ['the collection', '多实例集合'],
  script: ['the script', '脚本'],
  message: ['the message', '消息'],
  job: ['the job type', '任务类型'],
  calledProcess: ['the called process', '调用的流程'],
};

/** Every expression of a process with the element it stands at; a condition stands at the source of its flow. */
export const expressionsOf = remembered((definition: ProcessDefinition): readonly UsedExpression[] => {
  const flows = definition.flows.map((flow) => ({
    element: definition.elements[flow.source],
    use: 'condition' as const,
    expression: flow.condition,
  }));
  return [...flows, ...definition.elements.flatMap(ofElement)].filter(isPresent);
});

interface Candidate {
  readonly element: BpmnElement | undefined;
  readonly use: ExpressionUse;
  readonly expression: CompiledExpression | undefined;
}

function isPresent(candidate: Candidate): candidate is UsedExpression {
  return candidate.element !== undefined && candidate.expression !== undefined;
}

type Used = readonly [ExpressionUse, CompiledExpression | undefined];

function ofElement(element: BpmnElement): readonly Candidate[] {
  const { userTask, multiInstance, job } = element;
  const found: readonly Used[] = [
    ['assignee', userTask?.assignee],
    ['candidateGroups', userTask?.candidateGroups],
    ['candidateUsers', userTask?.candidateUsers],
    ['notOf', notOfExpression(element)],
    ['dueDate', userTask?.dueDate],
    ['followUpDate', userTask?.followUpDate],
    ['priority', userTask?.priority],
    ['collection', multiInstance?.inputCollection],
    ['collection', multiInstance?.loopCardinality],
    ['completionCondition', multiInstance?.completionCondition],
    ['completionCondition', element.adHoc?.completionCondition],
    ['collection', element.adHoc?.activeElementsCollection],
    ['output', element.adHoc?.outputElement],
    ['condition', element.standardLoop?.condition],
    ['condition', element.activationCondition],
    ...(multiInstance?.behavior?.throws ?? []).map(({ condition }) => ['condition', condition] as const),
    ['output', multiInstance?.outputElement],
    ['script', element.script?.expression],
    ['job', job?.type],
    ['job', job?.retries],
    ['calledProcess', element.calledElement?.processId],
    ...element.inputMappings.map(({ source }) => ['input', source] as const),
    ...element.outputMappings.map(({ source }) => ['output', source] as const),
    ...ofEvent(element),
  ];
  return found.map(([use, expression]) => ({ element, use, expression }));
}

/** `ct.notOf`, where it can be read. */
export function notOfExpression({ properties }: BpmnElement): CompiledExpression | undefined {
  const source = properties['ct.notOf'];
  const compiled = source === undefined ? undefined : compileAttribute(source);
  return compiled?.ok ? compiled.expression : undefined;
}

/** Of every definition that the event has. */
function ofEvent(element: BpmnElement): readonly Used[] {
  return singleEventsOf(element).flatMap((event) => ofDefinition(event));
}

function ofDefinition(event: SingleEventDefinition): readonly Used[] {
  switch (event.kind) {
    case 'timer':
      return [['timer', event.timer.expression]];
    case 'conditional':
      return [['condition', event.condition]];
    case 'message':
      return [
        ['message', event.name],
        ['message', event.correlationKey],
        ['message', event.timeToLive],
      ];
    case 'signal':
      return [['message', event.name]];
    case 'error':
      return [['message', event.errorCodeExpression]];
    case 'escalation':
      return [['message', event.escalationCodeExpression]];
    default:
      return [];
  }
}

/** An expression that gives a variable. */
export interface Assignment {
  readonly element: BpmnElement;
  readonly variable: string;
  readonly expression: CompiledExpression;
}

/** What the mappings and scripts of a process write, by variable. */
export function assignmentsOf({ elements }: ProcessDefinition): readonly Assignment[] {
  return elements.flatMap((element) => [
    ...[...element.inputMappings, ...element.outputMappings].map(({ target, source }) => ({
      element,
      variable: variableOf(target),
      expression: source,
    })),
    ...(element.script
      ? [{ element, variable: element.script.resultVariable, expression: element.script.expression }]
      : []),
  ]);
}

/** The variable that a dotted path starts at. */
export function variableOf(path: string): string {
  return path.split('.')[0] ?? path;
}

/** The variables that an expression reads, each once. */
export function variablesRead(expression: CompiledExpression): readonly string[] {
  return [...new Set(expression.reads.map(variableOf))];
}

/**
 * The value of an expression that reads nothing and so is the same at every run; undefined where it reads variables,
 * fails or yields null.
 */
export function constantOf(expression: CompiledExpression | undefined): unknown {
  if (!expression) return undefined;
  if (expression.isStatic) return expression.source;
  if (expression.reads.length > 0) return undefined;
  const nothing = { get: () => undefined, has: () => false };
  const { value, failed } = expression.evaluate(nothing, { now: 0, timeZone: 'UTC' });
  return failed || value === null ? undefined : value;
}

/** The texts of a constant expression: one text, texts parted by commas, or a list of texts; empty where it is not constant. */
export function constantTexts(expression: CompiledExpression | undefined): readonly string[] {
  const value = constantOf(expression);
  const values = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  return values
    .filter((one) => typeof one === 'string')
    .map((one) => one.trim())
    .filter(Boolean);
}
