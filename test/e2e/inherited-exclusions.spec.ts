import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AttendanceService } from '../../apps/server/src/organization/attendance.service.js';
import { seededRandom } from '../support/seeded-random.js';
import { askedLists } from './asked-lists.js';
import { appoint, complete, register, registration, taskAt } from './product-values.js';
import { type Branch, branchesOf, branchProcesses, randomBranch } from './random-starts.js';
import { startApp, type TestApp } from './start-app.js';

interface Found {
  readonly processInstanceKey: string;
  readonly name: string;
}

describe('whom a case excludes', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
    const roles = ['xf_office_director', 'admin', 'lead_group_head'];
    await appoint(app, { roles }, 'xf_office_director');
    const deployment = app.basic('admin').post('/v2/deployments');
    for (const [name, xml] of Object.entries(branchProcesses)) deployment.attach('resources', Buffer.from(xml), name);
    await deployment.expect(200);
  });
  afterAll(() => app.close());

  const settle = async () => {
    await app.running.platform.runtime.idle();
    await app.running.app.get(AttendanceService).settled();
  };
  const begin = async ({ name, children }: Branch): Promise<void> => {
    await app
      .basic('admin')
      .post('/v2/process-instances')
      .send({ processDefinitionId: 'branchCase', variables: { name, children } })
      .expect(200);
    await settle();
  };
  /** Instances of the tree by the names of their branches, as the clerk-free reader of the database sees them. */
  const instances = async (root: Branch): Promise<readonly Found[]> => {
    const rows = (await app.running.platform.database.reader.query(
      `SELECT CAST(process_instance_key AS TEXT) AS key, value FROM variables WHERE name = 'name' AND scope_key = process_instance_key`,
    )) as { key: string; value: string }[];
    const names = new Set(branchesOf(root).map(({ name }) => name));
    return rows
      .map(({ key, value }) => ({ processInstanceKey: key, name: JSON.parse(value) as string }))
      .filter(({ name }) => names.has(name));
  };
  const seen = async (found: readonly Found[]): Promise<Readonly<Record<string, readonly string[]>>> => {
    const agent = await app.as('xf_office_director');
    const answers = await Promise.all(askedLists.map(async ([name, ask]) => [name, await ask(agent)] as const));
    const lists = found.map(({ name, processInstanceKey }) => {
      const text = (answer: string): boolean => answer.includes(`"${processInstanceKey}"`);
      return [name, answers.flatMap(([list, answer]) => (text(answer) ? [list] : []))] as const;
    });
    return Object.fromEntries(lists);
  };
  const recuse = async ({ processInstanceKey }: Found): Promise<void> => {
    const url = `/api/instances/${processInstanceKey}/recusals`;
    await (await app.as('xf_office_director')).post(url).send({ reason: '利害关系' }).expect(204);
    await settle();
  };

  it.each([11, 12, 13, 14])(
    'sees nothing of what the case started, near and far, and all of the rest (chains of seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const root = { ...randomBranch(random, `t${seed}-`, 3), kind: 'case' } as const;
      await begin(root);
      const found = await instances(root);
      const all = branchesOf(root);
      const cases = all.filter(({ kind }) => kind !== 'joined');
      const chosen = cases[Math.floor(random() * cases.length)]!;
      const before = await seen(found);

      await recuse(found.find(({ name }) => name === chosen.name)!);

      const after = await seen(found);
      const below = new Set(branchesOf(chosen).map(({ name }) => name));
      const hidden = (name: string): boolean => below.has(name);
      expect(found.map(({ name }) => name).sort()).toEqual(all.map(({ name }) => name).sort());
      expect(Object.values(before).every((lists) => lists.includes('/v2/process-instances'))).toBe(true);
      expect(Object.entries(after).filter(([name, lists]) => hidden(name) && lists.length > 0)).toEqual([]);
      expect(Object.entries(after).filter(([name, lists]) => !hidden(name) && lists.length === 0)).toEqual([]);
    },
  );

  it('is not found at any address of what the case started', async () => {
    const root: Branch = { kind: 'case', name: 'r', children: [{ kind: 'case', name: 'r0', children: [] }] };
    await begin(root);
    const found = await instances(root);
    const child = found.find(({ name }) => name === 'r0')!;
    await recuse(found.find(({ name }) => name === 'r')!);
    const agent = await app.as('xf_office_director');

    const answers = await Promise.all(
      ['', '/timeline', '/recusals', '/documents'].map((part) =>
        agent.get(`/api/instances/${child.processInstanceKey}${part}`),
      ),
    );
    const engine = await agent.get(`/v2/process-instances/${child.processInstanceKey}`);

    expect([...answers, engine].map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  });

  it('sees nothing of a case that names it, either, and again where the exclusion is taken back', async () => {
    const named = await register(app);
    const naming = await register(app, { ...registration, previous: 'again', previousRef: ` ${named.caseNo} ` });
    const agent = await app.as('xf_office_director');
    const path = `/api/instances/${naming.processInstanceKey}`;
    const task = () => taskAt(agent, 'assessAcceptance', naming.caseNo);
    // Whether it is the same claim is the clerk's first question; here it is another one.
    const answer = { as: 'xf_clerk', element: 'confirmSame', caseNo: naming.caseNo };
    await complete(app, { ...answer, data: { sameClaim: false, sameFacts: false } });
    const before = [(await agent.get(path)).status, await task()];

    await recuse({ ...named, name: '' });

    const excluded = [(await agent.get(path)).status, await task()];
    const deputy = await taskAt(await app.as('lead_group_deputy'), 'assessAcceptance', naming.caseNo);
    const head = await app.as('discipline_committee');
    const { body } = await head.get(`/api/instances/${named.processInstanceKey}/recusals`).expect(200);
    const key = (body as { items: { recusalKey: string }[] }).items[0]!.recusalKey;
    await head.delete(`/api/instances/${named.processInstanceKey}/recusals/${key}`).expect(204);
    expect(before).toEqual([200, expect.stringMatching(/^\d+$/)]);
    expect(excluded).toEqual([404, '']);
    expect(deputy).not.toBe('');
    expect((await agent.get(path)).status).toBe(200);
  });
});
