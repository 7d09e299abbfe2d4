import type { Key, Variables } from '#engine';
import type { SignedIn } from './access/signed-in.js';

export interface Submission {
  readonly userTaskKey: Key;
  /** What was typed, as the form names it; protected fields in plain text or as untouched handles. */
  readonly data: Variables;
  readonly account: SignedIn;
  readonly idempotencyKey?: string;
  /** Name of the button, where a client gives one. */
  readonly action?: string;
}

export interface Submitted {
  readonly processInstanceKey: Key;
  readonly caseNo: string | null;
  /** What happens next, in a plain Chinese sentence. */
  readonly next: string | null;
}

/**
 * The one door through which a user task with a form is completed, from the workbench and from `/v2` alike: validates
 * against the task's form version, seals protected fields, commits all together. Injected as `FORM_SUBMISSIONS`.
 *
 * @throws Refusal `invalidForm` with `fields`, or what the runtime refused.
 */
export interface FormSubmissionService {
  submit(submission: Submission): Promise<Submitted>;
}
