import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type TestAgent from 'supertest/lib/agent.js';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { httpBpmn } from './engine-models.js';
import { publish } from './published.js';
import { startApp, type TestApp } from './start-app.js';

const SECRET = 'canary-of-the-operator';

describe('job type ct.http', () => {
  let receiver: Receiver;
  let other: Receiver;
  let app: TestApp;
  let admin: TestAgent;
  const lines: string[] = [];

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
  const replyOf = async (processInstanceKey: string) => {
    const filter = { processInstanceKey, name: 'reply' };
    const { body } = await admin.post('/v2/variables/search').send({ filter }).expect(200);
    const [found] = body.items as { value: string }[];
    return found === undefined ? undefined : (JSON.parse(found.value) as Record<string, unknown>);
  };
  const ended = async (processInstanceKey: string) => {
    const { body } = await admin.post('/v2/element-instances/search').send({ filter: { processInstanceKey } });
    const ends = (body.items as { elementId: string; type: string }[]).filter(({ type }) => type === 'END_EVENT');
    return ends.map(({ elementId }) => elementId);
  };

  beforeAll(async () => {
    [receiver, other] = [await startReceiver(), await startReceiver()];
    const named = receiver.origin.replace('127.0.0.1', 'localhost');
    app = await startApp({
      environment: {
        OUTGOING_HOSTS: `https://erp.example.org, ${receiver.origin}=127.0.0.0/8, ${named}, ${other.origin}=127.0.0.0/8`,
        OUTGOING_SECRET_ERP: `${receiver.origin} Bearer ${SECRET}`,
      },
      onLog: (line) => void lines.push(line),
    });
    admin = app.basic('admin');
  });
  afterEach(() => {
    receiver.received.splice(0);
    other.received.splice(0);
  });
  afterAll(async () => {
    await app.close();
    await receiver.close();
    await other.close();
  });

  it('sends what the inputs say and gives status, headers and JSON to the process', async () => {
    receiver.answers.push({ status: 201, headers: { 'x-page': '1', 'set-cookie': 'a=b' }, body: { no: 'K-7' } });
    const inputs = {
      url: `="${receiver.origin}/orders/" + string(number)`,
      method: 'POST',
      headers: '={"x-unit": unit}',
      body: '={amount: amount}',
    };

    const key = await run('http_post', httpBpmn('http_post', inputs), { number: 5, unit: 'A1', amount: 3 });

    expect(receiver.received).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: '/orders/5',
        body: '{"amount":3}',
        headers: expect.objectContaining({ 'content-type': 'application/json', 'x-unit': 'A1' }),
      }),
    ]);
    const reply = await replyOf(key);
    expect(reply).toMatchObject({ status: 201, headers: { 'x-page': '1' }, body: { no: 'K-7' } });
    expect(Object.keys(reply?.['headers'] as object)).not.toContain('set-cookie');
    expect(await ended(key)).toEqual(['end']);
  });

  it('is warned of by the check of a publication where a literal address is not allowed', async () => {
    const at = (id: string) => ({ path: `workflows/${id}/${id}.bpmn` });
    const xml = (id: string, url: string) => httpBpmn(id, { url });
    const changes = [
      { ...at('http_far'), content: xml('http_far', 'https://far.example.net/') },
      { ...at('http_near'), content: xml('http_near', 'https://erp.example.org/') },
    ];

    const { body } = await (await app.as('admin')).post('/api/studio/check').send({ changes }).expect(200);

    const found = (body.problems as { code: string }[]).filter(({ code }) => code === 'link.outgoingAddress');
    expect(found).toEqual([
      expect.objectContaining({
        severity: 'warning',
        file: at('http_far').path,
        elementId: 'ask',
        messageZh: expect.stringContaining('OUTGOING_HOSTS 没有允许地址“https://far.example.net/”'),
      }),
    ]);
  });

  it('sends again after 5xx, later, under the same idempotency key', async () => {
    receiver.answers.push(503, { status: 200, body: 'done' });

    const key = await run('http_again', httpBpmn('http_again', { url: `${receiver.origin}/again` }));
    const { body } = await admin
      .post('/v2/jobs/search')
      .send({ filter: { processInstanceKey: key } })
      .expect(200);
    await until(async () => (await ended(key)).length > 0);

    const keys = receiver.received.map(({ headers }) => headers['idempotency-key']);
    expect(body.items[0]).toMatchObject({ retries: 2, errorMessage: expect.stringContaining('503') });
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(await replyOf(key)).toMatchObject({ status: 200, body: 'done' });
  });

  it('becomes an incident at once for 4xx', async () => {
    receiver.answers.push(404);

    const key = await run('http_404', httpBpmn('http_404', { url: `${receiver.origin}/nothing` }));

    expect(await incidentsOf(key)).toEqual(['Expected the receiver to answer 2xx but it answered 404.']);
    expect(receiver.received).toHaveLength(1);
  });

  it('throws the error that its header names for 4xx, with the answer', async () => {
    receiver.answers.push({ status: 422, body: { why: 'no budget' } });
    const xml = httpBpmn('http_error', { url: `${receiver.origin}/x` }, { errorCode: 'refused' });

    const key = await run('http_error', xml);

    expect(await ended(key)).toEqual(['refused']);
    expect(await incidentsOf(key)).toEqual([]);
  });

  it.each([
    ['http_host', 'https://evil.example.net/', /OUTGOING_HOSTS to allow https:\/\/evil\.example\.net/],
    ['http_meta', 'http://169.254.169.254/latest', /OUTGOING_HOSTS to allow/],
    ['http_file', 'file:///etc/passwd', /http or https address/],
  ])('becomes an incident at once for an address that the operator does not allow (%s)', async (id, url, expected) => {
    const key = await run(id, httpBpmn(id, { url: `="${url}"` }));

    expect(await incidentsOf(key)).toEqual([expect.stringMatching(expected)]);
  });

  it('becomes an incident for an allowed name that leads to this machine', async () => {
    const url = `${receiver.origin.replace('127.0.0.1', 'localhost')}/inside`;

    const key = await run('http_loopback', httpBpmn('http_loopback', { url }));

    expect(await incidentsOf(key)).toEqual([expect.stringMatching(/public address/)]);
    expect(receiver.received).toEqual([]);
  });

  it('becomes an incident for a redirect to a host that is not allowed', async () => {
    receiver.answers.push({ status: 302, headers: { location: 'http://10.0.0.1/admin' } });

    const key = await run('http_redirect', httpBpmn('http_redirect', { url: `${receiver.origin}/r` }));

    expect(await incidentsOf(key)).toEqual([expect.stringMatching(/allow http:\/\/10\.0\.0\.1/)]);
  });

  it('becomes an incident for an answer that is too long', async () => {
    receiver.answers.push({ status: 200, body: 'x'.repeat(1_000_001) });

    const key = await run('http_long', httpBpmn('http_long', { url: `${receiver.origin}/long` }));

    expect(await incidentsOf(key)).toEqual([expect.stringMatching(/at most 1000000 bytes/)]);
  });

  it('sends a secret of the operator by its name, and shows it nowhere', async () => {
    receiver.answers.push({ status: 200, headers: { 'x-echo': SECRET }, body: { heard: `Bearer ${SECRET}` } });
    const inputs = { url: `${receiver.origin}/secret`, headers: '={"Authorization": "{{secrets.ERP}}"}' };

    const key = await run('http_secret', httpBpmn('http_secret', inputs));

    expect(receiver.received[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
    expect(await replyOf(key)).toMatchObject({ status: 200, body: { heard: '●●●●' } });
    const search = { filter: { processInstanceKey: key } };
    const seen = await Promise.all(
      ['variables', 'jobs', 'incidents', 'element-instances'].map((what) =>
        admin.post(`/v2/${what}/search`).send(search),
      ),
    );
    expect(seen.map(({ text }) => text).join()).not.toContain(SECRET);
    expect(lines.join()).not.toContain(SECRET);
  });

  it('sends a secret to no other origin than the operator gave it for, also by a redirect', async () => {
    const headers = '={"Authorization": "{{secrets.ERP}}"}';
    receiver.answers.push({ status: 307, headers: { location: `${other.origin}/taken` } });

    const direct = await run('http_thief', httpBpmn('http_thief', { url: `${other.origin}/`, headers }));
    await run('http_moved', httpBpmn('http_moved', { url: `${receiver.origin}/`, headers }));

    expect(await incidentsOf(direct)).toEqual([expect.stringMatching(/gave it for another origin/)]);
    expect(other.received.map(({ path, headers: sent }) => [path, sent.authorization])).toEqual([
      ['/taken', undefined],
    ]);
  });

  it('takes a secret in headers alone, and only one that there is', async () => {
    const url = `${receiver.origin}/`;

    const inBody = await run('http_body', httpBpmn('http_body', { url, body: '="{{secrets.ERP}}"', method: 'POST' }));
    const unknown = await run('http_none', httpBpmn('http_none', { url, headers: '={"x-a": "{{secrets.NONE}}"}' }));

    expect(await incidentsOf(inBody)).toEqual([expect.stringMatching(/header values alone/)]);
    expect(await incidentsOf(unknown)).toEqual([expect.stringMatching(/OUTGOING_SECRET_NONE/)]);
    expect(receiver.received).toEqual([]);
  });

  it('never sends a handle of protected content, and takes none', async () => {
    receiver.answers.push({ status: 200, body: { name: { $sealed: '42' } } });
    const url = `${receiver.origin}/`;
    const sends = httpBpmn('http_sealed', { url, body: '={who: report.name}', method: 'POST' });

    const sent = await run('http_sealed', sends, { report: { name: { $sealed: '42' } } });
    const taken = await run('http_forged', httpBpmn('http_forged', { url }));

    expect(await incidentsOf(sent)).toEqual([expect.stringMatching(/protected content/)]);
    expect(await incidentsOf(taken)).toEqual([expect.stringMatching(/reserved/)]);
    expect(receiver.received).toHaveLength(1);
  });

  it('reads what the task maps, and nothing of the same name in the process', async () => {
    const variables = { method: 'DELETE', body: { a: 1 }, headers: { 'x-a': 'b' } };

    await run('http_own', httpBpmn('http_own', { url: `${receiver.origin}/own` }), variables);

    expect(receiver.received).toEqual([expect.objectContaining({ method: 'GET', body: '' })]);
    expect(receiver.received[0]?.headers['x-a']).toBeUndefined();
  });

  it.each([
    ['Host', 'http_h1'],
    ['Content-Length', 'http_h2'],
    ['Idempotency-Key', 'http_h3'],
  ])('does not let configuration set the header %s', async (name, id) => {
    const inputs = { url: `${receiver.origin}/`, headers: `={"${name}": "1"}` };

    const key = await run(id, httpBpmn(id, inputs));

    expect(await incidentsOf(key)).toEqual([expect.stringContaining(`"${name}"`)]);
    expect(receiver.received).toEqual([]);
  });
});

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries++) {
    if (tries > 500) throw new Error('It did not come about.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
