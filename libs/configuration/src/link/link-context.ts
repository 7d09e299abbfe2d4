import type { BpmnElement, Problem } from '#bpmn';
import type { ConfigurationSet, ProcessEntry } from '../configuration-set.js';
import type { FileKind } from '../files.js';
import type { JsonFile } from '../read-json-files.js';

/** A sentence in English and the same in Chinese. */
export type Sentence = readonly [english: string, chinese: string];

/** @returns a sentence, or undefined where something may be sent to the address. */
export type OutgoingFault = (address: string) => Sentence | undefined;

export interface LinkContext {
  readonly set: Omit<ConfigurationSet, 'hash'>;
  readonly json: ReadonlyMap<string, JsonFile>;
  /** Kinds of which a file could not be read: a missing one of these is not reported once more. */
  readonly broken: ReadonlySet<FileKind>;
  /** Job types that this server works itself. */
  readonly jobTypes: ReadonlySet<string>;
  /** ISO date; absent: nothing is said about what will be missing soon. */
  readonly today?: string;
  /** Why the operator lets nothing be sent to an address; undefined where it may be. */
  readonly outgoingFault?: OutgoingFault;
  report(problem: Problem): void;
}

export interface Finding {
  readonly code: string;
  readonly text: Sentence;
  readonly severity?: 'error' | 'warning';
}

/** Reports a finding at an element of a diagram, with the line of that element. */
export function reportElement(
  context: LinkContext,
  process: ProcessEntry,
  element: BpmnElement,
  finding: Finding,
): void {
  const line = lineOfId(process.xml, element.id);
  context.report({
    severity: finding.severity ?? 'error',
    code: finding.code,
    message: finding.text[0],
    messageZh: finding.text[1],
    file: process.path,
    elementId: element.id,
    ...(element.name ? { elementName: element.name } : {}),
    ...(line === undefined ? {} : { line }),
  });
}

/** Reports a finding at a JSON pointer of a file, with the line of that place. */
export function reportPlace(context: LinkContext, file: string, place: string, finding: Finding): void {
  const line = context.json.get(file)?.json.lineOf(place);
  context.report({
    severity: finding.severity ?? 'error',
    code: finding.code,
    message: finding.text[0],
    messageZh: finding.text[1],
    file,
    place,
    ...(line === undefined ? {} : { line }),
  });
}

/** Line (1-based) on which an XML text gives the id; undefined where it does not. */
export function lineOfId(xml: string, id: string): number | undefined {
  const at = [`id="${id}"`, `id='${id}'`]
    .map((attribute) => xml.search(new RegExp(`\\s${escapeRegExp(attribute)}`)))
    .find((found) => found >= 0);
  return at === undefined ? undefined : xml.slice(0, at + 1).split('\n').length;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Reports, at a JSON pointer, a reference to something that is not there. */
export function reportMissing(
  context: LinkContext,
  file: string,
  place: string,
  missing: { readonly what: Sentence; readonly id: string; readonly known?: Iterable<string> },
): void {
  reportPlace(context, file, place, { code: 'link.unknownReference', text: missingSentence(missing) });
}

/** "Expected the role x to exist; did you mean y?" */
export function missingSentence({
  what,
  id,
  known = [],
}: {
  readonly what: Sentence;
  readonly id: string;
  readonly known?: Iterable<string>;
}): Sentence {
  const near = nearest(id, known);
  return [
    `Expected ${what[0]} "${id}" to exist${near ? `; did you mean "${near}"?` : '.'}`,
    `找不到${what[1]}“${id}”${near ? `，是否应为“${near}”？` : '。'}`,
  ];
}

function nearest(id: string, known: Iterable<string>): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[-_.\s]/g, '');
  const wanted = plain(id);
  return (
    [...known].find((one) => plain(one) === wanted) ?? [...known].find((one) => isOneEditApart(plain(one), wanted))
  );
}

function isOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 3) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}
