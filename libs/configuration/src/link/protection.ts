import type { BpmnElement } from '#bpmn';
import type { CompiledExpression } from '#feel';
import type { ProcessEntry } from '../configuration-set.js';
import { schemasOf, sealedFields } from '../form-fields.js';
import { type ExpressionUse, expressionsOf, useNames, variableOf, variablesRead } from './expressions.js';
import { formExpression } from './form-expressions.js';
import { lineOfId, type LinkContext, reportElement, type Sentence } from './link-context.js';

/** Uses that would let protected content steer who works on a case, when, and how. */
const guardedUses: ReadonlySet<ExpressionUse> = new Set<ExpressionUse>([
  'condition',
  'assignee',
  'candidateGroups',
  'candidateUsers',
  'notOf',
  'dueDate',
  'followUpDate',
  'priority',
  'timer',
  'completionCondition',
  'title',
]);

/**
 * Refuses decision inputs, conditions, assignments, deadlines and titles that read a protected name or a field that is
 * stored sealed (ADR 10). A mapping or script that copies a protected value makes its target protected too.
 */
export function linkProtection(context: LinkContext, process: ProcessEntry): void {
  const protectedBy = protectedVariables(context, process);
  const used = expressionsOf(process.definition).filter(({ use }) => guardedUses.has(use));
  const title =
    process.title && process.definition.elements[0]
      ? [{ element: process.definition.elements[0], use: 'title' as const, expression: process.title }]
      : [];
  for (const { element, use, expression } of [...used, ...title])
    refuse(context, process, { element, what: useNames[use], reads: variablesRead(expression), protectedBy });
  for (const element of process.definition.elements) refuseDecision(context, process, { element, protectedBy });
}

type ProtectedVariables = ReadonlyMap<string, Sentence>;

interface Guarded {
  readonly element: BpmnElement;
  readonly protectedBy: ProtectedVariables;
}

function refuse(
  context: LinkContext,
  process: ProcessEntry,
  guarded: Guarded & { readonly what: Sentence; readonly reads: readonly string[] },
): void {
  const { element, what, reads, protectedBy } = guarded;
  for (const variable of reads) {
    const why = protectedBy.get(variable);
    if (!why) continue;
    const text: Sentence = [
      `Expected ${what[0]} of "${element.name || element.id}" not to read "${variable}", ${why[0]}.`,
      `“${element.name || element.id}”的${what[1]}不得读取“${variable}”：${why[1]}。`,
    ];
    reportElement(context, process, element, { code: 'link.protectedVariable', text });
  }
}

function refuseDecision(context: LinkContext, process: ProcessEntry, { element, protectedBy }: Guarded): void {
  const decision = context.set.decisions.find(({ id }) => id === element.calledDecision?.decisionId);
  if (!decision) return;
  const mapped = new Map(element.inputMappings.map(({ source, target }) => [variableOf(target), source]));
  const what: Sentence = [
    `the decision "${decision.name}" (${decision.path})`,
    `决策“${decision.name}”（${decision.path}）`,
  ];
  const { reads } = decision;
  refuse(context, process, { element, what, reads, protectedBy: withoutCleanMappings(protectedBy, mapped) });
}

/** Refuses protected names also in decisions that no process calls, since they can be evaluated by themselves. */
export function linkUncalledDecisions(context: LinkContext): void {
  const elements = context.set.processes.flatMap(({ definition }) => definition.elements);
  const called = new Set(elements.map(({ calledDecision }) => calledDecision?.decisionId));
  const names = protectedNames(context);
  for (const { id, name, path, xml, reads } of context.set.decisions.filter((one) => !called.has(one.id))) {
    const line = lineOfId(xml, id);
    for (const variable of reads.filter((read) => names.includes(read))) {
      context.report({
        severity: 'error',
        code: 'link.protectedVariable',
        file: path,
        elementId: id,
        elementName: name,
        ...(line === undefined ? {} : { line }),
        message: `Expected the decision "${name}" not to read "${variable}", a protected name (roles.json).`,
        messageZh: `决策“${name}”不得读取“${variable}”：它是受保护的名称（roles.json）。`,
      });
    }
  }
}

/** A name that this very task fills from something open is not the protected variable of that name. */
function withoutCleanMappings(
  protectedBy: ProtectedVariables,
  mapped: ReadonlyMap<string, CompiledExpression>,
): ProtectedVariables {
  const isClean = (name: string) => {
    const source = mapped.get(name);
    return source !== undefined && !variablesRead(source).some((read) => protectedBy.has(read));
  };
  return new Map([...protectedBy].filter(([name]) => !isClean(name)));
}

const foundBefore = new WeakMap<LinkContext, Map<ProcessEntry, ProtectedVariables>>();

/** Variables of a process that hold protected content, with the reason for people. Many checks ask for them: found once. */
export function protectedVariables(context: LinkContext, process: ProcessEntry): ProtectedVariables {
  const ofProcesses = foundBefore.get(context) ?? new Map<ProcessEntry, ProtectedVariables>();
  foundBefore.set(context, ofProcesses);
  const found = ofProcesses.get(process) ?? findProtected(context, process);
  ofProcesses.set(process, found);
  return found;
}

function findProtected(context: LinkContext, process: ProcessEntry): ProtectedVariables {
  const found = new Map<string, Sentence>();
  for (const formId of process.formIds) {
    const form = context.set.forms.get(formId);
    for (const field of form ? sealedFields(form, context.set.roles) : [])
      found.set(field, [`a protected field of form ${formId}`, `它是表单 ${formId} 的受保护字段`]);
  }
  const names = protectedNames(context);
  for (const name of names) found.set(name, ['a protected name (roles.json)', '它是受保护的名称（roles.json）']);
  return withCopies(found, names, copiesIn(context, process));
}

function protectedNames(context: LinkContext): readonly string[] {
  return context.set.roles.protectedNames ?? ['anonymous'];
}

interface Copy {
  readonly from: readonly string[];
  readonly to: string;
}

/** Only values can be copied on; a sealed field is a handle that says nothing, so its copies are followed by name alone. */
function withCopies(
  found: Map<string, Sentence>,
  names: readonly string[],
  copies: readonly Copy[],
): ProtectedVariables {
  const carrying = new Set(names);
  for (let before = -1; before !== carrying.size;) {
    before = carrying.size;
    for (const { from, to } of copies) {
      const source = from.find((name) => carrying.has(name));
      if (source === undefined || carrying.has(to)) continue;
      carrying.add(to);
      found.set(to, [`which is made from the protected "${source}"`, `它由受保护的“${source}”得出`]);
    }
  }
  return found;
}

function copiesIn(context: LinkContext, process: ProcessEntry): readonly Copy[] {
  const elements = process.definition.elements.flatMap((element) => [
    ...[...element.inputMappings, ...element.outputMappings].map(({ source, target }) => ({
      from: variablesRead(source),
      to: variableOf(target),
    })),
    ...(element.script ? [{ from: variablesRead(element.script.expression), to: element.script.resultVariable }] : []),
  ]);
  const forms = process.formIds.flatMap((id) => context.set.forms.get(id) ?? []);
  const computed = forms.flatMap((form) =>
    schemasOf(form).flatMap(({ field, schema }) =>
      [schema['x-value'], schema['x-default']].flatMap((keyword) => {
        const expression = formExpression(keyword);
        return expression && field ? [{ from: variablesRead(expression), to: field }] : [];
      }),
    ),
  );
  return [...elements, ...computed].filter(({ to }) => to !== '');
}
