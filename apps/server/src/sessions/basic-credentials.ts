import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { LoginDelay } from './login-delay.js';

const rememberedMs = 60_000;
const mostEntries = 1_000;

interface Verified {
  readonly user: string;
  readonly passwordHash: string;
  /** Real time, epoch ms. */
  readonly until: number;
}

interface Credential {
  readonly user: string;
  readonly password: string;
}

/**
 * HTTP Basic for clients of `/v2`. A verified credential is remembered for 60 s, since scrypt costs 40 ms: under a digest of
 * the header and a secret that dies with the process, so that no password stays. It holds only as long as the account
 * has the same password and is not disabled, which is looked at each time.
 */
@Injectable()
export class BasicCredentials {
  private readonly key = randomBytes(32).toString('base64');
  /** Requests that come at once with one credential are one try. */
  private readonly checking = new Map<string, Promise<SignedIn | undefined>>();
  private readonly verified = new Map<string, Verified>();

  constructor(
    private readonly accounts: AccountsService,
    private readonly delay: LoginDelay,
  ) {}

  /** The account of an `Authorization` header; undefined where it is another scheme or wrong. */
  async verify(header: string, address: string): Promise<SignedIn | undefined> {
    const id = hash('sha256', this.key + header);
    const known = this.verified.get(id);
    if (known && known.until > Date.now()) {
      const stored = await this.accounts.credentialOf(known.user);
      if (stored?.passwordHash === known.passwordHash) return stored.signedIn;
    }
    const credential = parse(header);
    return credential && this.checkOnce(credential, id, address);
  }

  private async checkOnce(credential: Credential, id: string, address: string): Promise<SignedIn | undefined> {
    const { user } = credential;
    const passwordHash = (await this.accounts.credentialOf(user))?.passwordHash;
    const attempt = `${id} ${address}`;
    const check = this.checking.get(attempt) ?? this.check(credential, address);
    this.checking.set(attempt, check);
    const account = await check.finally(() => this.checking.delete(attempt));
    if (account && passwordHash !== undefined) this.remember(id, { user, passwordHash });
    return account;
  }

  private async check({ user, password }: Credential, address: string): Promise<SignedIn | undefined> {
    this.delay.check(user, address);
    const takeBack = this.delay.failed(user, address);
    try {
      const account = await this.accounts.verify(user, password);
      if (account) this.delay.succeeded(user, address);
      return account;
    } catch (cause) {
      takeBack();
      throw cause;
    }
  }

  private remember(id: string, checked: Omit<Verified, 'until'>): void {
    if (this.verified.size >= mostEntries) this.verified.clear();
    this.verified.set(id, { ...checked, until: Date.now() + rememberedMs });
  }
}

function parse(header: string): Credential | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]{1,4096})$/i.exec(header)?.[1];
  const text = encoded && Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text ? text.indexOf(':') : -1;
  return text && colon > 0 ? { user: text.slice(0, colon), password: text.slice(colon + 1) } : undefined;
}
