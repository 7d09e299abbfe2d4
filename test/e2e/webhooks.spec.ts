import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type TestAgent from 'supertest/lib/agent.js';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { webhookBpmn } from './engine-models.js';
import { publish } from './published.js';
import { startApp, type TestApp } from './start-app.js';

describe('job type ct.webhook', () => {
  let receiver: Receiver;
  let app: TestApp;
  let admin: TestAgent;
  const run = async (processId: string, xml: string, variables: object = {}) => {
    await publish(app, processId, xml);
    const { body } = await admin
      .post('/v2/process-instances')
      .send({ processDefinitionId: processId, variables })
      .expect(200);
    await app.running.platform.runtime.idle();
    return String(body.processInstanceKey);
  };
  const incidentsOf = async (processInstanceKey: string) => {
    const { body } = await admin.post('/v2/incidents/search').send({ filter: { processInstanceKey } }).expect(200);
    return (body.items as { errorMessage: string }[]).map(({ errorMessage }) => errorMessage);
  };
  const deadLetters = async () => (await (await app.as('admin')).get('/api/dead-letters').expect(200)).body.items;

  beforeAll(async () => {
    receiver = await startReceiver();
    app = await startApp({ environment: { WEBHOOK_ORIGINS: `https://erp.example.org, ${receiver.origin}` } });
    admin = app.basic('admin');
  });
  afterEach(() => void receiver.received.splice(0));
  afterAll(async () => {
    await app.close();
    await receiver.close();
  });

  it('posts the variables as JSON under an idempotency key', async () => {
    const key = await run('hook_plain', webhookBpmn('hook_plain', `${receiver.origin}/hooks/1`), {
      amount: 5,
      unit: '安全科',
    });

    expect(receiver.received).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: '/hooks/1',
        headers: expect.objectContaining({
          'content-type': 'application/json',
          'idempotency-key': expect.stringMatching(/^[0-9a-f-]{36}$/),
        }),
      }),
    ]);
    expect(JSON.parse(receiver.received[0]!.body)).toEqual({ amount: 5, unit: '安全科' });
    expect(await incidentsOf(key)).toEqual([]);
  });

  it('sends what its input mappings name and nothing else', async () => {
    const xml = webhookBpmn('hook_mapped', `${receiver.origin}/hooks/2`, { total: '=amount * 2' });

    await run('hook_mapped', xml, { amount: 5, remark: 'inside' });

    expect(JSON.parse(receiver.received[0]!.body)).toEqual({ total: 10 });
  });

  it('sends again under the same key after a failure that may pass', async () => {
    receiver.answers.push(503);
    await run('hook_again', webhookBpmn('hook_again', `${receiver.origin}/hooks/3`));
    await until(() => receiver.received.length === 2);

    const keys = receiver.received.map(({ headers }) => headers['idempotency-key']);

    expect(new Set(keys).size).toBe(1);
  });

  it('shows what was refused for good, and sends it again when a person asks', async () => {
    receiver.answers.push(400);
    const key = await run('hook_dead', webhookBpmn('hook_dead', `${receiver.origin}/hooks/4`), { amount: 7 });
    const [letter] = (await deadLetters()) as [Record<string, unknown>];
    const metrics = await app.anonymous().get('/metrics').expect(200);

    await (await app.as('xf_clerk')).post(`/api/dead-letters/${String(letter['key'])}/retry`).expect(403);
    await (await app.as('admin')).post(`/api/dead-letters/${String(letter['key'])}/retry`).expect(204);
    await app.running.platform.runtime.idle();

    expect(letter).toMatchObject({ name: 'ledger', processInstanceKey: key, attempts: 1 });
    expect(JSON.stringify(letter)).not.toContain('amount');
    expect(metrics.text).toContain('changtong_open{kind="deadLetters"} 1');
    expect(receiver.received.map(({ body }) => JSON.parse(body))).toEqual([{ amount: 7 }, { amount: 7 }]);
    expect(await deadLetters()).toEqual([]);
  });

  it('gives up for good what a person no longer wants to be sent', async () => {
    receiver.answers.push(400);
    await run('hook_given_up', webhookBpmn('hook_given_up', `${receiver.origin}/hooks/6`), { amount: 7 });
    const [letter] = (await deadLetters()) as [Record<string, unknown>];
    const path = `/api/dead-letters/${String(letter['key'])}/discard`;

    await (await app.as('xf_clerk')).post(path).expect(403);
    await (await app.as('admin')).post(path).expect(204);
    await (await app.as('admin')).post(path).expect(404);

    expect(receiver.received).toHaveLength(1);
    expect(await deadLetters()).toEqual([]);
  });

  it('becomes an incident at once for an origin that the operator does not allow', async () => {
    const key = await run('hook_origin', webhookBpmn('hook_origin', 'http://169.254.169.254/latest'));

    expect(await incidentsOf(key)).toEqual([
      expect.stringMatching(/WEBHOOK_ORIGINS to name http:\/\/169\.254\.169\.254/),
    ]);
    expect(receiver.received).toEqual([]);
  });

  it('becomes an incident where a variable holds protected content', async () => {
    const variables = { report: { name: { $sealed: '42' } }, amount: 1 };

    const key = await run('hook_sealed', webhookBpmn('hook_sealed', `${receiver.origin}/hooks/5`), variables);

    expect(await incidentsOf(key)).toEqual([expect.stringMatching(/report holds protected content/)]);
    expect(receiver.received).toEqual([]);
  });
});

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries > 500) throw new Error('It did not come about.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
