import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  createCalendarTokens,
  removeCalendarToken,
  replaceCalendarToken,
  type CalendarTokens,
  type Database,
} from '#persistence';
import type { Runtime } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { found, replyOf } from '../problems/refusal.js';
import { DATABASE, RUNTIME } from '../tokens.js';

const BYTES = 32;

/**
 * Secrets in the addresses of calendars: who has one reads what its account may read, now, and nothing else. One for each
 * account; only its hash is kept.
 */
@Injectable()
export class CalendarTokensService {
  readonly queries: CalendarTokens;

  constructor(
    private readonly accounts: AccountsService,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.queries = createCalendarTokens(database);
  }

  /** A new secret; the one before opens nothing any more. It cannot be shown again. */
  async renew(account: SignedIn): Promise<string> {
    const token = randomBytes(BYTES).toString('base64url');
    replyOf(await this.runtime.write(replaceCalendarToken(account.id, hashOf(token), Date.now())));
    return token;
  }

  async revoke(account: SignedIn): Promise<void> {
    replyOf(await this.runtime.write(removeCalendarToken(account.id)));
  }

  /** @throws Refusal `notFound`, also where the account can no longer sign in. */
  async holderOf(token: string): Promise<SignedIn> {
    const account = await this.queries.accountOf(hashOf(token));
    return found(account === undefined ? undefined : await this.accounts.signedIn(account), 'calendar');
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
