import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { marksIn } from './marks.js';
import { searchFiles, searchTables, type Find, type Look } from './search-data.js';
import { addresses, Visitor } from './visitors.js';

export interface Place {
  readonly url: string;
  readonly dataDir: string;
  readonly log: () => string;
  /** Instances whose pages every account opens, at most. */
  readonly casesEach: number;
}

export interface Search {
  readonly finds: readonly Find[];
  /** How many of each kind were looked through. */
  readonly looked: Readonly<Record<string, number>>;
}

const EXPORT_REASON = '核对台账';

/** Looks through every file, table, page, export, metric and the log. */
export async function searchEverything(place: Place): Promise<Search> {
  const finds: Find[] = [];
  const looked: Record<string, number> = {};
  const look = (kind: string, where: string, bytes: Buffer): void => {
    looked[kind] = (looked[kind] ?? 0) + 1;
    const fields = marksIn(bytes);
    if (fields.length > 0) finds.push({ where, fields });
  };
  await searchPages(place, look);
  searchFiles(place.dataDir, look);
  searchTables(place.dataDir, look);
  const log = place.log();
  look('log', 'log', Buffer.from(log));
  looked.logCharacters = log.length;
  return { finds, looked };
}

async function searchPages({ url, casesEach }: Place, look: Look): Promise<void> {
  const metrics = await fetch(`${url}/metrics`);
  look('pages', 'metrics', Buffer.from(await metrics.arrayBuffer()));
  for (const account of accounts()) {
    const visitor = await Visitor.signedIn(url, account);
    const keys = await keysFor(visitor, casesEach);
    for (const { method, path } of addresses())
      for (const asked of filled(path, keys)) {
        const { status, body } = await visitor.ask(
          method,
          asked,
          method === 'POST' ? { page: { limit: 1_000 } } : undefined,
        );
        look(status === 200 ? 'pages' : 'refusals', `${account}: ${method} ${asked}`, body);
      }
    await searchExports(visitor, keys.ledger, look);
  }
}

const accounts = (): readonly string[] =>
  (JSON.parse(readFileSync('workflows/organization.json', 'utf8')) as { accounts: { id: string }[] }).accounts.map(
    ({ id }) => id,
  );

interface Keys {
  readonly instance: readonly string[];
  readonly task: readonly string[];
  readonly ledger: readonly string[];
  readonly indicator: readonly string[];
}

interface Items {
  readonly items?: readonly {
    readonly processInstanceKey?: string;
    readonly userTaskKey?: string;
    readonly id?: string;
  }[];
}

/** What the account finds in its lists. */
async function keysFor(visitor: Visitor, casesEach: number): Promise<Keys> {
  const listed = async (path: string): Promise<NonNullable<Items['items']>> => {
    const { status, body } = await visitor.ask('GET', path);
    const parsed = status === 200 ? (JSON.parse(body.toString()) as Items | Items['items']) : undefined;
    return (Array.isArray(parsed) ? parsed : (parsed as Items | undefined)?.items) ?? [];
  };
  const tasks = await listed('/api/tasks?view=all&limit=200');
  const instances = await listed('/api/instances?limit=200');
  const keys = [...instances, ...tasks].flatMap(({ processInstanceKey }) => processInstanceKey ?? []);
  const ids = async (path: string) => (await listed(path)).flatMap(({ id }) => id ?? []);
  return {
    instance: [...new Set(keys)].slice(0, casesEach),
    task: tasks.flatMap(({ userTaskKey }) => userTaskKey ?? []).slice(0, casesEach),
    ledger: await ids('/api/ledgers'),
    indicator: await ids('/api/indicators'),
  };
}

/** The path with each key that the account knows; paths with other names are left out. */
function filled(path: string, { instance, task, ledger, indicator }: Keys): readonly string[] {
  if (!path.includes('{')) return [path];
  const known = [
    { start: '/api/instances/{key}', keys: instance },
    { start: '/v2/process-instances/{processInstanceKey}', keys: instance },
    { start: '/api/tasks/{key}', keys: task },
    { start: '/v2/user-tasks/{userTaskKey}', keys: task },
    { start: '/api/ledgers/{id}', keys: ledger },
    { start: '/api/indicators/{id}', keys: indicator },
  ].find(({ start }) => path.startsWith(start));
  if (!known || path.slice(known.start.length).includes('{')) return [];
  return known.keys.map((key) => path.replace(/\{\w+\}/, key));
}

async function searchExports(visitor: Visitor, ledgers: readonly string[], look: Look): Promise<void> {
  for (const ledger of ledgers) {
    const { status, body } = await visitor.ask('POST', `/api/ledgers/${ledger}/export`, { reason: EXPORT_REASON });
    if (status !== 200) continue;
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(body as unknown as ArrayBuffer);
    const texts = workbook.worksheets.flatMap((sheet) => sheet.getSheetValues());
    look('exports', `${visitor.account}: export of ${ledger}`, Buffer.from(JSON.stringify(texts)));
  }
}
