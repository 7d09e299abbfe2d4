import type { RuntimeRejection } from './ports.js';

/** A refusal of the runtime itself: nothing has changed. */
export const reject = (
  code: RuntimeRejection['code'],
  message: string,
): { readonly ok: false; readonly rejection: RuntimeRejection } => ({ ok: false, rejection: { code, message } });
