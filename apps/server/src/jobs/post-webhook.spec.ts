import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { postWebhook } from './post-webhook.js';

describe('post of a webhook', () => {
  let server: Server;
  let status: number | undefined;
  let paths: string[];
  const post = (timeoutMs?: number) =>
    postWebhook({
      url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?token=t0ken`),
      idempotencyKey: 'key-1',
      body: {},
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });

  beforeAll(async () => {
    server = createServer((request, response) => {
      paths.push(request.url ?? '');
      if (status !== undefined) response.writeHead(status, { location: '/elsewhere' }).end('a text that nobody reads');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    [status, paths] = [undefined, []];
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([200, 201, 204])('is delivered where the receiver answers %i', async (answer) => {
    status = answer;

    expect(await post()).toEqual({ ok: true });
  });

  it.each([400, 401, 404, 422])('is given up at once after %i', async (answer) => {
    status = answer;

    expect(await post()).toMatchObject({ ok: false, isFinal: true, message: expect.stringContaining(String(answer)) });
  });

  it.each([408, 409, 425, 429, 500, 503])('is tried again after %i', async (answer) => {
    status = answer;

    expect(await post()).toMatchObject({ ok: false, isFinal: false });
  });

  it('follows no redirect', async () => {
    status = 307;

    const result = await post();

    expect(result).toMatchObject({ ok: false, isFinal: false });
    expect(paths).toEqual(['/hook?token=t0ken']);
  });

  it('is tried again where no answer comes in time', async () => {
    const result = await post(100);

    expect(result).toEqual({ ok: false, message: expect.stringMatching(/within 100 ms/) });
  });

  it('says nothing of the address where nobody listens', async () => {
    const result = await postWebhook({
      url: new URL('http://127.0.0.1:1/x?token=t0ken'),
      idempotencyKey: 'k',
      body: {},
    });

    expect(result).toMatchObject({ ok: false, message: expect.not.stringContaining('t0ken') });
  });
});
