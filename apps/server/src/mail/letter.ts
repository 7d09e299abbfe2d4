import type { MailTemplate } from '#configuration';

export interface Letter {
  /** One address, such as `person@example.org`. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same at every attempt, by which the receiver knows a repetition. */
  readonly idempotencyKey: string;
}

/** What a template may name; none of it is content of a case. */
export interface LetterValues {
  readonly organization: string;
  /** Name of the procedure, such as 督办. */
  readonly title: string;
  readonly caseNo: string;
  readonly link: string;
}

const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
const LONGEST_ADDRESS = 254;

/** True for one plain mailbox address (RFC 5321), without a name, a comma, a quote or a line break. */
export function isMailAddress(text: string): boolean {
  return text.length <= LONGEST_ADDRESS && ADDRESS.test(text);
}

/** The template with its `{{names}}` filled in; a value cannot begin a line, so it cannot add a header. */
export function filled(template: MailTemplate, values: LetterValues): { subject: string; text: string } {
  return { subject: oneLine(filledText(template.subject, values)).trim(), text: filledText(template.text, values) };
}

/** A text with its `{{names}}` filled in. */
export function filledText<Values extends object>(text: string, values: Values): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => oneLine(String(values[name as keyof Values] ?? '')));
}

/** Control characters, line and paragraph separators become spaces. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
