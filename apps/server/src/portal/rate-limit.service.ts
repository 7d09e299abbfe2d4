import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Refusal } from '../problems/refusal.js';

/** Points within seconds, per address. */
const LIMITS = {
  submit: { points: 30, duration: 600 },
  upload: { points: 100, duration: 600 },
  look: { points: 60, duration: 60 },
  wrongCode: { points: 10, duration: 600 },
} as const;

export type LimitName = keyof typeof LIMITS;

/**
 * Slows down who asks too often. An address is kept in memory alone, as a hash with a salt that ends with the process;
 * no address of a petitioner reaches the database, a log or a metric.
 */
@Injectable()
export class RateLimitService {
  private readonly salt = randomBytes(32);
  private readonly limiters = Object.fromEntries(
    Object.entries(LIMITS).map(([name, limit]) => [name, new RateLimiterMemory({ ...limit, keyPrefix: name })]),
  ) as Record<LimitName, RateLimiterMemory>;

  /** Takes a point; a refusal `tooManyRequests` when none is left. */
  async take(name: LimitName, address: string): Promise<void> {
    try {
      await this.limiters[name].consume(this.keyOf(address));
    } catch (refused) {
      if (refused instanceof Error) throw refused;
      const seconds = Math.ceil(((refused as { msBeforeNext?: number }).msBeforeNext ?? 60_000) / 1000);
      throw new Refusal('tooManyRequests', 'Expected fewer requests.', {
        zh: '操作过于频繁，请稍后再试。',
        retryAfterSeconds: seconds,
      });
    }
  }

  /** A refusal where no point is left, without taking one. */
  async require(name: LimitName, address: string): Promise<void> {
    const state = await this.limiters[name].get(this.keyOf(address));
    if (state === null || state.remainingPoints > 0) return;
    throw new Refusal('tooManyRequests', 'Expected fewer requests.', {
      zh: '尝试次数过多，请稍后再试。',
      retryAfterSeconds: Math.ceil(state.msBeforeNext / 1000),
    });
  }

  private keyOf(address: string): string {
    return createHmac('sha256', this.salt).update(address).digest('base64url');
  }
}
