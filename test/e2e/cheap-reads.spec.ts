import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BasicCredentials } from '../../apps/server/src/sessions/basic-credentials.js';
import { SessionsService } from '../../apps/server/src/sessions/sessions.service.js';
import { startApp, type TestApp } from './start-app.js';

/** Each question to the database and each format of dates is a good part of what a cheap read costs (docs/performance.md). */
describe('finding out who asks, when nothing was committed since the last request', () => {
  let app: TestApp;

  beforeAll(async () => void (app = await startApp()));
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => app.close());

  /** What doing it once more takes, right after the first time: nothing else of the server has a turn in between. */
  async function costOf(identify: () => Promise<unknown>) {
    const { database } = app.running.platform;
    await identify();
    const [versions, queries] = [jest.spyOn(database, 'version'), jest.spyOn(database.reader, 'query')];
    const formats = jest.spyOn(Intl, 'DateTimeFormat');
    expect(await identify()).toBeDefined();
    const [asked, read, formatted] = [versions, queries, formats].map(({ mock }) => mock.calls.length);
    return { asked, read, formatted };
  }

  it('asks once whether anything was committed and reads nothing, with HTTP Basic', async () => {
    const basic = app.running.app.get(BasicCredentials);
    const header = `Basic ${Buffer.from('admin:demo').toString('base64')}`;

    expect(await costOf(() => basic.verify(header, '127.0.0.1'))).toEqual({ asked: 1, read: 0, formatted: 0 });
  });

  it('asks once more for the session', async () => {
    const sessions = app.running.app.get(SessionsService);
    const { token } = await sessions.open('admin');

    expect(await costOf(() => sessions.resolve(token))).toEqual({ asked: 2, read: 0, formatted: 0 });
  });
});
