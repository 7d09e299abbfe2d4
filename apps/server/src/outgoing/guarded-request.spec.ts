import type { LookupAddress, LookupAllOptions } from 'node:dns';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readAllowedHosts } from './allowed-hosts.js';
import { guardedRequest, type Guard, type GuardedRequest } from './guarded-request.js';

interface Seen {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Answer = (response: ServerResponse, request: Seen) => void;

describe('request to a host of the list', () => {
  const seen: Seen[] = [];
  const answers: Answer[] = [];
  let port = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Seen = {
        method: request.method ?? '',
        host: request.headers.host ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(one);
      (answers.shift() ?? ((reply) => void reply.end('ok')))(response, one);
    });
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    seen.splice(0);
    answers.splice(0);
  });

  /** Names that lead to these addresses, as a name server would say. */
  const namesOf = (names: Readonly<Record<string, readonly string[]>>): NonNullable<Guard['lookup']> =>
    ((name: string, _: LookupAllOptions, done: (error: Error | null, found: LookupAddress[]) => void) =>
      done(
        null,
        (names[name] ?? []).map((address) => ({ address, family: 4 })),
      )) as NonNullable<Guard['lookup']>;

  const loopback = namesOf({ 'erp.test': ['127.0.0.1'], 'other.test': ['127.0.0.1'] });
  const bothHosts = () => `http://erp.test:${port}=127.0.0.0/8, http://other.test:${port}=127.0.0.0/8`;

  const send = (request: Partial<GuardedRequest>, { list = bothHosts(), lookup = loopback } = {}) =>
    guardedRequest(
      {
        url: `http://erp.test:${port}/start`,
        method: 'GET',
        headers: {},
        timeoutMs: 3_000,
        maxBytes: 1_000,
        maxRedirects: 5,
        ...request,
      },
      { hosts: readAllowedHosts(list).hosts, lookup },
    );
  const redirectTo =
    (location: string, status = 302): Answer =>
    (response) =>
      void response.writeHead(status, { location }).end();

  it('gives status, headers and body', async () => {
    answers.push((response) => void response.writeHead(201, { 'x-number': '7' }).end('{"a":1}'));

    const result = await send({ method: 'POST', body: '{"b":2}', headers: { 'content-type': 'application/json' } });

    expect(result).toMatchObject({ ok: true, answer: { status: 201, headers: { 'x-number': '7' } } });
    expect(result.ok && result.answer.body.toString()).toBe('{"a":1}');
    expect(seen).toEqual([expect.objectContaining({ method: 'POST', path: '/start', body: '{"b":2}' })]);
  });

  it('connects to nothing that the list does not name', async () => {
    const result = await send({}, { list: 'https://erp.test' });

    expect(result).toMatchObject({ ok: false, kind: 'forbidden', message: expect.stringContaining('OUTGOING_HOSTS') });
    expect(seen).toEqual([]);
  });

  it('does not reach this machine by a name that leads to it', async () => {
    const result = await send({}, { list: `http://erp.test:${port}` });

    expect(result).toMatchObject({ ok: false, kind: 'forbidden', message: expect.stringContaining('public address') });
    expect(seen).toEqual([]);
  });

  it('does not reach this machine by a domain of the list', async () => {
    const lookup = namesOf({ 'a.erp.test': ['127.0.0.1'] });

    const result = await send({ url: `http://a.erp.test:${port}/` }, { list: `http://*.erp.test:${port}`, lookup });

    expect(result).toMatchObject({ ok: false, kind: 'forbidden' });
    expect(seen).toEqual([]);
  });

  it('is not fooled by a name with a good and a bad address', async () => {
    const lookup = namesOf({ 'erp.test': ['93.184.216.34', '127.0.0.1'] });

    expect(await send({}, { list: `http://erp.test:${port}`, lookup })).toMatchObject({ ok: false, kind: 'forbidden' });
  });

  it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])(
    'does not reach this machine by the address %s',
    async (host) => {
      const list = `http://127.0.0.1:${port}, http://[::1]:${port}, http://[::ffff:7f00:1]:${port}`;

      expect(await send({ url: `http://${host}:${port}/` }, { list })).toMatchObject({ ok: false, kind: 'forbidden' });
      expect(seen).toEqual([]);
    },
  );

  it('follows a redirect to another allowed host, without what was secret', async () => {
    answers.push(redirectTo(`http://other.test:${port}/next`));
    const headers = { authorization: 'Bearer s', 'x-key': 's', cookie: 'c', accept: 'application/json' };

    const result = await send({ headers });

    expect(result).toMatchObject({ ok: true, answer: { status: 200 } });
    expect(seen.map(({ host, path }) => `${host}${path}`)).toEqual([
      `erp.test:${port}/start`,
      `other.test:${port}/next`,
    ]);
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer s', 'x-key': 's' });
    expect(Object.keys(seen[1]?.headers ?? {}).sort()).toEqual(['accept', 'connection', 'host']);
  });

  it('keeps headers on a redirect within the host', async () => {
    answers.push(redirectTo('/next'));

    await send({ headers: { authorization: 'Bearer s' } });

    expect(seen[1]).toMatchObject({ path: '/next', headers: { authorization: 'Bearer s' } });
  });

  it('does not follow a redirect to a host that the list does not name', async () => {
    answers.push(redirectTo('http://169.254.169.254/latest/meta-data'));

    const result = await send({});

    expect(result).toMatchObject({ ok: false, kind: 'forbidden', message: expect.stringContaining('169.254.169.254') });
    expect(seen).toHaveLength(1);
  });

  it('does not follow a redirect to an allowed name that leads elsewhere', async () => {
    answers.push(redirectTo(`http://other.test:${port}/next`));
    const list = `http://erp.test:${port}=127.0.0.0/8, http://other.test:${port}=10.0.0.0/8`;

    expect(await send({}, { list })).toMatchObject({ ok: false, kind: 'forbidden' });
    expect(seen).toHaveLength(1);
  });

  it('follows five redirects and no more', async () => {
    answers.push(...Array.from({ length: 6 }, () => redirectTo('/again')));

    expect(await send({})).toMatchObject({ ok: false, kind: 'forbidden', message: expect.stringContaining('5') });
    expect(seen).toHaveLength(6);
  });

  it('sends the body again on 307 and drops it on 303', async () => {
    answers.push(redirectTo('/same', 307), redirectTo('/other', 303));

    await send({ method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } });

    expect(seen.map(({ method, body }) => `${method} ${body}`)).toEqual(['POST x', 'POST x', 'GET ']);
    expect(seen[2]?.headers['content-type']).toBeUndefined();
  });

  it('stops reading an answer that is too long', async () => {
    answers.push((response) => void response.end('x'.repeat(1_001)));

    expect(await send({})).toMatchObject({ ok: false, kind: 'tooLarge' });
  });

  it('does not wait longer than its time, redirects and a slow body included', async () => {
    answers.push(redirectTo('/slow'), (response) => void response.writeHead(200).write('a'));

    expect(await send({ timeoutMs: 300 })).toMatchObject({ ok: false, kind: 'timeout' });
  });

  it('tells of a receiver that is not there without its address', async () => {
    const result = await send({ url: 'http://erp.test:1/secret-path' }, { list: 'http://erp.test:1=127.0.0.0/8' });

    expect(result).toMatchObject({ ok: false, kind: 'unreachable', message: expect.stringContaining('ECONNREFUSED') });
    expect(JSON.stringify(result)).not.toContain('secret-path');
  });
});
