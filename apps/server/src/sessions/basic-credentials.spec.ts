import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SignedIn } from '../access/signed-in.js';
import type { AccountsService } from '../accounts/accounts.service.js';
import { BasicCredentials } from './basic-credentials.js';
import { LoginDelay } from './login-delay.js';

const basic = (password: string): string => `Basic ${Buffer.from(`worker:${password}`).toString('base64')}`;
const worker = { id: 'worker' } as SignedIn;

describe('Basic credentials', () => {
  let isAway: boolean;
  let checks: number;
  let credentials: BasicCredentials;

  beforeEach(() => {
    isAway = false;
    checks = 0;
    const accounts = {
      passwordHashOf: async () => 'hash',
      signedIn: async () => worker,
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
