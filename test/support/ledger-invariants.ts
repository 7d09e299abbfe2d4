import { compileConfiguration, type ConfigurationSet, readFolder } from '#configuration';
import { createLedgerStore, type Database } from '#persistence';
import { followInstance } from '../../apps/server/src/ledgers/follow-instance.js';

type Row = Readonly<Record<string, unknown>>;

let pack: Promise<ConfigurationSet> | undefined;

/** The pack of this repository, compiled once. */
async function compiledPack(): Promise<ConfigurationSet> {
  const { set } = await compileConfiguration(await readFolder(process.cwd()));
  if (!set) throw new Error('Expected the configuration of this repository to be sound.');
  return set;
}

/**
 * At any moment, also in the middle of the follower's work: an instance of the pack whose rows are behind has a mark, and
 * the rows of every other are just those that its facts give.
 */
export async function ledgerFaults(database: Database): Promise<readonly string[]> {
  const set = await (pack ??= compiledPack());
  const query = (sql: string) => database.reader.query(sql) as Promise<Row[]>;
  const followed = [...set.readModel.hashes.keys()].map((id) => `'${id}'`).join(', ');
  const forgotten = await query(
    `SELECT p."key" FROM process_instances p LEFT JOIN ledger_positions s ON s.process_instance_key = p."key"
     LEFT JOIN ledger_marks m ON m.process_instance_key = p."key" WHERE p.bpmn_process_id IN (${followed})
     AND m.process_instance_key IS NULL AND (s.process_instance_key IS NULL OR s.revision <> p.revision)`,
  );
  const faults = forgotten.map(
    (row) => `instance ${String(row['key'])}: its ledger rows are behind and nothing marks it`,
  );
  const current = await query(
    `SELECT p."key" FROM process_instances p JOIN ledger_positions s ON s.process_instance_key = p."key" AND s.revision = p.revision ORDER BY p."key"`,
  );
  const keys = current.map((row) => String(row['key']));
  for (let first = 0; first < keys.length; first += 200)
    faults.push(...(await differences(database, set, keys.slice(first, first + 200))));
  return faults;
}

async function differences(
  database: Database,
  set: ConfigurationSet,
  keys: readonly string[],
): Promise<readonly string[]> {
  const ledgers = createLedgerStore(database, {
    commit: () => Promise.reject(new Error('Expected nothing to be written.')),
  });
  const instances = await ledgers.instances(keys);
  const stored = (await database.reader.query(
    `SELECT process_instance_key, ledger_id, row_key, cells FROM ledger_rows WHERE process_instance_key IN (${keys.join(', ')}) ORDER BY ledger_id, row_key`,
  )) as Row[];
  const facts = (await database.reader.query(
    `SELECT process_instance_key, indicator_id, row_key, period_at, is_numerator FROM indicator_facts WHERE process_instance_key IN (${keys.join(', ')}) ORDER BY indicator_id, row_key`,
  )) as Row[];
  return instances.flatMap((instance) => {
    const isOwn = (row: Row) => String(row['process_instance_key']) === instance.key;
    const mark = { processInstanceKey: instance.key, revision: 0, claim: 0 };
    const made = followInstance(mark, instance, { set, setId: 0, timeZone: 'Asia/Shanghai', now: 0 });
    const wanted = [
      ...made.rows.map(({ ledgerId, cells }) => `${ledgerId} ${JSON.stringify(cells)}`),
      ...made.facts.map((fact) => `${fact.indicatorId} ${Math.round(fact.periodAt)} ${fact.isNumerator}`),
    ].sort();
    const found = [
      ...stored.filter(isOwn).map((row) => `${String(row['ledger_id'])} ${String(row['cells'])}`),
      ...facts
        .filter(isOwn)
        .map(
          (row) =>
            `${String(row['indicator_id'])} ${String(row['period_at'])} ${row['is_numerator'] === true || row['is_numerator'] === 1}`,
        ),
    ].sort();
    return JSON.stringify(wanted) === JSON.stringify(found)
      ? []
      : [
          `instance ${instance.key}: its ledger rows are not those of its facts: ${found.join()} instead of ${wanted.join()}`,
        ];
  });
}
