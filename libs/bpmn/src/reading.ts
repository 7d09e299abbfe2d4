import { compileAttribute, type CompiledExpression } from '#feel';
import { label, type ProblemList } from './problem-list.js';
import type { ModdleElement } from './moddle.js';

/** A name that a file of the set must resolve, and where it stands. */
export interface BpmnReference {
  readonly name: string;
  readonly elementId: string;
  readonly elementName: string;
  readonly bpmnProcessId: string;
}

/** What the linker follows from a diagram into other files. Names given by an expression are not listed. */
export interface BpmnReferences {
  readonly forms: readonly BpmnReference[];
  readonly decisions: readonly BpmnReference[];
  readonly calledProcesses: readonly BpmnReference[];
  readonly jobTypes: readonly BpmnReference[];
  readonly messages: readonly BpmnReference[];
  readonly signals: readonly BpmnReference[];
  readonly candidateGroups: readonly BpmnReference[];
}

export type ReferenceKind = keyof BpmnReferences;

/** The one thing that readers of a file share: where faults and references go. */
export interface Reading {
  readonly problems: ProblemList;
  readonly references: { readonly [kind in ReferenceKind]: BpmnReference[] };
  bpmnProcessId: string;
}

export function newReading(problems: ProblemList): Reading {
  const references = {
    forms: [],
    decisions: [],
    calledProcesses: [],
    jobTypes: [],
    messages: [],
    signals: [],
    candidateGroups: [],
  };
  return { problems, references, bpmnProcessId: '' };
}

export function refer(reading: Reading, kind: ReferenceKind, element: ModdleElement, name: string | undefined): void {
  if (!name) return;
  const { bpmnProcessId } = reading;
  reading.references[kind].push({ name, elementId: element.id ?? '', elementName: element.name ?? '', bpmnProcessId });
}

/** Notes the name only where it is written out, not computed. */
export function referStatic(
  reading: Reading,
  kind: ReferenceKind,
  element: ModdleElement,
  expression: CompiledExpression | undefined,
): void {
  if (expression?.isStatic) refer(reading, kind, element, expression.source);
}

/** Compiles a zeebe attribute: FEEL after `=`, else the text itself. A fault is noted with its position. */
export function compile(
  reading: Reading,
  element: ModdleElement,
  place: string,
  text: string,
): CompiledExpression | undefined {
  const result = compileAttribute(text);
  if (result.ok) return result.expression;
  for (const problem of result.problems) {
    const at = `${problem.line}:${problem.column}`;
    reading.problems.error(
      'invalidExpression',
      element,
      {
        en: `Expected a FEEL expression in ${place} of ${label(element)} but at ${at} found: ${problem.message} Text: ${text}`,
        zh: `${label(element)} 的 ${place} 不是有效的 FEEL 表达式（${at}）：${problem.message} 原文：${text}`,
      },
      { place },
    );
  }
  return undefined;
}

export function compileOptional(
  reading: Reading,
  element: ModdleElement,
  place: string,
  text: string | undefined,
): CompiledExpression | undefined {
  return text === undefined ? undefined : compile(reading, element, place, text);
}

/** Compiles a text that is always FEEL, with or without the leading `=`. */
export function compileFeel(
  reading: Reading,
  element: ModdleElement,
  place: string,
  text: string,
): CompiledExpression | undefined {
  return compile(reading, element, place, text.startsWith('=') ? text : `=${text}`);
}
