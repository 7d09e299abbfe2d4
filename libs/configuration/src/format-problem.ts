import type { Problem } from '#bpmn';

/** Writes a problem as one line: `file:line element message`, in Chinese where asked for and where there is a text. */
export function formatProblem(problem: Problem, language: 'en' | 'zh' = 'en'): string {
  const where = problem.file ? `${problem.file}${problem.line ? `:${problem.line}` : ''}` : '';
  const element = problem.elementId
    ? `[${problem.elementId}${problem.elementName ? ` ${problem.elementName}` : ''}]`
    : (problem.place ?? '');
  const text = language === 'zh' ? (problem.messageZh ?? problem.message) : problem.message;
  return [where, problem.severity, element, text].filter(Boolean).join(' ');
}

/** Tells whether a set with these problems must not be deployed. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
