import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SignedIn } from '../access/signed-in.js';
import type { AccountsService, StoredCredential } from '../accounts/accounts.service.js';
import { BasicCredentials } from './basic-credentials.js';
import { LoginDelay } from './login-delay.js';

const basic = (password: string): string => `Basic ${Buffer.from(`worker:${password}`).toString('base64')}`;
const worker = { id: 'worker' } as SignedIn;

describe('Basic credentials', () => {
  let isAway: boolean;
  let checks: number;
  let stored: StoredCredential;
  let credentials: BasicCredentials;

  beforeEach(() => {
    isAway = false;
    checks = 0;
    stored = { passwordHash: 'hash', signedIn: worker };
    const accounts = {
      credentialOf: async () => stored,
      verify: async (_: string, password: string) => {
        checks += 1;
        if (isAway) throw new Error('the database is away');
        return password === 'right' ? worker : undefined;
      },
    } as unknown as AccountsService;
    credentials = new BasicCredentials(accounts, new LoginDelay());
  });

  it('let many requests begin at once with one check', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => credentials.verify(basic('right'), 'here')));

    expect(answers).toEqual(Array(20).fill(worker));
    expect(checks).toBe(1);
  });

  it('are remembered, so that the next request needs no check', async () => {
    await credentials.verify(basic('right'), 'here');

    expect(await credentials.verify(basic('right'), 'here')).toBe(worker);
    expect(checks).toBe(1);
  });

  it('are forgotten with the password that they are of', async () => {
    await credentials.verify(basic('right'), 'here');
    stored = { passwordHash: 'another', signedIn: worker };
    await credentials.verify(basic('right'), 'here');

    expect(checks).toBe(2);
  });

  it('let nobody in from the moment that the account is disabled', async () => {
    await credentials.verify(basic('right'), 'here');
    stored = { passwordHash: 'hash', signedIn: undefined };

    expect(await credentials.verify(basic('right'), 'here')).toBeUndefined();
  });

  it('hold no password where they are remembered', async () => {
    await credentials.verify(basic('right'), 'here');

    expect(inspect(credentials, { depth: 9 })).not.toMatch(new RegExp(`right|${basic('right').slice(6, 20)}`));
  });

  it('do not lock an account out because the database was away', async () => {
    isAway = true;
    const failures = [1, 2, 3, 4, 5].map(() => credentials.verify(basic('right'), 'here'));
    await Promise.allSettled(failures);
    await Promise.allSettled([credentials.verify(basic('right'), 'here')]);
    await Promise.allSettled([credentials.verify(basic('right'), 'here')]);
    await Promise.allSettled([credentials.verify(basic('right'), 'here')]);
    isAway = false;

    expect(await credentials.verify(basic('right'), 'here')).toBe(worker);
  });

  it('still make guessing slow', async () => {
    await credentials.verify(basic('a'), 'here');
    await credentials.verify(basic('b'), 'here');
    await credentials.verify(basic('c'), 'here');

    await expect(credentials.verify(basic('d'), 'here')).rejects.toThrow(/no further try/);
  });
});
