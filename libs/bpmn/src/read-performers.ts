import type { CompiledExpression } from '#feel';
import { childOf, childrenOf, textOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import { compile, compileStandard, type Reading } from './reading.js';

interface Performers {
  readonly assignee?: CompiledExpression | undefined;
  readonly candidateGroups?: CompiledExpression | undefined;
}

/**
 * Who may do a user task by the standard's own means: a human performer is its assignee, potential owners are its candidate
 * groups. Any other resource has no effect. Source: BPMN 2.0.2, 10.3.4, "Human Interactions", and 8.4.12, "Resources".
 */
export function readPerformers(reading: Reading, task: ModdleElement): Performers {
  const resources = childrenOf(task, 'resources');
  const of = (type: string) => resources.filter(({ $type }) => $type === type);
  const [performer] = of('bpmn:HumanPerformer');
  const owners = of('bpmn:PotentialOwner');
  for (const resource of resources) if (!isRead(resource.$type)) ignore(reading, task, resource);
  return {
    ...(performer && { assignee: expressionOf(reading, task, performer) }),
    ...(owners.length > 0 && { candidateGroups: ownersOf(reading, task, owners) }),
  };
}

const isRead = (type: string) => type === 'bpmn:HumanPerformer' || type === 'bpmn:PotentialOwner';

/** Several owners by name are one list; an expression stands alone. */
function ownersOf(
  reading: Reading,
  task: ModdleElement,
  owners: readonly ModdleElement[],
): CompiledExpression | undefined {
  const names = owners.map((owner) => textOf(childOf(owner, 'resourceRef'), 'name'));
  if (names.every((name) => name !== undefined)) return compile(reading, task, 'potentialOwner', names.join(','));
  const [first] = owners;
  return first && expressionOf(reading, task, first);
}

/** The name of the resource, else the expression that assigns it: FEEL after `=`, or the names themselves. */
function expressionOf(reading: Reading, task: ModdleElement, role: ModdleElement): CompiledExpression | undefined {
  const name = textOf(childOf(role, 'resourceRef'), 'name');
  if (name !== undefined) return compile(reading, task, 'resourceRef', name);
  const expression = childOf(childOf(role, 'resourceAssignmentExpression') ?? role, 'expression');
  const text = textOf(expression, 'body');
  const place = 'resourceAssignmentExpression';
  if (text === undefined) return undefined;
  const isExpression = /^[$#]\{/.test(text) || textOf(expression, 'language') !== undefined;
  return isExpression
    ? compileStandard(reading, task, place, expression)
    : compile(reading, task, place, withoutKinds(text));
}

/** `user(kermit), group(management)`, as other engines write it, are names. */
function withoutKinds(text: string): string {
  return text.startsWith('=') ? text : text.replace(/\b(?:user|group)\(([^()]*)\)/g, '$1');
}

function ignore(reading: Reading, task: ModdleElement, resource: ModdleElement): void {
  reading.problems.warning('notExecuted', task, {
    en: `Found ${resource.$type.replace('bpmn:', '')} at ${label(task)}, which has no effect: only a human performer and potential owners have one.`,
    zh: `${label(task)} 的 ${resource.$type.replace('bpmn:', '')} 不起作用，只有人工执行者和潜在责任人有效。`,
  });
}
