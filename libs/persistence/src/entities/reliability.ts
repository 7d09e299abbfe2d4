import { Entity, Index } from 'typeorm';
import { IntegerColumn, TextColumn, TimeColumn, nullable, primary } from '../columns.js';

/** The last batch that a writer committed: tells whether a COMMIT whose answer was lost took effect. */
@Entity({ name: 'commit_marks' })
export class CommitMark {
  @TextColumn('writer', primary) writer!: string;
  @IntegerColumn('batch') batch!: number;
  @TimeColumn('at') at!: number;
}

/** A command of a client that came with an `Idempotency-Key`, and what was answered. */
@Entity({ name: 'client_requests' })
@Index('ix_client_requests_at', ['at'])
export class ClientRequest {
  @TextColumn('account', primary) account!: string;
  @TextColumn('key', primary) key!: string;
  /** Digest of method, path and body. */
  @TextColumn('fingerprint') fingerprint!: string;
  /** Null as long as the effect is committed and the answer not yet known. */
  @IntegerColumn('status', nullable) status!: number | null;
  @TextColumn('body', nullable) body!: string | null;
  @TimeColumn('at') at!: number;
}
