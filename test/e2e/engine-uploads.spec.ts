import { request as send } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orderBpmn } from './engine-models.js';
import { startApp, type TestApp } from './start-app.js';

const MOST_BYTES = 2 * 1024 * 1024;
const open = '--b\r\nContent-Disposition: form-data; name="resources"; filename="a.bpmn"\r\n\r\n';

interface Answer {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

/** Deployments that are malformed or too large; what is refused leaves nothing behind. */
describe('uploads to the engine API', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  const deploy = () => app.basic('admin').post('/v2/deployments');
  /** A process of exactly so many bytes. */
  const sized = (bytes: number): Buffer => {
    const text = orderBpmn('sized').replace('<bpmn:process id="sized"', '<!----><bpmn:process id="sized"');
    return Buffer.from(text.replace('<!---->', `<!--${'x'.repeat(bytes - Buffer.byteLength(text))}-->`));
  };
  const form = JSON.stringify({ id: 'check', title: 'Check', schema: { type: 'object', properties: {} } });
  const raw = (body: string, contentType = 'multipart/form-data; boundary=b'): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Basic ${Buffer.from('admin:demo').toString('base64')}`,
        'content-type': contentType,
        'content-length': Buffer.byteLength(body),
      };
      const request = send(`${app.url}/v2/deployments`, { method: 'POST', headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString()) as Answer));
      });
      request.on('error', reject).end(body);
    });
  const deployed = async (processDefinitionId: string): Promise<number> => {
    const found = await app
      .basic('admin')
      .post('/v2/process-definitions/search')
      .send({ filter: { processDefinitionId } });
    return Number(found.body.page.totalItems);
  };

  it('take a resource of 2 MB and refuse one of a byte more', async () => {
    const [whole, over] = [sized(MOST_BYTES), sized(MOST_BYTES + 1)];

    const refused = await deploy()
      .attach('resources', over, 'sized.bpmn')
      .attach('resources', Buffer.from(form), 'check.form.json');
    const before = await deployed('sized');
    const taken = await deploy()
      .attach('resources', whole, 'sized.bpmn')
      .attach('resources', Buffer.from(form), 'check.form.json');

    expect([whole.length, over.length]).toEqual([MOST_BYTES, MOST_BYTES + 1]);
    expect([refused.status, before, taken.status, await deployed('sized')]).toEqual([413, 0, 200, 1]);
    expect(refused.body).toMatchObject({
      type: 'about:blank',
      title: 'Content Too Large',
      instance: '/v2/deployments',
    });
  });

  it('refuse parts under other names and another tenant, by name', async () => {
    const file = Buffer.from(orderBpmn('named'));

    const others = await deploy().attach('files', file, 'named.bpmn');
    const field = await deploy().field('colour', 'red').attach('resources', file, 'named.bpmn');
    const tenant = await deploy().field('tenantId', 'other').attach('resources', file, 'named.bpmn');

    expect([others, field, tenant].map(({ status, body }) => [status, body.title])).toEqual(
      Array(3).fill([400, 'INVALID_ARGUMENT']),
    );
    expect([others, field, tenant].map(({ body }) => /files|colour|other/.exec(body.detail)?.[0])).toEqual([
      'files',
      'colour',
      'other',
    ]);
    expect(await deployed('named')).toBe(0);
  });

  it.each([
    ['that ends within a file', `${open}<bpmn:definitions`],
    ['that ends within a header', open.slice(0, 30)],
    ['without a part', '--b--\r\n'],
    ['that is none', 'hello'],
  ])('refuse a body %s', async (_, body) => {
    expect(await raw(body)).toMatchObject({ status: 400, title: 'INVALID_ARGUMENT' });
  });

  it('refuse a body without a boundary, and one that is no multipart', async () => {
    expect(await raw(`${open}x\r\n--b--\r\n`, 'multipart/form-data')).toMatchObject({ status: 400 });
    expect(await raw('{}', 'application/json')).toMatchObject({ status: 415 });
  });
});
