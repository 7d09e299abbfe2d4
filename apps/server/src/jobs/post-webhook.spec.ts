import type { LookupAddress, LookupAllOptions } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Guard } from '../outgoing/guarded-request.js';
import { readOrigins } from '../outgoing/allowed-hosts.js';
import { postWebhook } from './post-webhook.js';

describe('post of a webhook', () => {
  let server: Server;
  let status: number | undefined;
  let paths: string[];
  let answer: string;
  const portOf = () => (server.address() as AddressInfo).port;
  const post = (timeoutMs?: number) => postTo('127.0.0.1', `http://127.0.0.1:${portOf()}`, { timeoutMs });
  const postTo = (
    host: string,
    list: string,
    { timeoutMs, lookup }: { timeoutMs?: number | undefined; lookup?: Guard['lookup'] } = {},
  ) =>
    postWebhook(
      {
        url: new URL(`http://${host}:${portOf()}/hook?token=t0ken`),
        idempotencyKey: 'key-1',
        body: {},
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      },
      { hosts: readOrigins(list).hosts, ...(lookup && { lookup }) },
    );
  /** A name server that gives every name these addresses. */
  const leadsTo = (...addresses: readonly string[]): NonNullable<Guard['lookup']> =>
    ((_name: string, _options: LookupAllOptions, done: (error: Error | null, found: LookupAddress[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      )) as NonNullable<Guard['lookup']>;

  beforeAll(async () => {
    server = createServer((request, response) => {
      paths.push(request.url ?? '');
      if (status !== undefined) response.writeHead(status, { location: '/elsewhere' }).end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    [status, paths, answer] = [undefined, [], 'a text that nobody reads'];
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
    const result = await postWebhook(
      { url: new URL('http://127.0.0.1:1/x?token=t0ken'), idempotencyKey: 'k', body: {} },
      { hosts: readOrigins('http://127.0.0.1:1').hosts },
    );

    expect(result).toMatchObject({ ok: false, message: expect.stringContaining('ECONNREFUSED') });
    expect(result).toMatchObject({ message: expect.not.stringContaining('t0ken') });
  });

  it('is delivered however long the answer is, of which nothing is read', async () => {
    [status, answer] = [200, 'x'.repeat(5_000_000)];

    expect(await post()).toEqual({ ok: true });
  });

  it('is given up where a named host leads to this machine', async () => {
    const lookup = leadsTo('93.184.216.34', '127.0.0.1');

    const result = await postTo('erp.test', `http://erp.test:${portOf()}`, { lookup });

    expect(result).toMatchObject({ ok: false, isFinal: true, message: expect.stringContaining('public address') });
    expect(result).toMatchObject({ message: expect.stringContaining('WEBHOOK_ORIGINS') });
    expect(paths).toEqual([]);
  });

  it('reaches a private host that is named with its networks, and connects to the address that was looked at', async () => {
    status = 204;

    const result = await postTo('erp.test', `http://erp.test:${portOf()}=127.0.0.0/8`, {
      lookup: leadsTo('127.0.0.1'),
    });

    expect(result).toEqual({ ok: true });
  });

  it('is given up where a private host leads out of its networks', async () => {
    const result = await postTo('erp.test', `http://erp.test:${portOf()}=10.0.0.0/8`, { lookup: leadsTo('127.0.0.1') });

    expect(result).toMatchObject({ ok: false, isFinal: true, message: expect.stringContaining('networks') });
    expect(paths).toEqual([]);
  });
});
