import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Runtime } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { LedgerExportService } from './ledger-export.service.js';
import type { LedgersService } from './ledgers.service.js';

const column = { id: 'text', title: 'Text', type: 'text' };
const rows = Array.from({ length: 150 }, () => ({ drill: false, text: randomBytes(2000).toString('base64') }));

const ledgers = {
  readable: async () => ({ declaration: { id: 'L', title: 'L', exports: ['reader'] }, columns: [column], scope: {} }),
  pageOf: () => ({}),
  queries: { count: async () => rows.length, page: async () => rows },
  shown: ({ text }: { text: string }) => [['text', text]],
} as unknown as LedgersService;
const runtime = {
  nextKey: async () => '1',
  now: () => 0,
  write: async () => ({ ok: true, reply: null }),
} as unknown as Runtime;
const log = { error: () => undefined } as unknown as Logger;

describe('export of a ledger', () => {
  it('is free for the next one after its reader went away in the middle', async () => {
    const exports = new LedgerExportService(ledgers, runtime, log);
    const account = { id: 'a', name: 'A', roles: ['reader'] } as unknown as SignedIn;
    const wish = { reason: 'audit', filters: [] };
    const { stream } = await exports.export('L', wish, account);
    await new Promise((resolve) => stream.once('readable', resolve));

    stream.destroy();
    await new Promise((resolve) => stream.once('close', resolve));

    const next = await exports.export('L', wish, account);
    next.stream.destroy();
    expect(next.fileName).toMatch(/^L-/);
  });
});
