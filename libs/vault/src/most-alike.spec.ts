import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AlikeRequest } from './most-alike.js';
import { memoryTables, specVault } from './spec-vault.js';

const by = { writtenBy: 'portal', writtenAt: 5 };
const heater = '三号宿舍楼二层公共浴室的热水器坏了，已经半个月没有热水，报修两次都没有人来修。';
const sameHeater = '3号宿舍楼二层浴室热水器坏了半个月，没有热水，报修了两次都没有人来修。';
const lamp = '井口到食堂的路灯有六盏不亮，夜里上班看不见台阶，上周有人摔倒。';

describe('the case whose texts are most alike', () => {
  let memory: ReturnType<typeof memoryTables>;
  let vault: ReturnType<typeof specVault>;
  let last: number;
  beforeEach(() => {
    memory = memoryTables();
    vault = specVault(memory);
    last = 20;
  });

  const store = async (caseKey: string, text: string, more: object = {}) => {
    const { cipher, writes } = vault.createCase(caseKey);
    const leaf = { sealedKey: String(++last), field: 'facts', class: 'content', value: text, ...more };
    await memory.commit([...writes, ...vault.sealLeaves(cipher, [leaf], by)]);
  };
  const ask = (change: Partial<AlikeRequest> = {}) =>
    vault.mostAlike({
      caseKey: '11',
      others: ['14', '13', '12'],
      fields: ['facts'],
      classes: ['content'],
      atLeast: 0.6,
      leastPairs: 10,
      ...change,
    });

  it('is found, and nothing of the texts is stored or recorded', async () => {
    await store('11', heater);
    await store('12', sameHeater);
    await store('13', lamp);
    const before = JSON.stringify(memory.tables);

    expect(await ask()).toBe('12');
    expect(await ask({ atLeast: 0.99 })).toBeUndefined();
    expect(await ask({ others: ['13'] })).toBeUndefined();
    expect(JSON.stringify(memory.tables)).toBe(before);
  });

  it('is the most alike, and the first of equals', async () => {
    await store('11', heater);
    await store('12', heater);
    await store('13', heater);
    await store('14', sameHeater);

    expect(await ask()).toBe('13');
  });

  it('is told by no text that says too little, and by no field and class that are not asked for', async () => {
    await store('11', heater);
    await store('12', heater, { field: 'notes' });
    await store('13', heater, { class: 'ident' });

    expect(await ask()).toBeUndefined();
    expect(await ask({ fields: ['facts', 'notes'] })).toBe('12');
    expect(await ask({ fields: ['facts', 'notes'], leastPairs: 200 })).toBeUndefined();
  });

  it('is looked for among long texts without holding up what else the process does', async () => {
    const others = Array.from({ length: 12 }, (_, index) => String(31 + index));
    for (const caseKey of ['11', ...others]) await store(caseKey, heater + lamp.repeat(40));
    let turns = 0;
    let isOver = false;
    const count = () => {
      if (isOver) return;
      turns += 1;
      setImmediate(count);
    };
    setImmediate(count);

    const found = await ask({ others }).finally(() => (isOver = true));

    expect(found).toBe('31');
    expect(turns).toBeGreaterThanOrEqual(others.length);
  });

  it('is none that excludes somebody whom the asking case does not', async () => {
    await store('11', heater);
    await store('12', sameHeater);
    await store('13', heater, { excludes: ['safety'] });

    expect(await ask()).toBe('12');
  });

  it('is none whose key is destroyed or whose text was changed', async () => {
    await store('11', heater);
    await store('12', heater);
    await store('13', heater);
    await memory.commit(vault.destroyCase('13'));
    const values = memory.tables['sealed_values']!;
    memory.tables['sealed_values'] = values.map((row) =>
      row['case_key'] === '12' ? { ...row, field: 'facts2' } : row,
    );

    expect(await ask({ fields: ['facts', 'facts2'] })).toBeUndefined();
  });
});
