import { isDeepStrictEqual } from 'node:util';
import type { ScenarioLedger } from '#configuration';
import type { SignedIn } from '../access/signed-in.js';
import { LedgerFollowing } from '../ledgers/ledger-following.service.js';
import { LedgersService } from '../ledgers/ledgers.service.js';
import type { ScenarioRun } from './scenario-run.js';

type Page = Awaited<ReturnType<LedgersService['rows']>>;
type Row = Page['items'][number];

/** Where the rows of the run's instances are not as expected, one sentence each. */
export async function ledgers(run: ScenarioRun, expected: readonly ScenarioLedger[]): Promise<readonly string[]> {
  await run.app.get(LedgerFollowing).settled();
  const keys = new Set((await run.instances()).map(({ key }) => key));
  const faults = [];
  for (const one of expected) faults.push(...(await ledgerFaults(run, one, keys)));
  return faults;
}

async function ledgerFaults(
  run: ScenarioRun,
  { ledger, as, rows = 1, cells = {} }: ScenarioLedger,
  keys: ReadonlySet<string>,
): Promise<readonly string[]> {
  const found = (await allRows(run, ledger, await run.account(as))).filter(({ processInstanceKey }) =>
    keys.has(processInstanceKey ?? ''),
  );
  if (found.length !== rows)
    return [`Expected ${as} to find ${rows} rows in ledger ${ledger} but found ${found.length}.`];
  const differences = found.map((row) => cellFaults(ledger, row, cells));
  return differences.some((one) => one.length === 0) ? [] : (differences[0] ?? []);
}

function cellFaults(ledger: string, row: Row, cells: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(cells)
    .filter(([column, value]) => !isDeepStrictEqual(row.cells[column] ?? null, value))
    .map(
      ([column, value]) =>
        `Expected ${column} in ledger ${ledger} to be ${JSON.stringify(value)} but found ${JSON.stringify(row.cells[column])}.`,
    );
}

/** Ids of the ledgers in which an account finds any of these instances. */
export async function ledgersThatShow(
  run: ScenarioRun,
  account: SignedIn,
  keys: ReadonlySet<string>,
): Promise<readonly string[]> {
  await run.app.get(LedgerFollowing).settled();
  const { items } = await run.app.get(LedgersService).list(account);
  const found = [];
  for (const { id } of items) {
    const rows = await allRows(run, id, account);
    if (rows.some(({ processInstanceKey }) => keys.has(processInstanceKey ?? ''))) found.push(id);
  }
  return found;
}

async function allRows(run: ScenarioRun, ledger: string, account: SignedIn): Promise<readonly Row[]> {
  const service = run.app.get(LedgersService);
  const rows: Row[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await service.rows(ledger, { filters: [], limit: 200, cursor }, account);
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return rows;
}
