import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { MasterKey } from '#vault';
import type { SignedIn } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { MASTER_KEY } from '../tokens.js';

/** Seconds that an access token is good for. */
export const accessTokenSeconds = 3600;

interface Claims {
  /** Account id. */
  readonly sub: string;
  /** Real time, epoch seconds. */
  readonly exp: number;
}

/**
 * Access tokens of OAuth 2.0 (RFC 6749, RFC 6750) for clients of `/v2`. They are stored nowhere: all nodes know the key
 * that signs them. The signature covers the password's hash, so a new password ends them, and so does disabling.
 */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly accounts: AccountsService,
    @Inject(MASTER_KEY) private readonly masterKey: MasterKey,
  ) {}

  async issue(accountId: string, now: number = Date.now()): Promise<string> {
    const claims: Claims = { sub: accountId, exp: Math.floor(now / 1000) + accessTokenSeconds };
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const credential = await this.accounts.credentialOf(accountId);
    return `${payload}.${this.signature(payload, credential?.passwordHash)}`;
  }

  /** The account of an `Authorization` header; undefined where it is another scheme, has run out or is not ours. */
  async verify(header: string, now: number = Date.now()): Promise<SignedIn | undefined> {
    const [, payload, signature] = /^Bearer ([A-Za-z0-9_-]{1,1000})\.([A-Za-z0-9_+/=-]{1,200})$/i.exec(header) ?? [];
    const claims = payload === undefined ? undefined : claimsOf(payload);
    if (!claims || payload === undefined || signature === undefined || claims.exp * 1000 <= now) return undefined;
    const credential = await this.accounts.credentialOf(claims.sub);
    const expected = Buffer.from(this.signature(payload, credential?.passwordHash));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
    return credential?.signedIn;
  }

  private signature(payload: string, passwordHash: string | undefined): string {
    return this.masterKey.indexHash('accessToken', JSON.stringify([payload, passwordHash ?? '']));
  }
}

function claimsOf(payload: string): Claims | undefined {
  try {
    const { sub, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Partial<Claims>;
    return typeof sub === 'string' && typeof exp === 'number' ? { sub, exp } : undefined;
  } catch {
    // Whatever it is, it is no token of ours.
    return undefined;
  }
}
