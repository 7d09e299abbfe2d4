import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../problems/refusal.js';

interface Failures {
  readonly count: number;
  /** Real time, epoch ms. */
  readonly blockedUntil: number;
}

const freeFailures = 3;
const longestMs = 60_000;
const rememberedMs = 15 * 60_000;
const mostEntries = 10_000;

/**
 * Makes guessing slow: after three failures of an account from an address each further try must wait, 1 s, 2 s, 4 s, up
 * to a minute. Kept in memory under a hash whose salt dies with the process, so no address is stored anywhere.
 */
@Injectable()
export class LoginDelay {
  private readonly salt = randomBytes(16);
  private readonly entries = new Map<string, Failures>();

  /** @throws Refusal `tooManyRequests` while the account must wait. */
  check(account: string, address: string, now: number = Date.now()): void {
    const waitMs = (this.entries.get(this.id(account, address))?.blockedUntil ?? 0) - now;
    if (waitMs <= 0) return;
    const seconds = Math.ceil(waitMs / 1000);
    throw new Refusal('tooManyRequests', `Expected no further try within ${seconds} s.`, {
      zh: `尝试次数过多，请 ${seconds} 秒后再试。`,
      retryAfterSeconds: seconds,
    });
  }

  /** Counts a failure; gives a function that takes it back, for a try that nobody could check. */
  failed(account: string, address: string, now: number = Date.now()): () => void {
    const id = this.id(account, address);
    const before = this.entries.get(id);
    const isFresh = before !== undefined && now - before.blockedUntil < rememberedMs;
    const count = (isFresh ? before.count : 0) + 1;
    const delayMs = count < freeFailures ? 0 : Math.min(longestMs, 1000 * 2 ** (count - freeFailures));
    this.entries.delete(id);
    this.entries.set(id, { count, blockedUntil: now + delayMs });
    const oldest = this.entries.keys().next();
    if (this.entries.size > mostEntries && !oldest.done) this.entries.delete(oldest.value);
    return () => (before ? this.entries.set(id, before) : this.entries.delete(id));
  }

  succeeded(account: string, address: string): void {
    this.entries.delete(this.id(account, address));
  }

  private id(account: string, address: string): string {
    return createHash('sha256')
      .update(this.salt)
      .update(JSON.stringify([account, address]))
      .digest('base64');
  }
}
