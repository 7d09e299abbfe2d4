import { request } from 'node:http';
import { orderBpmn, checkForm } from '../e2e/engine-models.js';
import { startServer, type ServerProcess } from '../support/server-process.js';

const authorization = `Basic ${Buffer.from('admin:demo').toString('base64')}`;
const headers = { authorization, 'content-type': 'application/json' };

interface SlowRequest {
  readonly status: Promise<number>;
  send(rest: string): void;
}

/** A request whose body is sent in two parts, so that it is under way as long as the spec wants. */
function beginSlowly(url: string, begin: string, length: number): Promise<SlowRequest> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers: { ...headers, 'content-length': length } });
    const status = new Promise<number>((done, fail) => {
      outgoing.once('response', (response) => done(response.resume().statusCode ?? 0));
      outgoing.once('error', fail);
    });
    outgoing.once('error', reject);
    outgoing.write(begin, () => setTimeout(() => resolve({ status, send: (rest) => outgoing.end(rest) }), 300));
  });
}

/** A process that waits at a user task. */
async function deployOrder(url: string): Promise<void> {
  const files = new FormData();
  files.append('resources', new Blob([orderBpmn()]), 'order.bpmn');
  files.append('resources', new Blob([checkForm]), 'check.form.json');
  const { status } = await fetch(`${url}/v2/deployments`, { method: 'POST', headers: { authorization }, body: files });
  expect(status).toBe(200);
}

describe('a server that is asked to stop', () => {
  let server: ServerProcess;
  beforeAll(async () => void (server = await startServer()));
  afterAll(() => server.dispose());

  it('answers what is under way, refuses what is new, and ends by itself', async () => {
    const body = JSON.stringify({ filter: {}, page: { limit: 1 } });
    const slow = await beginSlowly(`${server.url}/v2/process-instances/search`, body.slice(0, 5), body.length);
    const poll = fetch(`${server.url}/v2/jobs/activation`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ type: 'never', worker: 's', timeout: 1000, maxJobsToActivate: 1, requestTimeout: 60_000 }),
    });
    await new Promise((done) => setTimeout(done, 500));
    const begun = Date.now();

    const ended = server.stop();
    const polled = await poll;
    const refused = await fetch(`${server.url}/v2/topology`, { headers });
    const alive = await fetch(`${server.url}/health/live`);
    slow.send(body.slice(5));
    const answered = await slow.status;
    const status = await ended;

    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect([polled.status, alive.status, answered, status]).toEqual([200, 200, 200, 0]);
    expect(Date.now() - begun).toBeLessThan(20_000);
  });

  it('starts again where it stopped', async () => {
    await server.restart();

    expect((await fetch(`${server.url}/v2/topology`, { headers })).status).toBe(200);
  });

  it('tells who waits for an instance to complete which one it is, and that it goes on', async () => {
    await deployOrder(server.url);
    const waiting = fetch(`${server.url}/v2/process-instances`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ processDefinitionId: 'order', awaitCompletion: true, requestTimeout: 60_000 }),
    });
    await new Promise((done) => setTimeout(done, 1_000));
    const begun = Date.now();

    const ended = server.stop();
    const answer = await waiting;

    expect(answer.status).toBe(504);
    expect(await answer.json()).toMatchObject({ processInstanceKey: expect.stringMatching(/^\d+$/) });
    expect(await ended).toBe(0);
    expect(Date.now() - begun).toBeLessThan(10_000);
  });
});
