import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
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

/** A key is remembered so long. */
const KEPT_MS = 7 * 24 * 3_600_000;
const SWEEP_MS = 3_600_000;

/** What clients asked for with an `Idempotency-Key`, and what they were answered. */
@Injectable()
export class ClientRequests implements OnModuleInit, OnModuleDestroy {
  private sweeping: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  onModuleInit(): void {
    this.sweeping = setInterval(() => void this.sweep().catch(() => undefined), SWEEP_MS);
    this.sweeping.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.sweeping);
  }

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

  private async sweep(): Promise<void> {
    const before = Date.now() - KEPT_MS;
    await this.runtime.write([
      { sql: 'DELETE FROM client_requests WHERE at < ?', params: [before] },
      { sql: `DELETE FROM idempotency_keys WHERE at < ? AND "key" LIKE 'request:%'`, params: [before] },
    ]);
  }
}
