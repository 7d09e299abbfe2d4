import { Inject, Injectable } from '@nestjs/common';
import { type Database, readerQuery } from '#persistence';
import type { Runtime } from '#runtime';
import { DATABASE, RUNTIME } from '../tokens.js';

export interface ClientRequest {
  readonly fingerprint: string;
  /** Null where the effect is committed and the answer was never told. */
  readonly status: number | null;
  /** JSON text; null for an empty answer. */
  readonly body: string | null;
}

interface RequestId {
  readonly account: string;
  readonly key: string;
}

/** What clients asked for with an `Idempotency-Key`, and what they were answered; the runtime removes it after a week. */
@Injectable()
export class ClientRequests {
  /** Those that this node is at work on, whichever module serves them; of one that is answered, until that is kept. */
  readonly running = new Map<string, { kept?: Promise<void> }>();

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async find({ account, key }: RequestId): Promise<ClientRequest | undefined> {
    const [row] = await readerQuery(this.database)(
      'SELECT fingerprint, status, body FROM client_requests WHERE account = ? AND "key" = ?',
      [account, key],
    );
    if (!row) return undefined;
    return {
      fingerprint: String(row['fingerprint']),
      status: row['status'] === null ? null : Number(row['status']),
      body: row['body'] === null ? null : String(row['body']),
    };
  }

  async remember({ account, key }: RequestId, { fingerprint, status, body }: ClientRequest): Promise<void> {
    await this.runtime.write([
      {
        sql: `INSERT INTO client_requests (account, "key", fingerprint, status, body, at) VALUES (?, ?, ?, ?, ?, ?)
              ON CONFLICT (account, "key") DO UPDATE SET status = excluded.status, body = excluded.body`,
        params: [account, key, fingerprint, status, body, Date.now()],
      },
    ]);
  }
}
