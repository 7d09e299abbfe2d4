import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const repository = resolve(process.cwd());
/** A server that takes longer hangs; one on a busy machine may take a minute. */
const READY_TIMEOUT_MS = 180_000;
/** As `briefly` of scripts/lib.mjs: half of what a server works in a spec is its start. */
export const BRIEFLY = '--interrupt-budget=1000000';

export interface ServerProcess {
  readonly url: string;
  readonly dataDir: string;
  readonly configDir: string;
  /** What the server has printed so far. */
  output(): string;
  /** Ends the process at once, as a power cut would. */
  kill(): Promise<void>;
  /** Asks the process to end and waits; gives its exit status. */
  stop(): Promise<number | null>;
  /** Starts it again on the same folders and port. */
  restart(): Promise<void>;
  /** Starts it with more environment variables; false where it was killed before it was ready. */
  tryRestart(more: Record<string, string>): Promise<boolean>;
  /** Resolves when the process has ended, with the signal that ended it. */
  ended(): Promise<NodeJS.Signals | null>;
  signal(signal: NodeJS.Signals): void;
  /** Stops it and removes its folders. */
  dispose(): Promise<void>;
}

/** Starts the built server on a free port with a data folder and a copy of the configuration of its own, and more files in it. */
export async function startServer(
  environment: Record<string, string> = {},
  more: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const home = await mkdtemp(join(tmpdir(), 'changtong-'));
  const dataDir = join(home, 'data');
  const configDir = join(home, 'configuration');
  await cp(join(repository, 'workflows'), join(configDir, 'workflows'), { recursive: true });
  await cp(join(repository, 'forms'), join(configDir, 'forms'), { recursive: true });
  for (const [path, content] of Object.entries(more)) {
    await mkdir(dirname(join(configDir, path)), { recursive: true });
    await writeFile(join(configDir, path), content);
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    CONFIG_DIR: configDir,
    DEMO: 'true',
    ...environment,
  };
  let child: ChildProcess;
  let text = '';

  async function launch(more: Record<string, string> = {}): Promise<void> {
    text = text.slice(-100_000);
    child = spawn(process.execPath, [BRIEFLY, join(repository, 'dist/apps/server/src/main.js')], {
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.on('data', (chunk) => (text += String(chunk)));
    child.stderr?.on('data', (chunk) => (text += String(chunk)));
    await untilReady(url, child, () => text);
  }

  async function ended(): Promise<NodeJS.Signals | null> {
    if (child.exitCode !== null || child.signalCode !== null) return child.signalCode;
    return new Promise((done) => child.once('exit', (_, signal) => done(signal)));
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = new Promise<number | null>((done) => child.once('exit', (status) => done(status)));
    child.kill(signal);
    return ended;
  }

  await launch();
  return {
    url,
    dataDir,
    configDir,
    output: () => text,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    restart: async () => {
      await end('SIGKILL');
      await launch();
    },
    tryRestart: async (more) => {
      await end('SIGKILL');
      return launch(more).then(
        () => true,
        (error: unknown) => {
          if (child.signalCode === 'SIGKILL') return false;
          throw error;
        },
      );
    },
    ended,
    signal: (signal) => child.kill(signal),
    dispose: async () => {
      await end('SIGTERM');
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The server ended with status ${child.exitCode}:\n${output()}`);
    const ready = await fetch(`${url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`The server was not ready within ${READY_TIMEOUT_MS} ms:\n${output()}`);
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))));
    });
  });
}
