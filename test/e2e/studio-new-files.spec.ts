import { readFileSync } from 'node:fs';
import { expect, it, describe } from '@jest/globals';
import { compileConfiguration, readFolder } from '#configuration';
import { newThing, withEntry, type Wish } from '../../apps/web/src/features/studio/create/new-files.js';

const wishes: readonly Wish[] = [
  {
    kind: 'process',
    id: 'leave_request',
    title: '请假"A&B"',
    role: 'xf_clerk',
    starters: ['xf_clerk'],
    form: { id: 'leave_request', isNew: true },
  },
  { kind: 'form', id: 'form1', title: '新表单' },
  { kind: 'decision', id: 'decision1', title: '谁来签 <1>', folder: 'xf_reply' },
  { kind: 'document', id: 'document1', title: '通知', folder: 'xf_reply', roles: ['xf_clerk'] },
  { kind: 'calendar', id: '2031' },
];

/** Faults of the whole configuration with what the studio would make of the wish. */
async function faultsWith(wish: Wish): Promise<string[]> {
  const source = await readFolder(process.cwd());
  const { files, entries } = newThing(wish);
  const all = new Map(source.files);
  for (const { path, content } of files) all.set(path, content);
  for (const { path, entry } of entries) all.set(path, withEntry(all.get(path) ?? null, entry));
  const { problems } = await compileConfiguration({ ...source, files: all });
  return problems.map(({ code, message, file, severity }) => `${severity} ${code} ${file}: ${message}`);
}

describe('what the studio creates', () => {
  it.each(wishes.map((wish) => [wish.kind, wish] as const))(
    'has no fault before anything is changed: %s',
    async (...[, wish]) => {
      expect(await faultsWith(wish)).toEqual([]);
    },
  );

  it('is added to a list as the last of its entries, the others stay as they are written', () => {
    const list = readFileSync('workflows/launchers.json', 'utf8');

    const longer = withEntry(list, { id: 'new' });

    expect(longer.startsWith(list.trimEnd().slice(0, -1).trimEnd())).toBe(true);
    expect((JSON.parse(longer) as unknown[]).at(-1)).toEqual({ id: 'new' });
  });

  it('begins a list where there is none', () => {
    expect(JSON.parse(withEntry(null, { id: 'new' }))).toEqual([{ id: 'new' }]);
  });
});
