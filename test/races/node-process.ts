import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { BRIEFLY, freePort } from '../support/server-process.js';

const repository = resolve(process.cwd());
/** Long, since the database is taken away while a node starts. */
const READY_TIMEOUT_MS = 600_000;
const LOG_KEPT = 20_000;
const CONFIGURATION_FAULTS = 'The configuration has faults';

/** One server process among several on a database. */
export interface NodeProcess {
  readonly url: string;
  /** As the table `nodes` names the process that runs now. */
  readonly name: string;
  /** False while it is stopped, killed or starting. */
  readonly isUp: boolean;
  output(): string;
  pause(): void;
  resume(): void;
  kill(): Promise<void>;
  /** Starts it until it is ready, again and again while the database is away. */
  start(): Promise<void>;
  /** Asks it to end and waits. */
  stop(): Promise<void>;
}

/** A configuration with roles and nothing else: a node is ready soon, and the processes come through the API. */
export async function writeConfiguration(folder: string): Promise<void> {
  await mkdir(join(folder, 'workflows'), { recursive: true });
  await mkdir(join(folder, 'forms'), { recursive: true });
  const roles = JSON.parse(await readFile(join(repository, 'workflows/roles.json'), 'utf8')) as object;
  const alone = { ...roles, protectedFiles: [], seesBy: undefined };
  await writeFile(join(folder, 'workflows/roles.json'), JSON.stringify(alone));
  const organization = JSON.parse(await readFile(join(repository, 'workflows/organization.json'), 'utf8')) as object;
  await writeFile(join(folder, 'workflows/organization.json'), JSON.stringify({ ...organization, fallback: [] }));
}

/** `say` is told what the node logs as a fault of its own. */
export async function createNode(
  home: string,
  environment: Record<string, string>,
  say: (text: string) => void,
): Promise<NodeProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, ...environment, PORT: String(port), DATA_DIR: home, DEMO: 'true', LOG_LEVEL: 'warn' };
  let child: ChildProcess | undefined;
  let isUp = false;
  let text = '';
  const launch = (): ChildProcess => {
    const entry = join(repository, 'dist/apps/server/src/main.js');
    const launched = spawn(process.execPath, [BRIEFLY, entry], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [launched.stdout, launched.stderr])
      stream.on('data', (chunk) => {
        text = (text + String(chunk)).slice(-LOG_KEPT);
        if (String(chunk).includes('request failed')) say(String(chunk));
      });
    return launched;
  };
  const hasEnded = () => !child || child.exitCode !== null || child.signalCode !== null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    isUp = false;
    if (hasEnded()) return;
    const ended = new Promise((done) => child!.once('exit', done));
    child!.kill(signal);
    await ended;
  };
  return {
    url,
    get name() {
      return `${hostname()}:${child?.pid}`;
    },
    get isUp() {
      return isUp;
    },
    output: () => text,
    pause: () => {
      isUp = false;
      child?.kill('SIGSTOP');
    },
    resume: () => {
      child?.kill('SIGCONT');
      isUp = true;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    start: async () => {
      const deadline = Date.now() + READY_TIMEOUT_MS;
      while (!isUp && Date.now() < deadline) {
        if (text.includes(CONFIGURATION_FAULTS)) throw new Error(`The node can never start:\n${text}`);
        if (hasEnded()) child = launch();
        await new Promise((done) => setTimeout(done, 100));
        isUp = await answers(`${url}/health/ready`);
      }
      if (!isUp) throw new Error(`The node was not ready within ${READY_TIMEOUT_MS} ms:\n${text}`);
    },
  };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.ok,
    () => false,
  );
