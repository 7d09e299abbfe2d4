import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { Problem } from '#bpmn';
import {
  compileConfiguration,
  type FolderWatch,
  formatProblem,
  readFolder,
  unitOfGroup,
  watchFolder,
} from '#configuration';
import {
  createAccountsRepository,
  createQueries,
  createStore,
  createVaultQueries,
  createWorkQueries,
  type Database,
  openDatabase,
  type Queries,
  type Store,
  type VaultQueries,
  type WorkQueries,
} from '#persistence';
import { createRuntime, type Runtime } from '#runtime';
import { createMasterKey, createVault, type MasterKey, type Vault } from '#vault';
import { casesHiddenFrom } from '../access/hidden-cases.js';
import { taskHolder } from '../access/signed-in.js';
import { ConfigurationDeployer } from '../configuration/configuration-deployer.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { repeatable } from '../idempotency/request-scope.js';
import { schedulesOf } from '../configuration/schedules-of.js';
import { replyOf } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';

/** Everything that lives as long as the process: opened before Nest starts, closed after it stopped. */
export interface Platform {
  readonly settings: Settings;
  readonly log: Logger;
  readonly database: Database;
  readonly store: Store;
  readonly queries: Queries;
  readonly workQueries: WorkQueries;
  readonly vaultQueries: VaultQueries;
  readonly runtime: Runtime;
  readonly masterKey: MasterKey;
  readonly vault: Vault;
  readonly configuration: ConfigurationHolder;
  readonly deployer: ConfigurationDeployer;
}

/** The configuration folder is broken and there is nothing older to serve. */
export class BrokenConfigurationError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => formatProblem(problem)).join('\n'));
    this.name = 'BrokenConfigurationError';
  }
}

/** Opens database, vault, configuration and runtime, in this order; nothing runs yet. */
export async function openPlatform(settings: Settings, log: Logger): Promise<Platform> {
  await mkdir(settings.dataDir, { recursive: true });
  const masterKey = createMasterKey(settings.masterKeyFile);
  const database = await openDatabase({
    url: settings.databaseUrl,
    timeoutMs: settings.databaseTimeoutSeconds * 1_000,
  });
  try {
    return await build(settings, log, { database, masterKey });
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Opened {
  readonly database: Database;
  readonly masterKey: MasterKey;
}

async function build(settings: Settings, log: Logger, { database, masterKey }: Opened): Promise<Platform> {
  for (const name of await database.migrate()) log.info({ migration: name }, 'migrated');
  const store = repeatable(createStore(database, { leaseSeconds: settings.leaseSeconds }));
  await store.reserveKeys();
  const queries = createQueries(database);
  const configuration = new ConfigurationHolder();
  const runtime = createRuntime({
    store,
    log,
    ...(settings.historyTimeToLive === undefined ? {} : { historyTimeToLive: settings.historyTimeToLive }),
    nodeId: `${hostname()}:${process.pid}`,
    functions: () => (configuration.isLoaded ? configuration.current.feelFunctions : {}),
    maxRounds: settings.maxRounds,
    maxCascade: settings.maxCascade,
    schedules: () => (configuration.isLoaded ? schedulesOf(configuration.current) : []),
    numberPattern: (series) => configuration.current.numbering[series]?.pattern,
    isFollowed: (id) => configuration.isLoaded && configuration.current.readModel.hashes.has(id),
    roleOfLane: (lane) => configuration.current.roles.roles.find(({ id, name }) => id === lane || name === lane)?.id,
    unitOfRole: (group) => unitOfGroup(configuration.current, group),
    hiddenCases: async (id) => {
      const account = await accounts.find(id);
      const { current } = configuration;
      return account && casesHiddenFrom(taskHolder(account, current), vault, current);
    },
  });
  const accounts = createAccountsRepository(database);
  const vaultQueries = createVaultQueries(database);
  const ports = { store: vaultQueries, newKey: () => store.nextKey(), now: () => runtime.now() };
  const vault = createVault(masterKey, ports);
  replyOf(await runtime.write(await vault.claimDatabase()));
  const deployedHash = async () => (await queries.latestSet('folder'))?.hash;
  const deployer = new ConfigurationDeployer({ runtime, holder: configuration, log, deployedHash });
  const workQueries = createWorkQueries(database);
  return {
    settings,
    log,
    database,
    store,
    queries,
    workQueries,
    vaultQueries,
    runtime,
    masterKey,
    vault,
    configuration,
    deployer,
  };
}

/**
 * Loads the configuration folder. A broken one is refused at the very first start; later the set that was deployed last
 * goes on serving.
 *
 * @throws BrokenConfigurationError
 */
export async function loadConfiguration({ settings, configuration, deployer, queries, log }: Platform): Promise<void> {
  const applied = await deployer.apply(await readFolder(settings.configDir), { message: 'found in the folder' });
  if (applied.ok) return;
  const last = await queries.latestSet('folder');
  if (!last) throw new BrokenConfigurationError(applied.problems);
  await serveStoredSet({ configuration, queries }, last.id);
  configuration.keepServingDespite(applied.problems);
  log.warn(
    { problems: applied.problems.map((problem) => formatProblem(problem)) },
    'the configuration folder has faults; the last good set goes on serving',
  );
}

/** Puts a set from the database in force: after a fault in the folder, or one that another node published. */
export async function serveStoredSet(
  { configuration, queries }: Pick<Platform, 'configuration' | 'queries'>,
  setId: number,
): Promise<void> {
  const files = new Map((await queries.setFiles(setId)).map(({ path, content }) => [path, content]));
  const compiled = await compileConfiguration({ files }, { isDeployed: true });
  if (!compiled.set) throw new BrokenConfigurationError(compiled.problems);
  configuration.switchTo(compiled.set);
}

/** Follows later changes of the folder. */
export function watchConfiguration({ settings, deployer, log }: Platform): FolderWatch {
  const fail = (error: unknown) => log.error({ err: error }, 'the configuration folder cannot be read');
  return watchFolder(settings.configDir, (source) => void deployer.follow(source).catch(fail), { onError: fail });
}

const lookForSetsMs = 3_000;

/**
 * Switches to what another node published, at once where its hint arrives: on PostgreSQL many nodes share one database.
 * Gives a function that ends it.
 */
export function followOtherNodes(platform: Platform): () => void {
  if (platform.database.dialect !== 'postgres') return () => undefined;
  const look = async () => {
    const latest = await platform.queries.latestSet('folder');
    if (latest && latest.hash !== platform.configuration.current.hash) await serveStoredSet(platform, latest.id);
  };
  const fail = (error: unknown) => platform.log.error({ err: error }, 'the latest configuration cannot be read');
  const lookNow = () => void look().catch(fail);
  const timer = setInterval(lookNow, lookForSetsMs);
  const stopHearing = platform.runtime.on('committed', ({ tables }) => {
    if (tables.includes('config_sets')) lookNow();
  });
  return () => {
    clearInterval(timer);
    stopHearing();
  };
}

/** Closes what `openPlatform` opened; the runtime must be stopped before. */
export async function closePlatform({ store, database }: Platform): Promise<void> {
  await store.close();
  await database.close();
}
