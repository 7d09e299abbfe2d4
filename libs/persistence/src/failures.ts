import { isConnectionLost } from './nodes/connection-lost.js';
import { FencedOut } from './nodes/membership.js';

/** Another node stepped the same instance, or a write met other rows than expected. The batch is rolled back. */
export class CommitConflict extends Error {
  override readonly name = 'CommitConflict';
}

export type UnavailableReason = 'full' | 'readOnly' | 'locked' | 'unreachable' | 'faulty';

const SENTENCES: Readonly<Record<UnavailableReason, string>> = {
  full: 'The database cannot grow: its disk is full. Nothing of this request was saved; free space and send it again.',
  readOnly:
    'The database can only be read at the moment. Nothing of this request was saved; make its files writable and send it again.',
  locked: 'Another program holds the database. Nothing of this request was saved; send it again in a moment.',
  unreachable: 'The database does not answer. Nothing of this request was saved; send it again in a moment.',
  faulty:
    'The disk of the database reports faults. Nothing of this request was saved; check the disk and send it again.',
};

/** The database takes no changes at the moment; what was asked is not saved, and may be asked again. */
export class StoreUnavailable extends Error {
  override readonly name: string = 'StoreUnavailable';

  constructor(
    readonly reason: UnavailableReason,
    options: { readonly cause?: unknown; readonly message?: string } = {},
  ) {
    super(options.message ?? SENTENCES[reason], { cause: options.cause });
  }
}

/** COMMIT was sent and the database fell silent before it said, and could not be asked again. */
export class OutcomeUnknown extends StoreUnavailable {
  override readonly name = 'OutcomeUnknown';

  constructor(cause: unknown) {
    super('unreachable', {
      cause,
      message:
        'The database fell silent during a commit, so whether this request was saved is not known. Send it again with the same Idempotency-Key.',
    });
  }
}

/**
 * `conflict`: another was faster, worth another try on fresh state. `busy`: worth waiting for. `unavailable`: no change
 * can be made now. `unit`: the fault of one unit of work.
 */
export type FailureKind = 'conflict' | 'busy' | 'unavailable' | 'unit';

/** What to do about an error of the writer; by SQLSTATE, by SQLite's result codes and by the codes of sockets. */
export function failureKind(cause: unknown): FailureKind {
  if (cause instanceof CommitConflict) return 'conflict';
  if (cause instanceof StoreUnavailable) return 'unavailable';
  if (cause instanceof FencedOut) return 'busy';
  const code = codeOf(cause);
  if (/^(23505|40001|40P01|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY))$/.test(code)) return 'conflict';
  const reason = unavailableReason(cause);
  if (reason === undefined) return 'unit';
  return reason === 'locked' || reason === 'unreachable' ? 'busy' : 'unavailable';
}

const REASONS: readonly (readonly [RegExp, UnavailableReason])[] = [
  [/^(SQLITE_FULL|53100|ENOSPC)/, 'full'],
  [/^(SQLITE_READONLY|SQLITE_PERM|25006|EROFS)/, 'readOnly'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED|55P03)/, 'locked'],
  [/^(SQLITE_IOERR|SQLITE_CANTOPEN|SQLITE_CORRUPT|SQLITE_NOTADB|58030|58P0)/, 'faulty'],
  [/^(08|57P0|57014|53)|^ENETUNREACH/, 'unreachable'],
];

/** Why the database refuses changes, undefined where an error says something else. Also for errors of readers. */
export function unavailableReason(cause: unknown): UnavailableReason | undefined {
  if (cause instanceof StoreUnavailable) return cause.reason;
  const code = codeOf(cause);
  const known = REASONS.find(([pattern]) => pattern.test(code))?.[1];
  return known ?? (isConnectionLost(cause) ? 'unreachable' : undefined);
}

/** What kind of value PostgreSQL does not hold: a text with a zero character, a number that is too large. Undefined for other failures. */
export function unstorableValue(cause: unknown): 'text' | 'number' | undefined {
  const code = codeOf(cause);
  if (code === '22021' || code === '22P05') return 'text';
  return code === '22003' ? 'number' : undefined;
}

/** Code of the driver's error, empty where there is none. */
function codeOf(cause: unknown): string {
  const error = cause as { readonly driverError?: { readonly code?: unknown }; readonly code?: unknown } | null;
  return String(error?.driverError?.code ?? error?.code ?? '');
}
