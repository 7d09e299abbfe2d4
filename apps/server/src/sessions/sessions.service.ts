import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  createSessionsRepository,
  type Database,
  deleteSession,
  deleteSessionsOf,
  extendSession,
  insertSession,
  type SessionsRepository,
} from '#persistence';
import type { Runtime } from '#runtime';
import type { MasterKey } from '#vault';
import type { SignedIn } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { replyOf } from '../problems/refusal.js';
import { DATABASE, MASTER_KEY, RUNTIME } from '../tokens.js';

export const sessionHours = 12;
const sessionMs = sessionHours * 3_600_000;
/** A session in use is prolonged at most this often, so that reading a page writes nothing. */
const prolongAfterMs = 10 * 60_000;

export interface OpenSession {
  readonly account: SignedIn;
  readonly tokenHash: string;
}

/** Sessions live on the server; the browser has a random token, the database its hash. They follow real time. */
@Injectable()
export class SessionsService {
  private readonly repository: SessionsRepository;

  constructor(
    private readonly accounts: AccountsService,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(MASTER_KEY) private readonly masterKey: MasterKey,
    @Inject(DATABASE) database: Database,
  ) {
    this.repository = createSessionsRepository(database);
  }

  /** Gives the token for the cookie; it is stored nowhere. */
  async open(accountId: string): Promise<{ readonly token: string; readonly csrfToken: string }> {
    const token = randomBytes(32).toString('base64url');
    const tokenHash = hashOf(token);
    const createdAt = Date.now();
    const session = { tokenHash, account: accountId, createdAt, expiresAt: createdAt + sessionMs };
    replyOf(await this.runtime.write(insertSession(session)));
    return { token, csrfToken: this.csrfToken(tokenHash) };
  }

  async resolve(token: string): Promise<OpenSession | undefined> {
    const now = Date.now();
    const session = await this.repository.findOpen(hashOf(token), now);
    const account = session && (await this.accounts.signedIn(session.account));
    if (!session || !account) return undefined;
    if (session.expiresAt - now < sessionMs - prolongAfterMs) {
      await this.runtime.write(extendSession(session.tokenHash, now + sessionMs));
    }
    return { account, tokenHash: session.tokenHash };
  }

  async close(tokenHash: string): Promise<void> {
    replyOf(await this.runtime.write(deleteSession(tokenHash)));
  }

  async closeAllOf(accountId: string, exceptTokenHash?: string): Promise<void> {
    replyOf(await this.runtime.write(deleteSessionsOf(accountId, exceptTokenHash)));
  }

  csrfToken(tokenHash: string): string {
    return this.masterKey.indexHash('csrf', tokenHash);
  }

  isCsrfToken(tokenHash: string, given: string): boolean {
    const expected = Buffer.from(this.csrfToken(tokenHash));
    const actual = Buffer.from(given);
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
