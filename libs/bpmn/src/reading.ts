import { compileAttribute, type CompiledExpression } from '#feel';
import { label, type ProblemList } from './problem-list.js';
import { textOf, type ModdleElement } from './moddle.js';
import type { ElementIndex } from './process-definition.js';
import { translateJuel } from './translate-juel.js';

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
  /** Prefixes by which the file names attributes of other engines. */
  readonly foreignPrefixes: ReadonlySet<string>;
  /** Of the process that is read now. */
  bpmnProcessId: string;
  indexOf: ReadonlyMap<ModdleElement, ElementIndex>;
}

export function newReading(problems: ProblemList, foreignPrefixes: ReadonlySet<string> = new Set()): Reading {
  const references = {
    forms: [],
    decisions: [],
    calledProcesses: [],
    jobTypes: [],
    messages: [],
    signals: [],
    candidateGroups: [],
  };
  return { problems, references, foreignPrefixes, bpmnProcessId: '', indexOf: new Map() };
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
        zh: `${label(element)} 的 ${place} 不是有效的 FEEL 表达式（${at}）：${problem.messageZh ?? problem.message} 原文：${text}`,
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

/**
 * Compiles a `bpmn:tFormalExpression`: FEEL with or without the leading `=`, or a simple `${...}` of other engines. One
 * that names another expression language is refused.
 */
export function compileStandard(
  reading: Reading,
  element: ModdleElement,
  place: string,
  expression: ModdleElement | undefined,
): CompiledExpression | undefined {
  const text = textOf(expression, 'body');
  if (text === undefined) return undefined;
  const language = textOf(expression, 'language');
  const juel = /^[$#]\{/.test(text) ? translateJuel(text) : undefined;
  if (juel !== undefined) return compileFeel(reading, element, place, juel);
  const isForeign = language !== undefined && !/feel/i.test(language);
  if (!isForeign && !/^[$#]\{/.test(text)) return compileFeel(reading, element, place, text);
  reading.problems.error(
    'foreignExpression',
    element,
    {
      en: `Expected ${place} of ${label(element)} to be a FEEL expression but it is written in ${language ?? 'another expression language'}: ${text}`,
      zh: `${label(element)} 的 ${place} 必须是 FEEL 表达式，现使用${language ?? '其他表达式语言'}：${text}`,
    },
    { place },
  );
  return undefined;
}

/** A text of a zeebe attribute, or the one that another engine's attribute of the same name carries, translated. */
export function textOrForeign(
  reading: Reading,
  element: ModdleElement,
  zeebe: ModdleElement | undefined,
  name: string,
): string | undefined {
  const own = textOf(zeebe, name);
  if (own !== undefined) return own;
  const foreign = foreignText(reading, element, name);
  if (foreign === undefined || !/[$#]\{/.test(foreign)) return foreign;
  const feel = translateJuel(foreign);
  if (feel !== undefined) return `=${feel}`;
  reading.problems.error(
    'foreignExpression',
    element,
    {
      en: `Expected ${name} of ${label(element)} to be a simple expression that can be translated to FEEL but found: ${foreign}`,
      zh: `${label(element)} 的 ${name} 无法自动转换为 FEEL 表达式，请改写：${foreign}`,
    },
    { place: name },
  );
  return undefined;
}

function foreignText({ foreignPrefixes }: Reading, element: ModdleElement, name: string): string | undefined {
  const attributes = element.$attrs ?? {};
  return [...foreignPrefixes].map((prefix) => attributes[`${prefix}:${name}`]?.trim()).find((text) => text);
}

/** Notes that something the element needs is not there. */
export function missing(reading: Reading, element: ModdleElement, what: string, whatZh: string): void {
  reading.problems.error('missingDefinition', element, {
    en: `Expected ${label(element)} to define ${what} but it does not.`,
    zh: `${label(element)} 缺少${whatZh}。`,
  });
}
