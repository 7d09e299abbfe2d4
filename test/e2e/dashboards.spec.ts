import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './start-app.js';

interface Board {
  readonly id: string;
  readonly sections: readonly {
    readonly title: string;
    readonly indicators: readonly string[];
    readonly counts: readonly { readonly ledger: string; readonly filters: readonly object[] }[];
  }[];
}

describe('dashboards', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());
  const boardsOf = async (account: string): Promise<readonly Board[]> =>
    (await (await app.as(account)).get('/api/dashboards').expect(200)).body.items;

  it('show each reader what the declarations show to it', async () => {
    const agent = await app.as('xf_office_director');
    const boards = await boardsOf('xf_office_director');
    const indicators = (await agent.get('/api/indicators').expect(200)).body.items.map(({ id }: { id: string }) => id);
    const ledgers = (await agent.get('/api/ledgers').expect(200)).body.items.map(({ id }: { id: string }) => id);
    const sections = boards.flatMap((board) => board.sections);

    expect(boards[0]?.id).toBe('duty');
    expect(indicators).toEqual(expect.arrayContaining(sections.flatMap((section) => section.indicators)));
    expect(ledgers).toEqual(
      expect.arrayContaining(sections.flatMap(({ counts }) => counts.map(({ ledger }) => ledger))),
    );
  });

  it('leave out what a reader may not see, down to the whole page', async () => {
    const [head, officer] = [await boardsOf('unit_head'), await boardsOf('logistics_officer')];

    expect(head.flatMap(({ sections }) => sections.flatMap(({ indicators }) => indicators))).not.toContain('R14');
    expect(officer.map(({ sections }) => sections.flatMap(({ counts }) => counts.map(({ ledger }) => ledger)))).toEqual(
      [['L10']],
    );
    expect(await boardsOf('union_rep')).toEqual([]);
    await app.anonymous().get('/api/dashboards').expect(401);
  });

  it('give what an indicator should reach', async () => {
    const agent = await app.as('xf_office_director');
    const { body } = await agent.get('/api/indicators').expect(200);

    expect(body.items).toContainEqual(expect.objectContaining({ id: 'R03', target: { side: 'atLeast', value: 100 } }));
    expect(body.items).toContainEqual(expect.objectContaining({ id: 'R05', target: null }));
  });

  it('lead to rows that can be counted', async () => {
    const agent = await app.as('xf_office_director');
    for (const { counts } of (await boardsOf('xf_office_director')).flatMap(({ sections }) => sections))
      for (const { ledger, filters } of counts) {
        const query = filters.length > 0 ? { filters: JSON.stringify(filters), limit: 1 } : { limit: 1 };
        const { body } = await agent.get(`/api/ledgers/${ledger}/rows`).query(query).expect(200);
        expect(body.total).toEqual(expect.any(Number));
      }
  });
});
