import { describe, expect, it } from '@jest/globals';
import { OutcomeUnknown, StoreUnavailable } from '#persistence';
import { asRefusal, documentOf } from './problem-document.js';
import { Refusal, type RefusalCode } from './refusal.js';

const titleAt = (url: string, code: RefusalCode, status?: number) =>
  documentOf(new Refusal(code, 'Expected more.', status === undefined ? {} : { status }), url).title;

describe('the document of a refusal', () => {
  it('has all members of RFC 9457, without the query in the instance', () => {
    expect(documentOf(new Refusal('notFound', 'Expected more.'), '/v2/jobs/1?x=2')).toEqual({
      type: 'about:blank',
      title: 'NOT_FOUND',
      status: 404,
      detail: 'Expected more.',
      instance: '/v2/jobs/1',
      code: 'notFound',
    });
  });

  it('is titled on /v2 as the Camunda 8 API titles it, elsewhere by its status', () => {
    expect(titleAt('/v2/jobs', 'invalidArgument')).toBe('INVALID_ARGUMENT');
    expect(titleAt('/v2/jobs', 'invalidState')).toBe('INVALID_STATE');
    expect(titleAt('/v2/jobs', 'alreadyExists')).toBe('ALREADY_EXISTS');
    expect(titleAt('/v2/jobs', 'forbidden')).toBe('FORBIDDEN');
    expect(titleAt('/v2/jobs', 'unauthenticated')).toBe('Unauthorized');
    expect(titleAt('/v2/jobs', 'overloaded', 504)).toBe('Gateway Timeout');
    expect(titleAt('/api/tasks', 'invalidArgument')).toBe('Bad Request');
  });

  it('tells the client of the engine to try again where the server has too much to do, or cannot save', () => {
    const unsaved = asRefusal(new StoreUnavailable('locked', { cause: new Error('database is locked') }))!;
    const unknown = asRefusal(new OutcomeUnknown(new Error('read ECONNRESET')))!;

    expect(documentOf(unknown, '/v2/jobs')).toMatchObject({ title: 'Service Unavailable', status: 503 });
    expect(titleAt('/v2/jobs', 'overloaded')).toBe('RESOURCE_EXHAUSTED');
    expect(documentOf(unsaved, '/v2/jobs')).toMatchObject({ title: 'RESOURCE_EXHAUSTED', status: 503 });
    expect(documentOf(unsaved, '/api/tasks')).toMatchObject({ title: 'Service Unavailable', status: 503 });
  });
});

describe('what is thrown', () => {
  it.each([
    ['22021', /without zero characters/],
    ['22003', /too large/],
  ])('is the fault of the request where PostgreSQL says %s', (code, text) => {
    const refusal = asRefusal(Object.assign(new Error('QueryFailedError'), { driverError: { code } }));

    expect(refusal).toMatchObject({ code: 'invalidArgument', status: 400, message: expect.stringMatching(text) });
  });

  it.each([
    ['ENOSPC', /disk is full; free space/],
    ['EROFS', /can only be read/],
    ['08006', /does not answer/],
  ])('says what to do where a file or a reading ends with %s', (code, text) => {
    const refusal = asRefusal(Object.assign(new Error('write failed'), { code }));

    expect(refusal).toMatchObject({ code: 'unavailable', status: 503, message: expect.stringMatching(text) });
  });

  it('is a bug where nothing is known of it', () => {
    expect(asRefusal(Object.assign(new Error('QueryFailedError'), { driverError: { code: '42P01' } }))).toBeUndefined();
  });
});
