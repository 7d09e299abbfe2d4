import { caseCipher } from './case-cipher.js';
import type { SealedValueRow } from './rows.js';

const dataKey = Buffer.alloc(32, 7);
const cipher = caseCipher('11', 1, dataKey);
const leaf = { sealedKey: '21', field: 'name', class: 'ident', value: '张三丰' };
const by = { writtenBy: 'portal', writtenAt: 5 };

const flipped = (base64: string): string => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
};

describe('case cipher', () => {
  it('opens what it sealed', () => {
    const row = cipher.seal({ ...leaf, value: { id: '1', type: 'image/png' } }, by);

    expect(cipher.open(row)).toEqual({ id: '1', type: 'image/png' });
    expect(row).toMatchObject({ case_key: '11', kind: 'file', key_version: 1, user_task_key: null });
  });

  it('leaves no byte of the value in the row', () => {
    const row = cipher.seal(leaf, by);

    const stored = Buffer.concat(Object.values(row).map((column) => Buffer.from(String(column))));
    const decoded = Buffer.concat([row.iv, row.ciphertext, row.tag].map((column) => Buffer.from(column, 'base64')));
    expect(stored.includes('张三丰')).toBe(false);
    expect(decoded.includes('张')).toBe(false);
  });

  it('never makes the same ciphertext twice and hides the length of short values', () => {
    const [short, long] = [cipher.seal({ ...leaf, value: '丁' }, by), cipher.seal(leaf, by)];

    expect(short.ciphertext).toHaveLength(long.ciphertext.length);
    expect(cipher.seal(leaf, by).ciphertext).not.toBe(long.ciphertext);
  });

  it.each<[string, (row: SealedValueRow) => Partial<SealedValueRow>]>([
    ['iv', (row) => ({ iv: flipped(row.iv) })],
    ['ciphertext', (row) => ({ ciphertext: flipped(row.ciphertext) })],
    ['tag', (row) => ({ tag: flipped(row.tag) })],
    ['shortened tag', (row) => ({ tag: Buffer.from(row.tag, 'base64').subarray(0, 4).toString('base64') })],
    ['case', () => ({ case_key: '12' })],
    ['field', () => ({ field: 'note' })],
    ['sealed key', () => ({ sealed_key: '22' })],
    ['class', () => ({ class: 'stat' })],
    ['key version', () => ({ key_version: 2 })],
  ])('refuses a row whose %s was changed', (_, change) => {
    const row = cipher.seal(leaf, by);

    expect(() => cipher.open({ ...row, ...change(row) })).toThrow(expect.objectContaining({ code: 'tampered' }));
  });

  it('refuses a row under the key of another case', () => {
    const other = caseCipher('11', 1, Buffer.alloc(32, 8));

    expect(() => other.open(cipher.seal(leaf, by))).toThrow(expect.objectContaining({ code: 'tampered' }));
  });

  it('opens a draft for its task and account alone', () => {
    const draft = cipher.sealDraft({ userTaskKey: '31', account: 'xf_clerk', data: { name: '张三' }, savedAt: 9 });

    expect(cipher.openDraft(draft)).toEqual({ name: '张三' });
    expect(() => cipher.openDraft({ ...draft, account: 'admin' })).toThrow(
      expect.objectContaining({ code: 'tampered' }),
    );
    expect(() => cipher.openDraft({ ...draft, user_task_key: '32' })).toThrow(
      expect.objectContaining({ code: 'tampered' }),
    );
  });

  it('opens a file under its own name alone', () => {
    const sealed = cipher.sealBytes(Buffer.from('scan'), 'a1');

    expect(cipher.openBytes(sealed, 'a1').toString()).toBe('scan');
    expect(() => cipher.openBytes(sealed, 'a2')).toThrow(expect.objectContaining({ code: 'tampered' }));
  });

  it('opens what is known of a file under its own name and case alone, and does not tell how long its name is', () => {
    const sealed = cipher.sealAbout({ name: '张三的信.pdf' }, 'a1');

    expect(cipher.openAbout(sealed, 'a1')).toEqual({ name: '张三的信.pdf' });
    expect(cipher.sealAbout({ name: '信.pdf' }, 'a1')).toHaveLength(sealed.length);
    const other = caseCipher('12', 1, Buffer.alloc(32, 7));
    for (const open of [() => cipher.openAbout(sealed, 'a2'), () => other.openAbout(sealed, 'a1')])
      expect(open).toThrow(expect.objectContaining({ code: 'tampered' }));
    expect(() => cipher.openBytes(Buffer.from(sealed, 'base64'), 'a1')).toThrow(
      expect.objectContaining({ code: 'tampered' }),
    );
  });
});
