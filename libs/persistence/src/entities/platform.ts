import { Entity, Index } from 'typeorm';
import { IntegerColumn, KeyColumn, TextColumn, TimeColumn, nullable, primary } from '../columns.js';

/** Gap-free business numbers, one counter per series and period: a year (2026) or a month (202603). */
@Entity({ name: 'number_series' })
export class NumberSeries {
  @TextColumn('series', primary) series!: string;
  @IntegerColumn('year', primary) year!: number;
  @IntegerColumn('last') last!: number;
}

/** One row: the first key that no node has yet. */
@Entity({ name: 'key_blocks' })
export class KeyBlock {
  @IntegerColumn('id', primary) id!: number;
  @KeyColumn('next_key') nextKey!: string;
}

/** First replies of submissions, so that a repeated one changes nothing. */
@Entity({ name: 'idempotency_keys' })
@Index('ix_idempotency_keys_at', ['at'])
export class IdempotencyKey {
  @TextColumn('key', primary) key!: string;
  @TextColumn('account', primary) account!: string;
  @TextColumn('response') response!: string;
  @TimeColumn('at') at!: number;
}

/** One row: engine time as pinned, or null for real time. */
@Entity({ name: 'clock' })
export class Clock {
  @IntegerColumn('id', primary) id!: number;
  @TimeColumn('pinned_at', nullable) pinnedAt!: number | null;
}

/** Named leases, such as the one of a publication. */
@Entity({ name: 'locks' })
export class Lock {
  @TextColumn('name', primary) name!: string;
  @TextColumn('holder') holder!: string;
  @IntegerColumn('token') token!: number;
  @TimeColumn('expires_at') expiresAt!: number;
}
