import { memoryTables, specVault } from './spec-vault.js';
import { hashPassword, verifyPassword } from './secrets.js';
import { newTrackingCode, normalizeTrackingCode, showTrackingCode } from './tracking-code.js';

describe('passwords and PINs', () => {
  it('knows the right password, salted and versioned', async () => {
    const [first, second] = [await hashPassword('demo'), await hashPassword('demo')];

    expect(first).toMatch(/^scrypt\$1\$16384\$8\$1\$/);
    expect(first).not.toBe(second);
    expect(await verifyPassword('demo', first)).toBe(true);
    expect(await verifyPassword('Demo', first)).toBe(false);
  });

  it('says no to an unknown account and to a damaged hash', async () => {
    expect(await verifyPassword('demo', undefined)).toBe(false);
    expect(await verifyPassword('demo', 'scrypt$1$x')).toBe(false);
  });

  it('binds a PIN to the installation', async () => {
    const stored = await specVault(memoryTables(), 1).hashPin('1234');

    expect(await specVault(memoryTables(), 1).verifyPin(' 1234 ', stored)).toBe(true);
    expect(await specVault(memoryTables(), 1).verifyPin('1235', stored)).toBe(false);
    expect(await specVault(memoryTables(), 2).verifyPin('1234', stored)).toBe(false);
  });
});

describe('tracking code', () => {
  it('has twelve characters that nobody mistakes, in groups of four', () => {
    expect(newTrackingCode()).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
    expect(newTrackingCode()).not.toBe(newTrackingCode());
  });

  it('is found however it was typed', () => {
    const vault = specVault(memoryTables());

    expect(normalizeTrackingCode(' abcd efgh－jklm ')).toBe('ABCDEFGHJKLM');
    expect(showTrackingCode('ABCDEFGHJKLM')).toBe('ABCD-EFGH-JKLM');
    expect(vault.trackingHash('abcd efgh jklm')).toBe(vault.trackingHash('ABCD-EFGH-JKLM'));
  });

  it.each(['', 'ABCD-EFGH-JKL', 'ABCD-EFGH-JKL0', 'ABCDEFGHJKLMN'])('refuses %j', (typed) => {
    expect(normalizeTrackingCode(typed)).toBeUndefined();
  });
});
