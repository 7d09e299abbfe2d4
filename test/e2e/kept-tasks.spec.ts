import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { model, type ModelBuilder } from '#testing';
import { AttendanceService } from '../../apps/server/src/organization/attendance.service.js';
import { startApp, type TestApp } from './start-app.js';
import { openTask, startCase } from './task-action-values.js';

const keptFrom = (id: string, notOf?: string): ModelBuilder =>
  model(id)
    .start()
    .userTask('check', {
      form: '',
      groups: 'unit_head@hr, union_rep',
      ...(notOf !== undefined && { extensionProperties: { 'ct.notOf': notOf } }),
    })
    .end();

describe('a task that is kept from people (ct.notOf), whatever it runs on and however many wait', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  /** `unit_head` is the head of hr. */
  const found = async (account: string, processDefinitionId: string): Promise<number> => {
    const filter = { processDefinitionId };
    const { body } = await app
      .basic(account)
      .post('/v2/user-tasks/search')
      .send({ filter, page: { limit: 1 } });
    return (body as { page: { totalItems: number } }).page.totalItems;
  };
  const listed = async (account: string, q: string): Promise<number> => {
    const { body } = await (await app.as(account)).get('/api/tasks').query({ view: 'all', q }).expect(200);
    return (body as { items: readonly unknown[] }).items.length;
  };
  const unattended = async (): Promise<readonly { userTaskKey: string; problem: string | null }[]> => {
    await app.running.app.get(AttendanceService).settled();
    const { body } = await (await app.as('admin')).get('/api/supervision').expect(200);
    return (body as { unattended: readonly { userTaskKey: string; problem: string | null }[] }).unattended;
  };

  it('is on no list of theirs where its instance runs on an older version, which alone says so', async () => {
    const { caseKey } = await startCase(app, keptFrom('kept-once', '=["hr"]'));
    const { runtime } = app.running.platform;
    const files = [{ path: 'kept-once.bpmn', content: keptFrom('kept-once').xml, digest: 'later' }];
    await runtime.deploy({ hash: 'later', source: 'api', files });

    const lists = [await listed('unit_head', caseKey), await listed('union_rep', caseKey)];
    const searches = [await found('unit_head', 'kept-once'), await found('union_rep', 'kept-once')];

    expect([lists, searches]).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('is kept from everybody while its formula fails, which the administrator reads with the place', async () => {
    const { instanceKey } = await startCase(app, keptFrom('kept-broken', '=append(sub units(nowhere), nowhere)'));
    const key = await openTask(app, instanceKey, 'check');

    const opened = await (await app.as('union_rep')).get(`/api/tasks/${key}`);
    const claimed = await (await app.as('union_rep')).post(`/api/tasks/${key}/claim`);
    const given = await app.basic('admin').post(`/v2/user-tasks/${key}/assignment`).send({ assignee: 'union_rep' });
    const seen = await found('union_rep', 'kept-broken');
    const shown = (await unattended()).find(({ userTaskKey }) => userTaskKey === key);

    expect([opened.status, claimed.status, given.status >= 400, seen]).toEqual([404, 404, true, 0]);
    expect(shown?.problem).toMatch(/kept-broken.*check.*nowhere/);
  });

  it.each([
    ['a number', '=7', 0],
    ['a list with a number', '=["hr", 7]', 0],
    ['nothing', '=if 1 > 2 then "hr" else null', 1],
    ['an empty list', '=[]', 1],
  ])('yields %s', async (name, notOf, expected) => {
    const id = `kept-${name.replaceAll(' ', '-')}`;
    await startCase(app, keptFrom(id, notOf));

    expect(await found('union_rep', id)).toBe(expected);
  });

  it('opens again as soon as its formula can be computed', async () => {
    const { instanceKey } = await startCase(app, keptFrom('kept-mended', '=side'));
    const before = await found('union_rep', 'kept-mended');

    await app.running.platform.runtime.execute({
      instanceKey,
      command: { type: 'setVariables', scopeKey: instanceKey, variables: { side: 'hr' }, local: true },
    });

    expect([before, await found('union_rep', 'kept-mended'), await found('unit_head', 'kept-mended')]).toEqual([
      0, 1, 0,
    ]);
  });

  it('is left out one by one, however many wait', async () => {
    const id = 'kept-many';
    await startCase(app, keptFrom(id, '=["hr"]'));
    const { runtime } = app.running.platform;
    const starting = Array.from({ length: 1_100 }, () => runtime.createInstance({ bpmnProcessId: id, variables: {} }));
    await Promise.all(starting);
    await runtime.idle();

    const counts = [await found('unit_head', id), await found('union_rep', id)];

    expect(counts).toEqual([0, 1_101]);
  });
});
