import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { HttpProblem, rememberCsrfToken } from '../http.js';
import { call, callForFile } from './client.js';

type Sent = { address: string; init: RequestInit };

/** What was sent, each answered as told. */
function answering(body: unknown, init: ResponseInit = {}): Sent[] {
  const sent: Sent[] = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation((address, options = {}) => {
    sent.push({ address: String(address), init: options });
    const text = body === undefined ? null : JSON.stringify(body);
    return Promise.resolve(new Response(text, { headers: { 'content-type': 'application/json' }, ...init }));
  });
  return sent;
}

describe('a call of /api', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    rememberCsrfToken('');
  });

  it('writes the params and what is set of the query into the address', async () => {
    const sent = answering({ items: [] });

    await call('GET /api/tasks/{key}/people', { params: { key: '7/8' }, query: { q: '李 四' } });
    await call('GET /api/tasks', { query: { view: 'mine', lamp: '', cursor: null, limit: 50 } });

    expect(sent.map(({ address }) => address)).toEqual([
      '/api/tasks/7%2F8/people?q=%E6%9D%8E+%E5%9B%9B',
      '/api/tasks?view=mine&limit=50',
    ]);
    expect(sent[0]?.init).toMatchObject({ method: 'GET', credentials: 'same-origin' });
  });

  it('sends the body with the CSRF token and the key of the submission', async () => {
    rememberCsrfToken('token');
    const sent = answering({ next: null, caseNo: null });

    await call('POST /api/tasks/{key}/completion', {
      params: { key: '7' },
      body: { data: { a: 1 } },
      idempotencyKey: 'k',
    });

    expect(sent[0]?.init).toMatchObject({
      method: 'POST',
      body: '{"data":{"a":1}}',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': 'token', 'Idempotency-Key': 'k' },
    });
  });

  it('sends neither cookie nor token where it is anonymous', async () => {
    rememberCsrfToken('token');
    const sent = answering({ items: [] });

    await call('POST /api/portal/case/thread', { body: { code: 'ABCD' }, anonymous: true });

    expect(sent[0]?.init).toMatchObject({ credentials: 'omit' });
    expect(sent[0]?.init.headers).not.toHaveProperty('X-CSRF-Token');
  });

  it('throws the problem with its status, sentence, code and fields', async () => {
    const fields = [{ path: '/a', message: 'missing' }];
    answering({ title: 'invalid', detail: 'Expected a.', code: 'invalidForm', fields }, { status: 422 });

    const refused = call('POST /api/copies/read', { body: { copyKeys: [] } });

    await expect(refused).rejects.toEqual(new HttpProblem(422, 'Expected a.', fields, 'invalidForm'));
    await expect(refused).rejects.toMatchObject({ status: 422, code: 'invalidForm', fields });
  });

  it('gives a file with the name that the server gave it', async () => {
    const name = encodeURIComponent('台账.xlsx');
    answering('x', { headers: { 'content-disposition': `attachment; filename*=UTF-8''${name}` } });

    const file = await callForFile('POST /api/ledgers/{id}/export', {
      params: { id: 'l' },
      body: { reason: 'audit', columns: ['a'] },
    });

    expect(file.name).toBe('台账.xlsx');
  });

  /** Read by the compiler, never run: each of these is an error of types. */
  it('is refused by the compiler where path or field is not in the description', () => {
    const wrong = () => [
      // @ts-expect-error there is no such path
      call('GET /api/task/{key}', { params: { key: '7' } }),
      // @ts-expect-error the key is missing
      call('GET /api/tasks/{key}'),
      // @ts-expect-error no such parameter of the address
      call('GET /api/tasks', { query: { page: 2 } }),
      // @ts-expect-error no such field of the body
      call('POST /api/copies/read', { body: { keys: ['7'] } }),
      // @ts-expect-error no such field of the answer
      call('GET /api/notices').then(({ notices }) => notices),
      // @ts-expect-error it answers with JSON, not with a file
      callForFile('GET /api/notices'),
    ];

    expect(wrong).toBeInstanceOf(Function);
  });
});
