import type { Rejection, RejectionCode } from '../commands.js';

/** What a command handler answers: the command is taken, or refused with a reason. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly rejection: Rejection };

export const accepted: Outcome = { ok: true };

export function rejected(code: RejectionCode, message: string): Outcome {
  return { ok: false, rejection: { code, message } };
}
