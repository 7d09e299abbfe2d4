import type { Problem } from './process-definition.js';

/** A sentence in both languages of the screens. */
export interface ProblemText {
  readonly en: string;
  readonly zh: string;
}

export interface NamedElement {
  readonly id?: string;
  readonly name?: string;
}

/** A nearer place than the element: a part of it, or a line where no id stands. */
export interface Where {
  readonly place?: string;
  readonly line?: number | undefined;
}

export interface ProblemList {
  readonly problems: readonly Problem[];
  error(code: string, element: NamedElement | undefined, text: ProblemText, where?: Where): void;
  warning(code: string, element: NamedElement | undefined, text: ProblemText, where?: Where): void;
}

/** Collects the faults of one file; looks each element's line up by its id. */
export function problemList(file: string | undefined, lines: ReadonlyMap<string, number>): ProblemList {
  const problems: Problem[] = [];
  const add = (
    severity: Problem['severity'],
    code: string,
    element: NamedElement | undefined,
    text: ProblemText,
    where: Where = {},
  ) => {
    const line = where.line ?? (element?.id === undefined ? undefined : lines.get(element.id));
    problems.push({
      severity,
      code: `bpmn.${code}`,
      message: text.en,
      messageZh: text.zh,
      ...(file !== undefined && { file }),
      ...(element?.id !== undefined && { elementId: element.id }),
      ...(element?.name && { elementName: element.name }),
      ...(where.place !== undefined && { place: where.place }),
      ...(line !== undefined && { line }),
    });
  };
  return {
    problems,
    error: (code, element, text, where) => add('error', code, element, text, where),
    warning: (code, element, text, where) => add('warning', code, element, text, where),
  };
}

/** How an element is called in a message: its name where it has one, else its id. */
export function label(element: NamedElement): string {
  return element.name ? `"${element.name}" (${element.id ?? ''})` : `"${element.id ?? ''}"`;
}
