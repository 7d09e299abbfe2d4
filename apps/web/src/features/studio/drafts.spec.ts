import { createDraftStore } from './drafts.js';

const draft = { path: 'forms/F01.form.json', content: '{}', baseHash: 'h1' };

function shelf(): Storage {
  const values = new Map<string, string>();
  return {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => void values.set(name, value),
    removeItem: (name: string) => void values.delete(name),
  } as unknown as Storage;
}

describe('drafts', () => {
  it('survive a reload of the page', () => {
    const storage = shelf();
    createDraftStore(storage, 'admin').put(draft);

    const reopened = createDraftStore(storage, 'admin');

    expect(reopened.read()).toEqual({ [draft.path]: draft });
  });

  it('belong to one account', () => {
    const storage = shelf();
    createDraftStore(storage, 'admin').put(draft);

    const other = createDraftStore(storage, 'other');

    expect(other.read()).toEqual({});
  });

  it('are gone once discarded', () => {
    const storage = shelf();
    const store = createDraftStore(storage, 'admin');
    store.put(draft);

    store.discard([draft.path]);

    expect(createDraftStore(storage, 'admin').read()).toEqual({});
  });

  it('wait for what an open editor has still to hand over', async () => {
    const store = createDraftStore(shelf(), 'admin');
    store.beforeFlush(async () => store.put(draft));

    await store.flush();

    expect(store.read()).toHaveProperty([draft.path]);
  });

  it('stay in memory when the storage is full', () => {
    const full = {
      ...shelf(),
      setItem: () => {
        throw new Error('full');
      },
    } as unknown as Storage;
    const store = createDraftStore(full, 'admin');

    store.put(draft);

    expect(store.read()).toHaveProperty([draft.path]);
  });
});
