// Small pieces that the command scripts share; Node built-ins only, so that they run before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const startedAt = Date.now();

/**
 * For processes that live some minutes at most: V8 optimizes later, since most of what they run is over before optimizing
 * pays. In bytes of bytecode that a function runs before; Node's own is about 100,000.
 */
export const briefly = '--interrupt-budget=1000000';

/** Prints one progress line with the seconds since the command began. */
export function say(text) {
  console.log(`[${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s] ${text}`);
}

/** Runs a command in the repository and ends the script with its status when it fails. */
export function run(command, args, options = {}) {
  const { env, ...rest } = options;
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, ...rest });
  if (result.error) {
    console.error(`Could not run ${command}: ${result.error.message}`);
    process.exit(1);
  }
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Runs a command and gives its status and output; never ends the script. */
export function attempt(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26, ...options });
  return {
    ok: !result.error && result.status === 0,
    status: result.status,
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? '',
  };
}

/** Starts a long-running command and hands its signals and exit status through. */
export function follow(command, args, env = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  return child;
}

/** The local binary of a package, started through Node so that it works on every platform. */
export function bin(path) {
  return join(root, 'node_modules', path);
}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Node ${process.versions.node} is too old: Changtong needs Node 20.19 or newer.`);
  process.exit(1);
}

/**
 * Installs the packages of package-lock.json where they are missing or older than the lock. better-sqlite3 is compiled
 * where no prebuilt binary can be had; that needs Node's headers, which stand beside the `node` program on most systems.
 */
export function install() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).update(process.versions.modules).digest('hex');
  const stamp = join(root, 'node_modules', '.changtong-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('installing packages (the first time takes a few minutes) …');
  const env = {};
  const prefix = resolve(dirname(process.execPath), '..');
  if (!process.env.npm_config_nodedir && existsSync(join(prefix, 'include', 'node', 'node.h')))
    env.npm_config_nodedir = prefix;
  const npm = process.env.npm_execpath;
  if (npm) run(process.execPath, [npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { env });
  else
    run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      env,
    });
  writeFileSync(stamp, wanted);
}

/** A digest over names, sizes and times of all files below the folders: tells whether a build is still good. */
export function fingerprint(folders) {
  const hash = createHash('sha256');
  for (const folder of folders)
    walk(join(root, folder), (path, stat) => hash.update(`${relative(root, path)}:${stat.size}:${stat.mtimeMs}\n`));
  return hash.digest('hex');
}

function walk(path, visit) {
  if (!existsSync(path)) return;
  const stat = statSync(path);
  if (stat.isFile()) return visit(path, stat);
  for (const name of readdirSync(path).sort())
    if (name !== 'node_modules' && name !== 'dist') walk(join(path, name), visit);
}

/** Builds a part only when its sources changed since the last good build. */
export function buildWhenChanged(name, folders, build) {
  const stamp = join(root, 'dist', `.${name}.stamp`);
  const current = fingerprint(folders);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === current) return;
  build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, current);
}
