import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMasterKey, masterKeyOf } from './master-key.js';

describe('master key', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'master-key-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is made at the first start, for its owner alone, and read at the next', () => {
    const file = join(folder, 'data', 'master.key');

    const first = createMasterKey(file);
    const second = createMasterKey(file);

    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'data'))).toEqual(['master.key']);
    expect(second.fingerprint).toBe(first.fingerprint);
  });

  it('refuses a file with anything else in it', () => {
    const file = join(folder, 'master.key');
    writeFileSync(file, 'short');

    expect(() => createMasterKey(file)).toThrow(expect.objectContaining({ code: 'keyFileInvalid' }));
  });

  it('unwraps a data key for its own case and version alone', () => {
    const master = masterKeyOf(Buffer.alloc(32, 1));
    const dataKey = Buffer.alloc(32, 9);

    const wrapped = master.wrap(dataKey, '11', 1);

    expect(master.unwrap(wrapped, '11', 1)).toEqual(dataKey);
    expect(() => master.unwrap(wrapped, '12', 1)).toThrow(expect.objectContaining({ code: 'tampered' }));
    expect(() => master.unwrap(wrapped, '11', 2)).toThrow(expect.objectContaining({ code: 'tampered' }));
    expect(() => masterKeyOf(Buffer.alloc(32, 2)).unwrap(wrapped, '11', 1)).toThrow();
  });

  it('hashes the same value differently by kind and by installation', () => {
    const master = masterKeyOf(Buffer.alloc(32, 1));

    expect(master.indexHash('a', 'x')).toBe(master.indexHash('a', 'x'));
    expect(master.indexHash('b', 'x')).not.toBe(master.indexHash('a', 'x'));
    expect(masterKeyOf(Buffer.alloc(32, 2)).indexHash('a', 'x')).not.toBe(master.indexHash('a', 'x'));
  });
});
