import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymousReport, type Receipt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const traces = ['Kanarienvogel/9.9', '203.0.113.77', '198.51.100.23'];
const [device = '', forwarded = '', real = ''] = traces;

/** Who writes to the portal leaves what was written, and nothing of where it was written. */
describe('a report by the portal', () => {
  const log: string[] = [];
  let app: TestApp;
  let receipt: Receipt;

  beforeAll(async () => {
    app = await startApp({ inPlace: true, onLog: (line) => void log.push(line) });
    const headers = { 'user-agent': device, 'x-forwarded-for': forwarded, 'x-real-ip': real };
    const body = { data: anonymousReport, pin: '246801' };
    const sent = await app.anonymous().post('/api/portal/entries/report').set(headers).send(body).expect(201);
    receipt = sent.body as Receipt;
    const followed = { code: receipt.trackingCode, pin: '246801' };
    await app.anonymous().post('/api/portal/case').set(headers).send(followed).expect(200);
    await app.anonymous().post('/api/portal/case').set(headers).send({ code: 'AAAA-AAAA-AAAA' }).expect(404);
    await app.running.platform.runtime.idle();
  });
  afterAll(() => app.close());

  const read = (sql: string) => app.running.platform.database.reader.query(sql) as Promise<Record<string, unknown>[]>;
  const tables = async () => {
    const found = await read(`SELECT name FROM sqlite_master WHERE type = 'table'`);
    const rows = await Promise.all(found.map(({ name }) => read(`SELECT * FROM "${String(name)}"`)));
    return JSON.stringify(rows);
  };
  const files = async () => {
    const entries = await readdir(app.dataDir, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return (await Promise.all(paths.map((path) => readFile(path, 'latin1')))).join('\n');
  };

  it('leaves no address and no device in any table', async () => {
    const kept = await tables();

    expect(kept).toContain(receipt.caseNo);
    expect(traces.filter((trace) => kept.includes(trace))).toEqual([]);
  });

  it('leaves none in the log, nor in any file of the server', async () => {
    const written = `${log.join('\n')}\n${await files()}`;

    expect(written).toContain(receipt.caseNo);
    expect(traces.filter((trace) => written.includes(trace))).toEqual([]);
  });
});
