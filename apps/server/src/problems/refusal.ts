import type { Problem } from '#bpmn';
import type { Outcome, RuntimeRejection } from '#runtime';

/** Status by code: the one table that HTTP statuses come from. */
export const statusOf = {
  invalidArgument: 400,
  unauthenticated: 401,
  forbidden: 403,
  csrfTokenMissing: 403,
  passwordChangeRequired: 403,
  notFound: 404,
  invalidState: 409,
  alreadyExists: 409,
  conflict: 409,
  payloadTooLarge: 413,
  unsupportedMediaType: 415,
  invalidForm: 422,
  invalidFiles: 422,
  keyReused: 422,
  tooManyRequests: 429,
  overloaded: 503,
  unavailable: 503,
} as const;

export type RefusalCode = keyof typeof statusOf;

export interface RefusalDetails {
  /** The sentence for Chinese screens; absent: one that fits the code. */
  readonly zh?: string;
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
  readonly problems?: readonly Problem[];
  readonly retryAfterSeconds?: number;
  /** It may have happened all the same: clients must not simply send it again. */
  readonly isOutcomeUnknown?: boolean;
  /** More members of the problem document. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** Another status than the code's own. */
  readonly status?: number;
}

/** A clear no to a request. Services throw it, the problem filter answers it. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly details: RefusalDetails = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }

  get status(): number {
    return this.details.status ?? statusOf[this.code];
  }
}

/** The refusal of a rejected command. */
export function refusalOf(rejection: RuntimeRejection): Refusal {
  return new Refusal(
    rejection.code,
    rejection.message,
    rejection.code === 'overloaded' ? { retryAfterSeconds: 1 } : {},
  );
}

/** The reply of an outcome; a rejection is thrown as `Refusal`. */
export function replyOf<R>(outcome: Outcome<R>): R {
  if (outcome.ok) return outcome.reply;
  throw refusalOf(outcome.rejection);
}

/** The thing, or the refusal that it cannot be found: also for what another may not see. */
export function found<T>(thing: T | null | undefined, name: string): T {
  if (thing === undefined || thing === null) throw notFound(name);
  return thing;
}

/** "Expected to find user task 42 but it is not there or not visible to you." */
export function notFound(name: string): Refusal {
  return new Refusal('notFound', `Expected to find ${name} but it is not there or not visible to you.`);
}
