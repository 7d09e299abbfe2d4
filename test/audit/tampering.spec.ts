import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditHead, instanceHeads, recordSeal, verifyAudit, verifyChains, type Database } from '#persistence';
import type { RowWrite } from '#runtime';
import { appendSeal, readSeals, writeHeads } from '../../apps/server/src/audit/seal-files.js';
import { openSigningKey } from '../../apps/server/src/audit/signing-key.js';
import { verifySeals } from '../../apps/server/src/audit/verify-seals.js';
import { taskProcess } from '../../libs/persistence/src/contract/models.js';
import { startNode, valueOf, type TestNode } from '../../libs/persistence/src/contract/node.js';
import { testDatabases } from '../../libs/persistence/src/contract/test-databases.js';
import { seededRandom } from '../support/seeded-random.js';
import { tamperings, type Tampering } from './tamperings.js';

const TRIES = Number(process.env['TAMPERINGS'] ?? 300);
const SEED = Number(process.env['SEED'] ?? 1);
const LOOKS = 60;
const INSTANCES = 12;

const look = (key: number): RowWrite => ({
  insert: 'access_log',
  rows: [
    {
      access_key: String(key),
      at: key,
      account: `clerk${key % 5}`,
      role: 'xf_clerk',
      class: 'identity',
      field: 'petitioner.name',
      case_key: String(key % 7),
      sealed_key: String(1_000 + key),
      process_instance_key: null,
      reason: '核对来访人',
      purpose: 'screen',
    },
  ],
});

/** Whoever has the database, but neither the key of the seals nor the folder that they are copied to (ADR 22). */
describe('somebody who changes what was sealed', () => {
  let node: TestNode;
  let folder: string;
  /** Reads through the connection that changes, so that a change can be taken back. */
  let inside: Database;

  beforeAll(async () => {
    node = await startNode(testDatabases[0]!.open, Date.UTC(2026, 2, 2, 1));
    folder = await mkdtemp(join(tmpdir(), 'changtong-audit-'));
    await node.deploy(taskProcess);
    const key = openSigningKey(join(folder, 'audit.key'));
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < LOOKS / 3; n++) valueOf(await node.runtime.write([look(round * 100 + n)]));
      for (let n = 0; n < INSTANCES / 3; n++) {
        const instanceKey = await node.begin('order');
        if (n % 2 === 0) await node.runtime.execute({ instanceKey, command: { type: 'cancelProcessInstance' } });
      }
      const log = await auditHead(node.database);
      const heads = await writeHeads(folder, `heads-${round}.txt`, instanceHeads(node.database, 0));
      const previous = (await readSeals(folder)).seals.at(-1)?.digest ?? '';
      const day = `2026-03-0${round + 1}`;
      const seal = { version: 1 as const, day, sealedAt: `${day}T00:00:00+08:00`, log, heads, previous };
      const digest = await appendSeal(folder, { ...seal, publicKey: key.publicKey }, key.sign);
      const record = { day, sealedAt: round, ...log, instances: heads.instances, digest, node: 'test' };
      valueOf(await node.runtime.write(recordSeal(record)));
    }
    // Its own transactions would run on the connection that changes things.
    await node.runtime.stop();
    inside = { ...node.database, reader: node.database.writer };
  });
  afterAll(async () => {
    await node.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const faults = async (): Promise<readonly string[]> => {
    const log = await verifyAudit(inside);
    const { broken } = await verifyChains(inside);
    const seals = await verifySeals(inside, folder);
    return [...log.faults, ...broken.map(({ message }) => message), ...seals.faults];
  };

  async function told(
    tampering: Tampering,
    seed: number,
  ): Promise<{ readonly what: string; readonly isTold: boolean }> {
    const random = seededRandom(seed);
    const files = new Map<string, string>();
    const keep = async (file: string) => files.set(file, await readFile(join(folder, file), 'utf8'));
    await inside.writer.query('BEGIN');
    try {
      const what = await tampering.change({
        random,
        query: (sql, params = []) => inside.writer.query(sql, [...params]),
        edit: async (file, change) => {
          await keep(file);
          await writeFile(join(folder, file), change(files.get(file)!));
        },
      });
      return { what: `${tampering.name}: ${what}`, isTold: (await faults()).length > 0 };
    } finally {
      await inside.writer.query('ROLLBACK');
      for (const [file, text] of files) await writeFile(join(folder, file), text);
    }
  }

  it('is not suspected where nothing was changed', async () => {
    expect(await faults()).toEqual([]);
  });

  it(
    `is told each time: ${TRIES} tries`,
    async () => {
      const missed: string[] = [];
      for (let n = 0; n < TRIES; n++) {
        const { what, isTold } = await told(tamperings[n % tamperings.length]!, SEED * 1_000_003 + n);
        if (!isTold) missed.push(what);
      }
      expect(missed).toEqual([]);
      expect(await faults()).toEqual([]);
    },
    TRIES * 1_000,
  );
});
