import { commitmentOf, linkOf } from '../../libs/persistence/src/chain.js';

type Row = Readonly<Record<string, unknown>>;

export interface Hands {
  /** From 0 up to and not including 1. */
  readonly random: () => number;
  query(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  edit(file: string, change: (text: string) => string): Promise<void>;
}

/** One way to change what was recorded; says what it did, for the list of those that were missed. */
export interface Tampering {
  readonly name: string;
  change(hands: Hands): Promise<string>;
}

const below = ({ random }: Hands, count: number): number => Math.floor(random() * count);

async function someRow(hands: Hands, table: string): Promise<Row> {
  const rows = await hands.query(`SELECT rowid AS "rowid", * FROM ${table}`);
  return rows[below(hands, rows.length)]!;
}

/** Another value of the same kind. */
function other(hands: Hands, value: unknown): unknown {
  if (value === null) return 'x';
  if (typeof value === 'number') return value + 1 + below(hands, 5);
  const text = String(value);
  const at = below(hands, text.length + 1);
  return `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`;
}

/** A commitment stands in place of destroyed content alone: of what is there it says nothing. */
const isFree = (table: string, column: string): boolean => table !== 'access_log' && column === 'commitment';

const edit = (table: string): Tampering => ({
  name: `an edited value of ${table}`,
  change: async (hands) => {
    const { rowid, ...row } = await someRow(hands, table);
    const columns = Object.keys(row).filter((column) => !isFree(table, column));
    const column = columns[below(hands, columns.length)]!;
    const value = other(hands, row[column]);
    await hands.query(`UPDATE OR REPLACE ${table} SET "${column}" = ? WHERE rowid = ?`, [value, rowid]);
    return `${column} of row ${String(rowid)} from ${String(row[column])} to ${String(value)}`;
  },
});

const removal = (table: string): Tampering => ({
  name: `a removed row of ${table}`,
  change: async (hands) => {
    const { rowid } = await someRow(hands, table);
    await hands.query(`DELETE FROM ${table} WHERE rowid = ?`, [rowid]);
    return `row ${String(rowid)}`;
  },
});

const insertion = (table: string, key: string): Tampering => ({
  name: `a row put into ${table}`,
  change: async (hands) => {
    const { rowid: _rowid, ...row } = await someRow(hands, table);
    const columns = Object.keys(row);
    const copy = { ...row, [key]: 100_000 + below(hands, 1_000) };
    const marks = columns.map(() => '?').join(', ');
    const names = columns.map((column) => `"${column}"`).join(', ');
    await hands.query(`INSERT INTO ${table} (${names}) VALUES (${marks})`, Object.values(copy));
    return JSON.stringify(copy);
  },
});

const swap = (table: string, position: string, same: string): Tampering => ({
  name: `two rows of ${table} in each other's place`,
  change: async (hands) => {
    const first = await someRow(hands, table);
    const others = (await hands.query(`SELECT rowid AS "rowid", * FROM ${table}`)).filter(
      (row) => row['rowid'] !== first['rowid'] && (same === '' || row[same] === first[same]),
    );
    const second = others[below(hands, others.length)]!;
    for (const [row, place] of [
      [first, -1],
      [second, first[position]],
      [first, second[position]],
    ] as const)
      await hands.query(`UPDATE ${table} SET ${position} = ? WHERE rowid = ?`, [place, row['rowid']]);
    return `${String(first[position])} and ${String(second[position])}`;
  },
});

/** Everything after an entry is removed, and the head is put back, so that the chain by itself is whole. */
const cutLog: Tampering = {
  name: 'an audit log that was cut off and put right',
  change: async (hands) => {
    const [{ last } = { last: 0 }] = await hands.query('SELECT MAX(position) AS last FROM audit_log');
    const position = 1 + below(hands, Number(last) - 1);
    const [entry] = await hands.query('SELECT hash FROM audit_log WHERE position = ?', [position]);
    const gone = await hands.query('SELECT payload FROM audit_log WHERE position > ?', [position]);
    for (const { payload } of gone) {
      const key = (JSON.parse(String(payload)) as Record<string, string>)['access_key'];
      if (key !== undefined) await hands.query('DELETE FROM access_log WHERE access_key = ?', [key]);
    }
    await hands.query('DELETE FROM audit_log WHERE position > ?', [position]);
    await hands.query('UPDATE audit_head SET position = ?, hash = ?', [position, entry?.['hash']]);
    return `after ${position} of ${String(last)}`;
  },
};

/** An entry and its row are changed, and all that follows is chained anew, as somebody would who knows how. */
const rewriteLog: Tampering = {
  name: 'an audit log that was written anew from some entry on',
  change: async (hands) => {
    const rows = await hands.query('SELECT * FROM audit_log ORDER BY position');
    const looks = rows.filter(({ type }) => type === 'access_log.insert');
    const chosen = looks[below(hands, looks.length)]!;
    const facts = JSON.parse(String(chosen['payload'])) as Record<string, string>;
    const forged = { ...facts, account: `${facts['account']}x` };
    await hands.query('UPDATE access_log SET account = ? WHERE access_key = ?', [forged.account, facts['access_key']]);
    let hash = String(rows[Number(chosen['position']) - 2]?.['hash'] ?? '');
    for (const row of rows.slice(Number(chosen['position']) - 1)) {
      const payload = row === chosen ? JSON.stringify(forged) : String(row['payload']);
      const [position, at] = [Number(row['position']), Number(row['at'])];
      const entry = { position, type: String(row['type']), version: Number(row['version']), at };
      hash = linkOf(hash, entry, commitmentOf(String(row['salt']), payload));
      await hands.query('UPDATE audit_log SET payload = ?, hash = ? WHERE position = ?', [payload, hash, position]);
    }
    await hands.query('UPDATE audit_head SET hash = ?', [hash]);
    return `from ${String(chosen['position'])} on`;
  },
};

/** The last events of an instance are removed, and its head is put back. */
const cutHistory: Tampering = {
  name: 'a history that was cut off and put right',
  change: async (hands) => {
    const { key, position } = await someRow(hands, 'process_instances');
    const left = 1 + below(hands, Number(position) - 1);
    const [event] = await hands.query('SELECT hash FROM event_log WHERE process_instance_key = ? AND position = ?', [
      key,
      left,
    ]);
    await hands.query('DELETE FROM event_log WHERE process_instance_key = ? AND position > ?', [key, left]);
    await hands.query('UPDATE process_instances SET position = ?, chain_head = ? WHERE "key" = ?', [
      left,
      event?.['hash'],
      key,
    ]);
    return `${String(key)} after ${left} of ${String(position)}`;
  },
};

const goneInstance: Tampering = {
  name: 'an instance that is gone without a word',
  change: async (hands) => {
    const { key } = await someRow(hands, 'process_instances');
    await hands.query('DELETE FROM event_log WHERE process_instance_key = ?', [key]);
    await hands.query('DELETE FROM process_instances WHERE "key" = ?', [key]);
    return String(key);
  },
};

const editFile = (file: (hands: Hands) => string): Tampering => ({
  name: 'an edited file of seals or heads',
  change: async (hands) => {
    const name = file(hands);
    let place = 0;
    await hands.edit(name, (text) => {
      // Not the newline at the end, which says nothing.
      place = below(hands, text.length - 1);
      return `${text.slice(0, place)}${text[place] === 'A' ? 'B' : 'A'}${text.slice(place + 1)}`;
    });
    return `${name} at ${place}`;
  },
});

const withoutSeal: Tampering = {
  name: 'a removed seal with others after it',
  change: async (hands) => {
    const line = below(hands, 2);
    await hands.edit('seals.jsonl', (text) =>
      text
        .split('\n')
        .filter((_, index) => index !== line)
        .join('\n'),
    );
    return `line ${line + 1}`;
  },
};

const cutSeals: Tampering = {
  name: 'the last seals cut off',
  change: async (hands) => {
    const kept = below(hands, 3);
    await hands.edit('seals.jsonl', (text) =>
      text
        .split('\n')
        .slice(0, kept)
        .map((line) => `${line}\n`)
        .join(''),
    );
    return `all after line ${kept}`;
  },
};

export const tamperings: readonly Tampering[] = [
  edit('audit_log'),
  edit('access_log'),
  edit('event_log'),
  edit('config_sets'),
  removal('audit_log'),
  removal('access_log'),
  removal('event_log'),
  insertion('audit_log', 'position'),
  insertion('access_log', 'access_key'),
  insertion('event_log', 'position'),
  swap('audit_log', 'position', ''),
  swap('event_log', 'position', 'process_instance_key'),
  cutLog,
  rewriteLog,
  cutHistory,
  goneInstance,
  editFile((hands) => `heads-${below(hands, 3)}.txt`),
  editFile(() => 'seals.jsonl'),
  withoutSeal,
  cutSeals,
];
