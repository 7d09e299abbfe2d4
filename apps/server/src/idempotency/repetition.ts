export const COMMAND = 'idempotency:command';

/**
 * `stored`: the answer is kept for a repetition; it must hold nothing that is kept encrypted elsewhere. `own`: the handler
 * passes the key on and gives the same answer by itself, since the answer must not be kept.
 */
export type Repetition = 'stored' | 'own';
