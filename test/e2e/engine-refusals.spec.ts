import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkForm, orderBpmn } from './engine-models.js';
import { startApp, type TestApp } from './start-app.js';

/** What clients of `/v2` are refused, and how they are told. */
describe('engine API refuses', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    await deploy([
      ['order.bpmn', orderBpmn()],
      ['check.form.json', checkForm],
    ]).expect(200);
  });
  afterAll(() => app.close());

  function deploy(files: readonly (readonly [string, string])[]) {
    const post = app.basic('admin').post('/v2/deployments');
    return files.reduce((request, [name, content]) => request.attach('resources', Buffer.from(content), name), post);
  }

  async function openTask(): Promise<string> {
    const admin = app.basic('admin');
    const created = await admin
      .post('/v2/process-instances')
      .send({ processDefinitionId: 'order', variables: { orderId: 'R1' } })
      .expect(200);
    const { processInstanceKey } = created.body;
    const found = await admin.post('/v2/user-tasks/search').send({ filter: { processInstanceKey } }).expect(200);
    return found.body.items[0].userTaskKey;
  }

  /** A job of the order, held by a worker for a minute. */
  async function takenJob(): Promise<string> {
    const admin = app.basic('admin');
    const key = await openTask();
    await admin
      .post(`/v2/user-tasks/${key}/completion`)
      .send({ variables: { checked: true } })
      .expect(204);
    const { body } = await admin
      .post('/v2/jobs/activation')
      .send({ type: 'charge', timeout: 60_000, maxJobsToActivate: 1 })
      .expect(200);
    return body.jobs[0].jobKey;
  }

  it('everybody without a password, naming the scheme', async () => {
    const response = await app.anonymous().post('/v2/user-tasks/search').send({});

    expect(response.status).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Basic realm="changtong"');
    expect(response.headers['content-type']).toMatch(/problem\+json/);
  });

  it('a wrong password', async () => {
    await app.basic('admin', 'wrong').get('/v2/topology').expect(401);
  });

  it('a session without the CSRF token', async () => {
    const admin = await app.as('admin');

    await admin.post('/v2/user-tasks/search').set('x-csrf-token', '').send({}).expect(403);
    await admin.post('/v2/user-tasks/search').send({}).expect(200);
  });

  it('to ask conditions of nothing, of another tenant, or of a definition that is not there', async () => {
    const evaluate = (body: object) => app.basic('admin').post('/v2/conditionals/evaluation').send(body);

    await evaluate({}).expect(400);
    await evaluate({ variables: [] }).expect(400);
    await evaluate({ variables: {}, processDefinitionKey: 'x' }).expect(400);
    await evaluate({ variables: {}, processDefinitionKey: '9' }).expect(404);
    const { body } = await evaluate({ variables: {}, tenantId: 'other' }).expect(400);

    expect(body.detail).toContain('other');
  });

  it('who may not operate', async () => {
    const clerk = app.basic('xf_clerk');

    await clerk.post('/v2/process-instances').send({ processDefinitionId: 'order' }).expect(403);
    await clerk.post('/v2/conditionals/evaluation').send({ variables: {} }).expect(403);
    await clerk.post('/v2/variables/search').send({}).expect(403);
    await clerk.post('/v2/jobs/activation').send({ type: 'x', timeout: 1000, maxJobsToActivate: 1 }).expect(403);
  });

  it('to show or count a task to who is no candidate', async () => {
    const key = await openTask();
    const clerk = app.basic('xf_clerk');

    const search = await clerk
      .post('/v2/user-tasks/search')
      .send({ filter: { processDefinitionId: 'order' } })
      .expect(200);
    await clerk.get(`/v2/user-tasks/${key}`).expect(404);
    await clerk.post(`/v2/user-tasks/${key}/completion`).send({}).expect(404);
    await clerk.post(`/v2/user-tasks/${key}/assignment`).send({ assignee: 'xf_clerk' }).expect(404);

    expect(search.body).toMatchObject({ items: [], page: { totalItems: 0 } });
  });

  it('an assignee who is no candidate', async () => {
    const key = await openTask();

    const response = await app.basic('admin').post(`/v2/user-tasks/${key}/assignment`).send({ assignee: 'xf_clerk' });

    expect(response.status).toBe(400);
    expect(response.body.detail).toContain('Expected xf_clerk to be a candidate');
  });

  it('a form that does not fit, naming the field', async () => {
    const key = await openTask();

    const response = await app
      .basic('admin')
      .post(`/v2/user-tasks/${key}/completion`)
      .send({ variables: { checked: 'maybe' } });

    expect(response.status).toBe(400);
    expect(response.body.fields).toEqual([expect.objectContaining({ path: '/checked' })]);
  });

  it('to complete a task twice', async () => {
    const key = await openTask();
    await app
      .basic('admin')
      .post(`/v2/user-tasks/${key}/completion`)
      .send({ variables: { checked: true } })
      .expect(204);

    const response = await app
      .basic('admin')
      .post(`/v2/user-tasks/${key}/completion`)
      .send({ variables: { checked: true } });

    expect(response.status).toBe(409);
    expect(response.body.detail).toContain('has ended');
  });

  it('a deployment of a process that the configuration folder owns', async () => {
    const response = await deploy([
      ['xf_main.bpmn', orderBpmn('xf_main')],
      ['check.form.json', checkForm],
    ]);

    expect(response.status).toBe(409);
    expect(response.body.detail).toContain('xf_main');
  });

  it('a deployment that is broken, empty or of strange files', async () => {
    await deploy([['order.bpmn', '<bpmn:definitions']]).expect(400);
    await deploy([['notes.txt', 'hello']]).expect(400);
    await app.basic('admin').post('/v2/deployments').send({}).expect(415);
  });

  it('a search by fields, operators, orders and cursors that do not exist', async () => {
    const search = (body: object) => app.basic('admin').post('/v2/process-instances/search').send(body);

    await search({ filter: { colour: 'red' } }).expect(400);
    await search({ filter: { state: { $near: 'ACTIVE' } } }).expect(400);
    await search({ sort: [{ field: 'startDate', order: 'SIDEWAYS' }] }).expect(400);
    await search({ page: { after: 'nonsense' } }).expect(400);
    await search({ filter: { startDate: { $gt: 'yesterday' } } }).expect(400);
  });

  it('keys that name nothing', async () => {
    const admin = app.basic('admin');

    await admin.get('/v2/process-instances/1').expect(404);
    await admin.get('/v2/process-instances/abc').expect(404);
    await admin.get('/v2/user-tasks/999').expect(404);
    await admin.get('/v2/decision-definitions/999/xml').expect(404);
    await admin.post('/v2/incidents/999/resolution').expect(404);
    await admin.post('/v2/jobs/999/completion').expect(404);
    await admin.post('/v2/process-instances/999/cancellation').expect(404);
    await admin.get('/v2/nothing').expect(404);
  });

  it('to start what is not deployed, or what is named twice', async () => {
    const create = (body: object) => app.basic('admin').post('/v2/process-instances').send(body);

    await create({ processDefinitionId: 'unknown' }).expect(404);
    await create({}).expect(400);
    await create({ processDefinitionId: 'order', processDefinitionKey: '1' }).expect(400);
  });

  it('durations that are no whole milliseconds or that no date could follow, and retries that no database holds', async () => {
    const jobKey = await takenJob();
    const send = (path: string, body: object) => app.basic('admin').post(`/v2/${path}`).send(body);
    const activation = { type: 'charge', maxJobsToActivate: 1, requestTimeout: -1 };

    for (const wrong of [1.5, 1e18, 1e300]) {
      await send('jobs/activation', { ...activation, timeout: wrong }).expect(400);
      await send(`jobs/${jobKey}/failure`, { retries: 1, retryBackOff: wrong }).expect(400);
      await send('messages/publication', { name: 'n', timeToLive: wrong }).expect(400);
      await app
        .basic('admin')
        .patch(`/v2/jobs/${jobKey}`)
        .send({ changeset: { timeout: wrong } })
        .expect(400);
    }
    await send(`jobs/${jobKey}/failure`, { retries: 2 ** 31 }).expect(400);
    await app
      .basic('admin')
      .patch(`/v2/jobs/${jobKey}`)
      .send({ changeset: { retries: 2 ** 31 } })
      .expect(400);

    const { body } = await send('jobs/search', { filter: { jobKey } }).expect(200);
    expect(body.items).toMatchObject([{ state: 'CREATED', retries: 3 }]);
  });

  it('retries and timeout together where no worker holds the job, and changes neither', async () => {
    const jobKey = await takenJob();
    const patch = (changeset: object) => app.basic('admin').patch(`/v2/jobs/${jobKey}`).send({ changeset });
    await patch({ retries: 5, timeout: 120_000 }).expect(204);
    await app.basic('admin').post(`/v2/jobs/${jobKey}/failure`).send({ retries: 1, retryBackOff: 60_000 }).expect(204);

    const { body } = await patch({ retries: 7, timeout: 120_000 }).expect(409);

    expect(body.detail).toContain('no worker holds it');
    const found = await app.basic('admin').post('/v2/jobs/search').send({ filter: { jobKey } }).expect(200);
    expect(found.body.items).toMatchObject([{ state: 'FAILED', retries: 1 }]);
  });

  it('numbers beyond those of JSON, which would become nothing', async () => {
    const { body } = await app
      .basic('admin')
      .post('/v2/process-instances')
      .set('content-type', 'application/json')
      .send('{"processDefinitionId":"order","variables":{"orderId":"R1","amounts":[1e400]}}')
      .expect(400);

    expect(body.detail).toContain('number');
  });

  it('a correlation that nothing waits for', async () => {
    await app
      .basic('admin')
      .post('/v2/messages/correlation')
      .send({ name: 'paid', correlationKey: 'nobody' })
      .expect(404);
  });

  it('a clock before the last event, and takes a later one', async () => {
    const admin = app.basic('admin');
    const tomorrow = Date.now() + 86_400_000;

    await admin.put('/v2/clock').send({ timestamp: 1 }).expect(400);
    await admin.put('/v2/clock').send({ timestamp: tomorrow }).expect(204);

    expect(app.running.platform.runtime.now()).toBe(tomorrow);
    await admin.post('/v2/clock/reset').expect(204);
  });
});
