import { memoryTables, specVault } from './spec-vault.js';
import type { MemoryTables } from './spec-vault.js';
import type { RevealRequest } from './reveal.js';
import type { RevealPolicy } from './policy.js';

const policy: RevealPolicy = [
  { id: 'xf_clerk', sees: { ident: 'reason', content: 'reason' } },
  { id: 'mine_leader', sees: { ident: 'masked', content: 'reason' } },
];
const by = { writtenBy: 'portal', writtenAt: 5 };
const name = { sealedKey: '21', field: 'name', class: 'ident', value: '张三', match: 'petitioner', matchValue: '张三' };
const text = { sealedKey: '22', field: 'demands.text', class: 'content', value: '欠薪' };
const accused = { sealedKey: '23', field: 'accusedRefs.ref', class: 'accused', value: 'hr', excludes: ['hr'] };
const request: RevealRequest = {
  caseKey: '11',
  sealedKeys: ['21', '22'],
  account: 'li',
  roles: ['xf_clerk'],
  reason: '核实身份',
  purpose: 'screen',
};

async function storedCase(memory: MemoryTables, caseKey = '11'): Promise<ReturnType<typeof specVault>> {
  const vault = specVault(memory);
  const { cipher, writes } = vault.createCase(caseKey);
  await memory.commit([...writes, ...vault.sealLeaves(cipher, [name, text, accused], by)]);
  return vault;
}

