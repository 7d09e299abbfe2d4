import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NotificationsFile } from '#configuration';
import { readAllowedHosts } from '../outgoing/allowed-hosts.js';
import { postChat } from './post-chat.js';

const { chat } = JSON.parse(readFileSync('workflows/notifications.json', 'utf8')) as NotificationsFile;
const now = 1_700_000_000_123;
const text = '【某单位】有一条新通知 "$&"';

describe('message to a group chat', () => {
  const seen: { path: string; headers: Record<string, unknown>; body: Record<string, unknown> }[] = [];
  let answer: { status: number; body: string } = { status: 200, body: '' };
  let origin = '';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      seen.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => void seen.splice(0));

  const send = (format: string, reply: unknown, { status = 200, signKey = '', list = `${origin}=127.0.0.1` } = {}) => {
    answer = { status, body: typeof reply === 'string' ? reply : JSON.stringify(reply) };
    const robot = { url: `${origin}/robot/send?key=k`, ...(signKey !== '' && { signKey }) };
    return postChat(
      { text, format: chat!.formats[format]!, robot, idempotencyKey: 'notice-1' },
      { hosts: readAllowedHosts(list).hosts, now, timeoutMs: 2_000 },
    );
  };

  it('is what WeCom takes', async () => {
    expect(await send('wecom', { errcode: 0, errmsg: 'ok' })).toEqual({ ok: true });

    expect(seen).toEqual([
      {
        path: '/robot/send?key=k',
        headers: expect.objectContaining({ 'idempotency-key': 'notice-1' }),
        body: { msgtype: 'text', text: { content: text } },
      },
    ]);
  });

  it('is what DingTalk takes, signed over time and key in the address', async () => {
    expect(await send('dingtalk', { errcode: 0, errmsg: 'ok' }, { signKey: 'SECkey' })).toEqual({ ok: true });

    const query = new URL(seen[0]?.path ?? '', origin).searchParams;
    expect(query.get('key')).toBe('k');
    expect(query.get('timestamp')).toBe('1700000000123');
    expect(query.get('sign')).toBe(
      createHmac('sha256', 'SECkey').update('1700000000123\nSECkey').digest().toString('base64'),
    );
    expect(seen[0]?.body).toEqual({ msgtype: 'text', text: { content: text } });
  });

  it('is what Feishu takes, signed with time and key in the body', async () => {
    expect(await send('feishu', { code: 0, msg: 'success', data: {} }, { signKey: 'fs' })).toEqual({ ok: true });

    expect(seen[0]?.body).toEqual({
      timestamp: '1700000000',
      sign: createHmac('sha256', '1700000000\nfs').update('').digest('base64'),
      msg_type: 'text',
      content: { text },
    });
  });

  it('is not signed where the operator gives no key', async () => {
    await send('dingtalk', { errcode: 0 });
    await send('feishu', { StatusCode: 0, StatusMessage: 'success' });

    expect(seen[0]?.path).toBe('/robot/send?key=k');
    expect(Object.keys(seen[1]?.body ?? {})).toEqual(['msg_type', 'content']);
  });

  it.each([
    ['wecom', { errcode: 45009, errmsg: 'api freq out of limit' }, false],
    ['wecom', { errcode: 93000, errmsg: 'invalid webhook url' }, true],
    ['dingtalk', { errcode: 130101, errmsg: 'send too fast' }, false],
    ['dingtalk', { errcode: 310000, errmsg: 'sign not match' }, true],
    ['feishu', { code: 11232, msg: 'frequency limited' }, false],
    ['feishu', { code: 19021, msg: 'sign match fail' }, true],
  ])('of %s is not delivered by 200 with %j; final: %s', async (format, reply, isFinal) => {
    const code = 'errcode' in reply ? reply.errcode : reply.code;

    expect(await send(format, reply)).toEqual({ ok: false, message: expect.stringContaining(String(code)), isFinal });
  });

  it.each(['', '<html>sign in</html>', '{}', 'null', '{"errcode":"0"}'])(
    'is not delivered, and tried again, by the answer %s',
    async (reply) => {
      const result = await send('wecom', reply);

      expect(result).toMatchObject({ ok: false, message: expect.stringContaining('errcode') });
      expect(result).not.toMatchObject({ isFinal: true });
    },
  );

  it('is tried again after 502, and given up after 404', async () => {
    expect(await send('wecom', '', { status: 502 })).toMatchObject({ ok: false, isFinal: false });
    expect(await send('wecom', '', { status: 404 })).toMatchObject({ ok: false, isFinal: true });
  });

  it('goes to hosts of the operator alone, and tells neither address nor key', async () => {
    const result = await send('dingtalk', { errcode: 0 }, { list: 'https://oapi.dingtalk.com', signKey: 'SECkey' });

    expect(result).toMatchObject({ ok: false, isFinal: true });
    expect(JSON.stringify(result)).not.toMatch(/SECkey|key=k/);
    expect(seen).toEqual([]);
  });
});
