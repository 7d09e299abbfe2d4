import { join } from 'node:path';
import Database from 'better-sqlite3';
import { marksIn } from './marks.js';
import { Visitor } from './visitors.js';

export interface Reveals {
  /** Values that were opened and given out. */
  readonly opened: number;
  /** Of these, values with a mark: the search would find one if it stood anywhere. */
  readonly marked: number;
  /** Entries that the access log has more than before. */
  readonly entries: number;
}

/** Opens identities of some cases, with a reason, as the register clerk may; each value must give one entry. */
export async function revealSome(
  place: { readonly url: string; readonly dataDir: string },
  cases: number,
): Promise<Reveals> {
  const clerk = await Visitor.signedIn(place.url, 'xf_clerk');
  const before = entriesIn(place.dataDir);
  let [opened, marked] = [0, 0];
  for (const processInstanceKey of caseKeysIn(place.dataDir, cases)) {
    const { status, body } = await clerk.ask('GET', `/api/instances/${processInstanceKey}`);
    if (status !== 200) continue;
    const { sealed } = JSON.parse(body.toString()) as {
      readonly sealed: Readonly<Record<string, { canReveal: boolean }>>;
    };
    const sealedKeys = Object.entries(sealed).flatMap(([key, { canReveal }]) => (canReveal ? [key] : []));
    if (sealedKeys.length === 0) continue;
    const wish = { sealedKeys, reason: '核对身份', processInstanceKey };
    const { values } = await clerk.json<{ values: Readonly<Record<string, unknown>> }>('POST', '/api/reveals', wish);
    opened += Object.keys(values).length;
    marked += Object.values(values).filter((value) => marksIn(Buffer.from(JSON.stringify(value))).length > 0).length;
  }
  return { opened, marked, entries: entriesIn(place.dataDir) - before };
}

const on = <T>(dataDir: string, read: (database: Database.Database) => T): T => {
  const database = new Database(join(dataDir, 'changtong.sqlite'), { readonly: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
};

const entriesIn = (dataDir: string): number =>
  on(dataDir, (database) => Number(database.prepare('SELECT count(*) FROM access_log').pluck().get()));

const caseKeysIn = (dataDir: string, count: number): readonly string[] =>
  on(dataDir, (database) =>
    database
      .prepare(
        `SELECT CAST("key" AS TEXT) FROM process_instances WHERE bpmn_process_id = 'xf_main' ORDER BY "key" LIMIT ?`,
      )
      .pluck()
      .all(count),
  ) as readonly string[];

/** How many files cases have, and how many wait for one. */
export const filesIn = (dataDir: string): { readonly claimed: number; readonly waiting: number } =>
  on(dataDir, (database) =>
    database.prepare('SELECT count(case_key) AS claimed, count(*) - count(case_key) AS waiting FROM attachments').get(),
  ) as { claimed: number; waiting: number };

/** BPMN process ids of which the database has instances. */
export const processesIn = (dataDir: string): readonly string[] =>
  on(dataDir, (database) =>
    database.prepare('SELECT DISTINCT bpmn_process_id FROM process_instances ORDER BY 1').pluck().all(),
  ) as readonly string[];
