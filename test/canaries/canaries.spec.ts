import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../e2e/start-app.js';
import { markOf, MARKED_FIELDS, marksIn } from './marks.js';
import { runCanaries, type CanariesResult } from './run-canaries.js';
import { searchTables } from './search-data.js';

describe('a mark', () => {
  it.each(MARKED_FIELDS)('is found in whatever way it is written: %s', (field) => {
    const mark = markOf(field, 17);
    const forms = [
      Buffer.from(`x${mark}y`.replace(/^x(?=\d)/, ''), 'utf8'),
      Buffer.from(mark, 'utf16le'),
      Buffer.from(JSON.stringify({ mark }).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)),
      Buffer.from(`q=${encodeURIComponent(mark)}`),
    ];

    expect(forms.map((form) => marksIn(form))).toEqual(forms.map(() => [field]));
    expect(marksIn(Buffer.from('2251799876500000017 信访人'))).toEqual([]);
  });
});

/** The small version of `npm run test:canaries`. */
describe('identities of petitioners', () => {
  let app: TestApp;
  let result: CanariesResult;
  const lines: string[] = [];
  beforeAll(async () => {
    app = await startApp({ onLog: (line) => lines.push(line) });
    const { url, dataDir } = app;
    result = await runCanaries({ url, dataDir, log: () => lines.join(''), casesEach: 5 }, 12);
  }, 600_000);
  afterAll(() => app.close());

  it('stand in no file, table, log, page, export or metric that nobody has opened', () => {
    expect(result.finds).toEqual([]);
    const { files = 0, rows = 0, pages = 0, exports = 0, log, logCharacters = 0 } = result.looked;
    expect({ hasFiles: files > 3, hasRows: rows > 2_000, hasPages: pages > 500, hasExports: exports > 5, log }).toEqual(
      {
        hasFiles: true,
        hasRows: true,
        hasPages: true,
        hasExports: true,
        log: 1,
      },
    );
    expect(logCharacters).toBeGreaterThan(10_000);
    expect(result.files).toMatchObject({ claimed: expect.any(Number), waiting: 1 });
    expect(result.files.claimed).toBeGreaterThan(3);
  });

  it('would be found where one is let out', async () => {
    const variables = { note: markOf('name', 1) };
    await app
      .basic('admin')
      .post('/v2/messages/publication')
      .send({ name: 'let-out', timeToLive: 60_000, variables })
      .expect(200);

    const found = new Set<string>();
    searchTables(app.dataDir, (_, where, bytes) => {
      if (marksIn(bytes).includes('name')) found.add(where);
    });

    expect([...found]).toEqual(['table messages']);
  });

  it('are opened only on record: as many entries as values', () => {
    expect(result.reveals.marked).toBeGreaterThan(10);
    expect(result.reveals.entries).toBe(result.reveals.opened);
  });
});
