import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import request from 'supertest';
import type TestAgent from 'supertest/lib/agent.js';
import { createApp, createServices, type RunningApp, type RunningServices } from '../../apps/server/src/bootstrap.js';
import { readSettings, type Settings } from '../../apps/server/src/settings/settings.js';
import { layMigrated } from '../support/migrated-database.js';

const repository = resolve(process.cwd());

export interface TestApp {
  /** `http://127.0.0.1:<port>` of the listening server. */
  readonly url: string;
  readonly running: RunningApp;
  readonly configDir: string;
  readonly dataDir: string;
  /** Somebody without a session, as in the portal. */
  anonymous(): TestAgent;
  /** Signs in with a demo account; cookie and CSRF token go with each request. */
  as(account: string, password?: string): Promise<TestAgent>;
  /** HTTP Basic, as clients of the engine API use it. */
  basic(account: string, password?: string): TestAgent;
  close(): Promise<void>;
}

export interface StartOptions {
  /** More environment variables, such as `DEMO: 'false'`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder with `workflows/` and `forms/` to copy; default: the pack of this repository. */
  readonly configuration?: string;
  /** Reads that folder where it is: for specs that change no file. Default false. */
  readonly inPlace?: boolean;
  /** Takes every line of the log, from the level `debug` on. */
  readonly onLog?: (line: string) => void;
}

/** A real server on a free port, with a data folder and a copy of the configuration of its own. */
export async function startApp(options: StartOptions = {}): Promise<TestApp> {
  const { settings, home } = await makeHome(options);
  const running = await createApp(settings, { ...logOf(options), pages: false, watch: !options.inPlace });
  await running.app.listen(0, '127.0.0.1');
  const url = await running.app.getUrl();
  return {
    url,
    running,
    configDir: settings.configDir,
    dataDir: settings.dataDir,
    anonymous: () => request.agent(url),
    as: (account, password = 'demo') => signIn(url, account, password),
    basic: (account, password = 'demo') => request.agent(url).auth(account, password),
    close: async () => {
      await running.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The services of such a server, without its HTTP interface: half of what a start takes. */
export async function startServices(
  options: StartOptions = {},
): Promise<RunningServices & { readonly dataDir: string }> {
  const { settings, home } = await makeHome(options);
  const running = await createServices(settings, logOf(options));
  return {
    ...running,
    dataDir: settings.dataDir,
    close: async () => {
      await running.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function makeHome({
  environment = {},
  configuration = repository,
  inPlace = false,
}: StartOptions): Promise<{ readonly settings: Settings; readonly home: string }> {
  const home = await mkdtemp(join(tmpdir(), 'changtong-e2e-'));
  const configDir = inPlace ? configuration : join(home, 'configuration');
  if (!inPlace)
    for (const folder of ['workflows', 'forms'])
      await cp(join(configuration, folder), join(configDir, folder), { recursive: true });
  const settings = readSettings(
    { PORT: '0', CLOCK_CONTROL: 'true', CONFIG_DIR: configDir, DATA_DIR: join(home, 'data'), ...environment },
    repository,
  );
  await layMigrated(settings.databaseUrl);
  return { settings, home };
}

const logOf = ({ onLog }: StartOptions) =>
  onLog ? { logLevel: 'debug', logTo: { write: onLog } } : { logLevel: process.env['LOG_LEVEL'] ?? 'silent' };

async function signIn(url: string, username: string, password: string): Promise<TestAgent> {
  const agent = request.agent(url);
  const response = await agent.post('/api/session').send({ username, password }).expect(200);
  return agent.set('x-csrf-token', (response.body as { csrfToken: string }).csrfToken);
}
