import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type TestAgent from 'supertest/lib/agent.js';
import { model } from '#testing';
import { ClientRequests } from '../../apps/server/src/idempotency/client-requests.service.js';
import { startApp, type TestApp } from './start-app.js';

/** What a client may rely on when it sends a command again. */
describe('commands with an Idempotency-Key', () => {
  let app: TestApp;
  let admin: TestAgent;
  let count = 0;
  let key: string;

  const rows = (sql: string) => app.running.platform.database.reader.query(sql) as Promise<Record<string, unknown>[]>;
  const change = (sql: string, params: unknown[]) => app.running.platform.runtime.write([{ sql, params }]);
  const start = (idempotencyKey: string, variables: object = {}, agent = admin) =>
    agent
      .post('/v2/process-instances')
      .set('Idempotency-Key', idempotencyKey)
      .send({ processDefinitionId: 'plain', variables });
  const instances = async () =>
    (await rows(`SELECT "key" FROM process_instances WHERE bpmn_process_id = 'plain'`)).length;
  const openTask = async () => {
    const { body } = await start(`open-${++count}`);
    await app.running.platform.runtime.idle();
    const [task] = await rows(`SELECT "key" FROM user_tasks WHERE process_instance_key = ${body.processInstanceKey}`);
    return String(task?.['key']);
  };
  const complete = (task: string, idempotencyKey: string) =>
    admin
      .post(`/v2/user-tasks/${task}/completion`)
      .set('Idempotency-Key', idempotencyKey)
      .send({ variables: { a: 1 } });

  beforeAll(async () => {
    app = await startApp();
    admin = app.basic('admin');
    const { xml } = model('plain').start().userTask('check', { groups: 'admin' }).end();
    const files = [
      { path: 'plain.bpmn', content: xml, digest: 'plain' },
      { path: 'form.form.json', content: '{"id":"form","title":"Form","schema":{"type":"object"}}', digest: 'form' },
    ];
    await app.running.platform.runtime.deploy({ hash: 'plain', source: 'api', files });
  });
  afterAll(() => app.close());
  beforeEach(() => {
    key = `key-${++count}`;
  });

  it('answer a repetition as the first and do nothing again', async () => {
    const first = await start(key, { n: 1 }).expect(200);
    const before = await instances();

    const second = await start(key, { n: 1 }).expect(200);

    expect(second.body).toEqual(first.body);
    expect(await instances()).toBe(before);
  });

  it('answer a repetition as the first after the process died between COMMIT and reply', async () => {
    const first = await start(key, { n: 1 }).expect(200);
    const before = await instances();
    await change(`UPDATE client_requests SET status = NULL, body = NULL WHERE "key" = ?`, [key]);

    const second = await start(key, { n: 1 }).expect(200);

    expect(second.body).toEqual(first.body);
    expect(await instances()).toBe(before);
  });

  it('answer a repeated completion with 204 also where only the effect was kept', async () => {
    const task = await openTask();
    await complete(task, key).expect(204);
    await change(`UPDATE client_requests SET status = NULL WHERE "key" = ?`, [key]);

    await complete(task, key).expect(204);

    const done = await rows(`SELECT 1 FROM event_log WHERE type = 'userTaskCompleted' AND payload LIKE '%${task}%'`);
    expect(done).toHaveLength(1);
  });

  it('are refused with 422 when the key comes with another content or another path', async () => {
    await start(key, { n: 1 }).expect(200);

    const other = await start(key, { n: 2 }).expect(422);
    await admin.post('/v2/signals/broadcast').set('Idempotency-Key', key).send({ signalName: 's' }).expect(422);

    expect(other.body).toMatchObject({ code: 'keyReused', status: 422 });
  });

  it('do not mix up the keys of two accounts', async () => {
    const first = await start(key).expect(200);

    const second = await start(key, {}, app.basic('xf_clerk'));

    expect(second.body).not.toEqual(first.body);
  });

  it('are answered once each when they come at the same time', async () => {
    const before = await instances();

    const answers = await Promise.all([start(key), start(key), start(key)]);

    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status !== 409)).toContain(200);
    expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect(await instances()).toBe(before + 1);
  });

  it('answer again at once, while the first answer is still being kept', async () => {
    const requests = app.running.app.get(ClientRequests);
    const remember = requests.remember.bind(requests);
    requests.remember = async (...given) => {
      await new Promise((done) => setTimeout(done, 500));
      await remember(...given);
    };
    const first = await start(key).expect(200);

    const second = await start(key);

    requests.remember = remember;
    expect(second.body).toEqual(first.body);
  });

  it('answer again where the same content comes in another order of its names', async () => {
    const begin = (body: string) =>
      admin
        .post('/v2/process-instances')
        .set('Idempotency-Key', key)
        .set('Content-Type', 'application/json')
        .send(body);
    const id = '"processDefinitionId":"plain"';
    const first = await begin(`{${id},"variables":{"a":1,"b":[{"c":2,"d":3}]}}`).expect(200);

    const second = await begin(`{ "variables": {"b":[{"d":3,"c":2}],"a":1}, ${id} }`).expect(200);
    const other = await begin(`{${id},"variables":{"a":1,"b":[{"c":3,"d":2}]}}`);

    expect(second.body).toEqual(first.body);
    expect(other.status).toBe(422);
  });

  it('answer a refusal again as it was', async () => {
    const task = await openTask();
    await complete(task, `${key}-first`).expect(204);
    const first = await complete(task, key).expect(409);

    const second = await complete(task, key).expect(409);

    expect(second.body).toEqual(first.body);
  });

  it('tell the loser of a race how the thing stands now', async () => {
    const task = await openTask();
    await complete(task, `${key}-winner`).expect(204);

    const { body } = await admin.post(`/v2/user-tasks/${task}/completion`).send({}).expect(409);

    expect(body).toMatchObject({ code: 'invalidState', current: { userTaskKey: task, state: 'COMPLETED' } });
  });

  it('are refused with 400 when the key is no key', async () => {
    await start('two words').expect(400);
    await start('k'.repeat(201)).expect(400);
  });

  it('leave no content in the request table but the answer', async () => {
    await start(key, { secret: 'forty-two' }).expect(200);

    expect(await rows(`SELECT 1 FROM client_requests WHERE fingerprint LIKE '%forty%' OR body LIKE '%forty%'`)).toEqual(
      [],
    );
  });
});
