import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../support/server-process.js';

/** A PostgreSQL cluster that lives as long as one test, on a port of its own. */
export interface Cluster {
  readonly url: string;
  /** Ends all connections and starts it again; `immediate` is a crash with recovery. */
  restart(mode: 'fast' | 'immediate'): Promise<void>;
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<readonly R[]>;
  dispose(): Promise<void>;
}

/** Folder of PostgreSQL's programs; undefined where it is not installed. */
export function postgresPrograms(): string | undefined {
  const asked = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  const folders = [asked.stdout?.trim(), ...versions().map((version) => `/usr/lib/postgresql/${version}/bin`)];
  return folders.find((folder) => folder && existsSync(join(folder, 'initdb')));
}

const versions = (): readonly string[] =>
  existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').toSorted((a, b) => Number(b) - Number(a)) : [];

export async function startCluster(programs: string): Promise<Cluster> {
  const home = await mkdtemp(join(tmpdir(), 'changtong-cluster-'));
  const asOwner = ownerOf(home);
  const data = join(home, 'data');
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${home} -c max_connections=200`;
  asOwner(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale']);
  const control = (...words: string[]) =>
    asOwner(join(programs, 'pg_ctl'), ['-D', data, '-w', '-t', '60', '-l', join(home, 'log'), '-o', options, ...words]);
  control('start');
  return {
    url,
    restart: async (mode) => control('restart', '-m', mode),
    query: (sql, params = []) => queryOnce(url, sql, params),
    dispose: async () => {
      control('stop', '-m', 'immediate');
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** `initdb` refuses root: then everything runs as the system's user postgres. */
function ownerOf(folder: string): (program: string, args: readonly string[]) => void {
  if (process.getuid?.() !== 0) return (program, args) => run(program, args);
  run('chown', ['postgres', folder]);
  return (program, args) => run('runuser', ['-u', 'postgres', '--', program, ...args]);
}

function run(program: string, args: readonly string[]): void {
  execFileSync(program, [...args], { stdio: 'ignore', cwd: tmpdir() });
}

async function queryOnce<R extends object>(url: string, sql: string, params: readonly unknown[]): Promise<R[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(sql, [...params])).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
