import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { Refusal } from '../problems/refusal.js';
import { LoginDelay } from './login-delay.js';

/** Checks user name and password, slower after each failure; a try counts before it is checked, many at once win nothing. */
@Injectable()
export class LoginService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly delay: LoginDelay,
  ) {}

  /** @throws Refusal `unauthenticated`, the same for an unknown account and a wrong password; `tooManyRequests`. */
  async verify(username: string, password: string, address: string): Promise<SignedIn> {
    this.delay.check(username, address);
    const takeBack = this.delay.failed(username, address);
    const account = await this.accounts.verify(username, password).catch((cause: unknown) => {
      takeBack();
      throw cause;
    });
    if (!account) {
      throw new Refusal('unauthenticated', 'Expected a known user name with its password.', {
        zh: '账号或密码不正确。',
      });
    }
    this.delay.succeeded(username, address);
    return account;
  }
}
