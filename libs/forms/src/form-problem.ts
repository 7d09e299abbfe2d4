import type { Problem } from '#bpmn';

/** A fault at a JSON pointer of a form file; an error unless said otherwise. */
export function problem(
  code: string,
  place: string,
  message: string,
  messageZh: string,
  severity: Problem['severity'] = 'error',
): Problem {
  return { severity, code, message, messageZh, place };
}
