import type { RuntimeRejection } from './ports.js';

/** A refusal of the runtime itself: nothing has changed. */
export const reject = (
  code: RuntimeRejection['code'],
  message: string,
): { readonly ok: false; readonly rejection: RuntimeRejection } => ({ ok: false, rejection: { code, message } });

/** Says nothing against the command itself: it may be asked again. */
export const isTransient = (code: string): boolean => code === 'overloaded' || code === 'conflict';