describe('vault', () => {
  it('marks a new database, knows it again, and refuses another master key', async () => {
    const memory = memoryTables();

    await memory.commit(await specVault(memory, 1).claimDatabase());

    await expect(specVault(memory, 1).claimDatabase()).resolves.toEqual([]);
    await expect(specVault(memory, 2).claimDatabase()).rejects.toMatchObject({ code: 'wrongMasterKey' });
  });

  it('stores nothing readable in any table', async () => {
    const memory = memoryTables();

    await storedCase(memory);

    const dump = JSON.stringify(memory.tables);
    expect(dump).not.toMatch(/张三|欠薪|"hr"/);
    expect(Object.keys(memory.tables)).toEqual(['case_keys', 'sealed_values', 'sealed_matches']);
  });

  it('reveals values and records who saw what and why', async () => {
    const memory = memoryTables();
    const vault = await storedCase(memory);

    const revealed = await vault.reveal(request, policy, memory.commit);

    expect(revealed).toEqual({
      ok: true,
      values: new Map([
        ['21', '张三'],
        ['22', '欠薪'],
      ]),
    });
    expect(memory.tables['access_log']).toEqual([
      expect.objectContaining({ account: 'li', role: 'xf_clerk', class: 'ident', field: 'name', reason: '核实身份' }),
      expect.objectContaining({ account: 'li', role: 'xf_clerk', class: 'content', sealed_key: '22' }),
    ]);
  });

  it('hands nothing out when the record cannot be committed', async () => {
    const vault = await storedCase(memoryTables());

    const revealed = vault.reveal(request, policy, () => Promise.reject(new Error('disk full')));

    await expect(revealed).rejects.toThrow('disk full');
  });

  it.each<[string, Partial<RevealRequest>]>([
    ['reasonMissing', { reason: ' x ' }],
    ['reasonMissing', { reason: 'x\u200b\u200b' }],
    ['reasonMissing', { reason: '\u3164\u0000\u2800' }],
    ['reasonMissing', { reason: 'x'.repeat(201) }],
    ['notAllowed', { roles: ['mine_leader'] }],
    ['notAllowed', { roles: [] }],
    ['notFound', { caseKey: '12' }],
    ['notFound', { sealedKeys: ['21', '404'] }],
    ['tooMany', { sealedKeys: Array.from({ length: 1_001 }, (_, index) => String(index)) }],
  ])('refuses with %s and records nothing: %j', async (code, change) => {
    const memory = memoryTables();
    const vault = await storedCase(memory);

    const revealed = await vault.reveal({ ...request, ...change }, policy, memory.commit);

    expect(revealed).toEqual({ ok: false, code });
    expect(memory.tables['access_log']).toBeUndefined();
  });

  it('answers whether cases share a value without telling it', async () => {
    const memory = memoryTables();
    const vault = await storedCase(memory);
    await storedCase(memory, '12');

    expect(await vault.casesLike('11', 'petitioner')).toEqual(['12']);
    expect(await vault.casesLike('11', 'nothing')).toBeUndefined();
  });

  it('tells nothing of a case that excludes somebody whom the asking one does not', async () => {
    const memory = memoryTables();
    const vault = await storedCase(memory);
    await storedCase(memory, '12');
    const leaf = { field: 'accused', class: 'content', value: '科长', sealedKey: '77', excludes: ['safety'] };
    await memory.commit(vault.sealLeaves(await vault.openCase('12'), [leaf], { writtenBy: 'li', writtenAt: 1 }));

    expect(await vault.casesLike('11', 'petitioner')).toEqual([]);
    expect(await vault.casesLike('12', 'petitioner')).toEqual(['11']);
  });

  it('says whether a case keeps anything of a class, and not what', async () => {
    const memory = memoryTables();
    const vault = await storedCase(memory);
    const leaf = { field: 'accused', class: 'accused', value: '科长', sealedKey: '77' };
    await memory.commit(vault.sealLeaves(await vault.openCase('11'), [leaf], { writtenBy: 'li', writtenAt: 1 }));

    expect(await vault.holdsClass('11', 'accused')).toBe(true);
    expect(await vault.holdsClass('12', 'accused')).toBe(false);
  });

  it('leaves out candidates that the case excludes', async () => {
    const vault = await storedCase(memoryTables());

    expect(await vault.notExcluded('11', ['hr', 'safety'])).toEqual(['safety']);
    expect(await vault.notExcluded('12', ['hr', 'safety'])).toEqual(['hr', 'safety']);
  });

  it('lifts the exclusions of one value alone', async () => {
    const memory = memoryTables();
    const vault = await storedCase(memory);
    const cipher = await vault.openCase('11');
    const leaf = { field: 'why', class: 'content', value: '利害关系' };
    const by = { writtenBy: 'li', writtenAt: 1 };
    const own = { ...leaf, sealedKey: '77', excludes: ['safety'] };
    const double = { ...leaf, sealedKey: '78', excludes: ['hr'] };
    await memory.commit(vault.sealLeaves(cipher, [own, double], by));
    const sealed = await vault.notExcluded('11', ['hr', 'safety', 'other']);

    await memory.commit([vault.liftExclusions('77'), vault.liftExclusions('78')]);

    expect(sealed).toEqual(['other']);
    expect(await vault.notExcluded('11', ['hr', 'safety', 'other'])).toEqual(['safety', 'other']);
  });

  it('names the cases that exclude a unit or an account', async () => {
    const memory = memoryTables();
    const vault = await storedCase(memory);
    await storedCase(memory, '12');

    expect(await vault.casesExcluding(['li', 'hr'])).toEqual(['11', '12']);
    expect(await vault.casesExcluding(['li', 'safety'])).toEqual([]);
  });

  it('knows kept handles by case and class', async () => {
    const vault = await storedCase(memoryTables());
    const kept = { sealedKey: '21', field: 'name', class: 'ident' };

    expect(await vault.areKept('11', [kept])).toBe(true);
    expect(await vault.areKept('12', [kept])).toBe(false);
    expect(await vault.areKept('11', [{ ...kept, class: 'content' }])).toBe(false);
    expect(await vault.areKept('11', [{ ...kept, sealedKey: '404' }])).toBe(false);
  });

  it('makes all of a case unreadable by destroying its key', async () => {
    const memory = memoryTables();
    const vault = await storedCase(memory);

    await memory.commit(vault.destroyCase('11'));

    await expect(vault.reveal(request, policy, memory.commit)).rejects.toMatchObject({ code: 'caseKeyDestroyed' });
    await expect(vault.openCase('11')).rejects.toMatchObject({ code: 'caseKeyDestroyed' });
    await expect(vault.openCase('404')).rejects.toMatchObject({ code: 'caseKeyMissing' });
  });

  it('opens a case with the master key that made it', async () => {
    const memory = memoryTables();
    await storedCase(memory);

    await expect(specVault(memory, 2).openCase('11')).rejects.toMatchObject({ code: 'tampered' });
    await expect(specVault(memory, 1).openCase('11')).resolves.toMatchObject({ caseKey: '11' });
  });
});
