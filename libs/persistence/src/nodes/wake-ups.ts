import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Hint } from '#runtime';
import { mergeHints, splitHint } from './hints.js';

const CHANNEL = 'changtong';
/** Hints of so long go out as one. */
const GATHER_MS = 15;
const CONNECT_AGAIN_MS = 1_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** A database that is silent for so long gets a new connection. */
const ANSWER_TIMEOUT_MS = 15_000;

interface Message {
  readonly from: string;
  readonly hint: Hint;
}

/**
 * Hints between nodes by LISTEN and NOTIFY, on a connection of their own: it must not be shared by a pooler, and NOTIFY
 * must not hold up the commits of the writer. What is lost while the connection is down is found by polling.
 */
export class WakeUps {
  private readonly from = randomUUID();
  private readonly listeners = new Set<(hint: Hint) => void>();
  private client: pg.Client | undefined;
  private gathered: Hint | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isClosed = false;

  constructor(private readonly url: string) {}

  /** Resolves when hints are received; where the database does not answer it goes on trying. */
  async open(): Promise<void> {
    if (this.client || this.isClosed) return;
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'changtong-wake-up',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
      keepAlive: true,
    });
    this.client = client;
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.receive(payload ?? '{}'));
    try {
      await client.connect();
      await client.query(`SET synchronous_commit = off; LISTEN ${CHANNEL}`);
    } catch {
      this.lost(client);
    }
  }

  onHint(listener: (hint: Hint) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(hint: Hint): void {
    if (!this.client || this.isClosed) return;
    this.gathered = this.gathered ? mergeHints(this.gathered, hint) : hint;
    this.timer ??= setTimeout(() => void this.send(), GATHER_MS);
    this.timer.unref();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.send();
    await this.client?.end().catch(() => undefined);
  }

  private async send(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const hint = this.gathered;
    this.gathered = undefined;
    if (!hint) return;
    const client = this.client;
    const payloads = splitHint(hint).map((part) => JSON.stringify({ from: this.from, hint: part } satisfies Message));
    const sent = payloads.map((payload) => client?.query('SELECT pg_notify($1, $2)', [CHANNEL, payload]));
    // A hint that is lost is only a hint: the work is found by polling.
    await Promise.all(sent).catch(() => client && this.lost(client));
  }

  private receive(payload: string): void {
    const { from, hint } = JSON.parse(payload) as Message;
    if (from !== this.from) this.listeners.forEach((listener) => listener(hint));
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    void client.end().catch(() => undefined);
    if (!this.isClosed) setTimeout(() => void this.open(), CONNECT_AGAIN_MS).unref();
  }
}
