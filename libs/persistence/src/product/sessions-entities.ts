import { Entity } from 'typeorm';
import { TextColumn, TimeColumn } from '../columns.js';

/** A signed-in browser. The token itself stands in its cookie alone; here is its hash. Times are real, never engine time. */
@Entity({ name: 'sessions' })
export class SessionEntity {
  @TextColumn('token_hash', { primary: true }) tokenHash!: string;
  @TextColumn('account') account!: string;
  @TimeColumn('created_at') createdAt!: number;
  @TimeColumn('expires_at') expiresAt!: number;
}

export const sessionEntities = [SessionEntity] as const;
