import type { Problem } from '#bpmn';
import { problem } from './form-problem.js';
import type { Dictionaries, FieldSchema, FormClasses } from './types.js';

export interface FormCheckContext {
  readonly classes: FormClasses;
  readonly dictionaries: Dictionaries;
  /** The form is used in a process marked as a case: each field must name its class. */
  readonly isCase: boolean;
  /** Variables of the process in which other forms leave handles of protected content; no condition may read them. */
  readonly sealedVariables?: ReadonlySet<string>;
}

export interface FieldCheck extends FormCheckContext {
  readonly problems: Problem[];
  readonly root: FieldSchema;
}

export interface FieldPlace {
  readonly name: string;
  readonly schema: FieldSchema;
  /** JSON pointer in the form file. */
  readonly pointer: string;
  /** Class of the field, its own or inherited. */
  readonly className: string | undefined;
  readonly depth: number;
  /** Objects and rows around the field, outermost first. */
  readonly levels: readonly { readonly schema: FieldSchema; readonly className: string | undefined }[];
}

export type Report = (code: string, at: string, en: string, zh: string, severity?: Problem['severity']) => void;

/** Adds problems at places below the field. */
export function reporter(place: FieldPlace, check: FieldCheck): Report {
  return (code, at, en, zh, severity) => void check.problems.push(problem(code, place.pointer + at, en, zh, severity));
}
