import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeClamd, VIRUS } from '../../apps/server/src/attachments/spec-clamd.js';
import { startApp, type TestApp } from './start-app.js';

const letter = Buffer.from('%PDF-1.7\nletter\n%%EOF');

describe('uploads where the operator named a virus scanner', () => {
  const clamd = fakeClamd();
  const lines: string[] = [];
  let home: string;
  let app: TestApp;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'changtong-clamd-'));
    const path = join(home, 'clamd.sock');
    await once(clamd.listen(path), 'listening');
    app = await startApp({ environment: { CLAMD: `unix:${path}` }, onLog: (line) => lines.push(line) });
  });
  afterAll(async () => {
    await app.close();
    clamd.close();
    await rm(home, { recursive: true });
  });

  const upload = (bytes: Buffer) =>
    app.anonymous().post('/api/portal/attachments').attach('file', bytes, '张三的信.pdf');
  const stored = async () => [
    await readdir(join(app.dataDir, 'attachments')).catch(() => []),
    await app.running.platform.database.reader.query('SELECT id FROM attachments'),
  ];

  it('are refused with a clear sentence where it finds a virus, and nothing of them is stored', async () => {
    const refused = await upload(Buffer.concat([letter, VIRUS])).expect(422);

    expect(refused.body.detail).toBe('文件带有病毒，没有收下。请换一份，或者拍成照片再传。');
    expect(await stored()).toEqual([[], []]);
    expect(lines.join('')).toContain('Eicar-Test-Signature');
    expect(lines.join('')).not.toContain('张三');
  });

  it('are taken where it finds none, and refused for now while it does not answer', async () => {
    await upload(letter).expect(201);
    const before = await stored();

    await new Promise((resolve) => clamd.close(resolve));
    const refused = await upload(letter).expect(503);

    expect(refused.body.detail).toBe('暂时不能检查病毒，文件没有收下，请稍后再试。');
    expect(await stored()).toEqual(before);
  });

  it('are not said to go unscanned', () => {
    expect(lines.join('')).not.toContain('not scanned');
  });
});
