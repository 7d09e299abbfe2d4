import type { Row, RowWrite } from '#runtime';
import type { Database } from '../database.js';
import { KeptReads } from '../kept-reads.js';
import { readerQuery } from '../reader-query.js';

export interface SessionRecord {
  readonly tokenHash: string;
  readonly account: string;
  readonly createdAt: number;
  /** Real time, epoch ms. */
  readonly expiresAt: number;
}

export interface SessionsRepository {
  /** The session of a token's hash, unless it has run out at `now`. */
  findOpen(tokenHash: string, now: number): Promise<SessionRecord | undefined>;
}

/** Reads sessions; what changes them is given as writes for the group commit. */
export function createSessionsRepository(database: Database): SessionsRepository {
  const query = readerQuery(database);
  const kept = new KeptReads(database, async (tokenHash) => {
    const sql = 'SELECT account, created_at, expires_at FROM sessions WHERE token_hash = ?';
    const row = (await query(sql, [tokenHash]))[0];
    return row && toRecord(tokenHash, row);
  });
  return {
    findOpen: async (tokenHash, now) => {
      const session = await kept.get(tokenHash);
      return session && session.expiresAt > now ? session : undefined;
    },
  };
}

function toRecord(tokenHash: string, row: Row): SessionRecord {
  return {
    tokenHash,
    account: String(row['account']),
    createdAt: Number(row['created_at']),
    expiresAt: Number(row['expires_at']),
  };
}

/** Opens a session and forgets those that have run out. */
export function insertSession(session: SessionRecord): RowWrite[] {
  const { tokenHash, account, createdAt, expiresAt } = session;
  const row = { token_hash: tokenHash, account, created_at: createdAt, expires_at: expiresAt };
  return [
    { sql: 'DELETE FROM sessions WHERE expires_at < ?', params: [createdAt] },
    { insert: 'sessions', rows: [row] },
  ];
}

export function extendSession(tokenHash: string, expiresAt: number): RowWrite[] {
  return [{ sql: 'UPDATE sessions SET expires_at = ? WHERE token_hash = ?', params: [expiresAt, tokenHash] }];
}

export function deleteSession(tokenHash: string): RowWrite[] {
  return [{ sql: 'DELETE FROM sessions WHERE token_hash = ?', params: [tokenHash] }];
}

/** Ends all sessions of an account, but not the one of `exceptTokenHash`. */
export function deleteSessionsOf(account: string, exceptTokenHash = ''): RowWrite[] {
  return [{ sql: 'DELETE FROM sessions WHERE account = ? AND token_hash <> ?', params: [account, exceptTokenHash] }];
}
