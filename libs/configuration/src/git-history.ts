import { execFile } from 'node:child_process';
import type { Problem } from '#bpmn';
import { isSafePath } from './files.js';

export interface GitAuthor {
  readonly name: string;
  readonly email: string;
}

/** `unavailable`: no Git on this machine or no repository here; history is then kept in the database alone. */
export type GitCommitResult =
  | { readonly kind: 'committed'; readonly id: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unavailable'; readonly reason: 'gitMissing' | 'notARepository' }
  | { readonly kind: 'failed'; readonly detail: string };

export interface GitLogEntry {
  readonly id: string;
  readonly author: GitAuthor;
  /** ISO 8601 with offset. */
  readonly at: string;
  /** First line of the message. */
  readonly message: string;
  /** Paths relative to the configuration folder. */
  readonly files: readonly string[];
}

interface GitRun {
  /** -1: Git could not be started. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What Git must not ask or be told from outside, so that a publication never waits and never lands elsewhere. */
const steady = ['--literal-pathspecs', '-c', 'core.quotePath=off', '-c', 'commit.gpgSign=false', '-c', 'color.ui=off'];

/** The history of a configuration folder, which may be any folder inside of a Git repository. */
export class GitHistory {
  constructor(private readonly gitExecutable = 'git') {}

  /** Tells whether a folder lies inside of a working tree and Git can be run. */
  async isRepository(dir: string): Promise<boolean> {
    return (await this.availability(dir)) === 'available';
  }

  /**
   * Commits the given files, added, changed or gone, and nothing else: other changes stay in index and working tree as
   * they are. Hooks are passed over, since the set was checked already. Paths are relative to `dir`.
   */
  async commit(dir: string, paths: readonly string[], message: string, author: GitAuthor): Promise<GitCommitResult> {
    refuseUnsafe(paths);
    const availability = await this.availability(dir);
    if (availability !== 'available') return { kind: 'unavailable', reason: availability };
    const changed = await this.changedPaths(dir, paths);
    if (changed.length === 0) return { kind: 'unchanged' };
    const untracked = await this.lines(dir, ['ls-files', '-z', '--others', '--', ...changed]);
    const added =
      untracked.length === 0 ? undefined : await this.run(dir, ['add', '--intent-to-add', '--', ...untracked]);
    const run = added && added.exitCode !== 0 ? added : await this.commitOnly(dir, changed, { message, author });
    if (run.exitCode === 0)
      return { kind: 'committed', id: (await this.run(dir, ['rev-parse', 'HEAD'])).stdout.trim() };
    if (untracked.length > 0)
      await this.run(dir, ['rm', '--quiet', '--cached', '--ignore-unmatch', '--', ...untracked]);
    return { kind: 'failed', detail: firstLines(run.stderr || run.stdout) };
  }

  /** The latest commits that touched the folder, or one path in it, newest first; empty without a repository. */
  async log(dir: string, path?: string, limit = 50): Promise<readonly GitLogEntry[]> {
    if (path !== undefined) refuseUnsafe([path]);
    const format = '--format=%x1e%H%x1f%an%x1f%ae%x1f%aI%x1f%s%x1f';
    const where = path === undefined ? ['workflows', 'forms'] : [path];
    const run = await this.run(dir, [
      'log',
      format,
      '--name-only',
      '--relative',
      `--max-count=${Math.max(1, Math.trunc(limit))}`,
      '--',
      ...where,
    ]);
    return run.exitCode === 0 ? run.stdout.split('\x1e').slice(1).map(logEntry) : [];
  }

  /** The content of a file at a commit; undefined where there was none. */
  async show(dir: string, commit: string, path: string): Promise<string | undefined> {
    refuseUnsafe([path]);
    if (!/^[0-9a-f]{7,64}$/.test(commit)) return undefined;
    const run = await this.run(dir, ['show', `${commit}:./${path}`]);
    return run.exitCode === 0 ? run.stdout : undefined;
  }

  private async availability(dir: string): Promise<'available' | 'gitMissing' | 'notARepository'> {
    const run = await this.run(dir, ['rev-parse', '--is-inside-work-tree']);
    if (run.exitCode < 0) return 'gitMissing';
    return run.exitCode === 0 && run.stdout.trim() === 'true' ? 'available' : 'notARepository';
  }

  /** Of the given paths those that differ from the last commit, so that one without a change does not spoil the rest. */
  private async changedPaths(dir: string, paths: readonly string[]): Promise<readonly string[]> {
    const found = await Promise.all(
      paths.map(async (path) =>
        (await this.run(dir, ['status', '--porcelain', '--untracked-files=all', '--', path])).stdout ? path : undefined,
      ),
    );
    return found.filter((path) => path !== undefined);
  }

  private commitOnly(
    dir: string,
    paths: readonly string[],
    { message, author }: { readonly message: string; readonly author: GitAuthor },
  ): Promise<GitRun> {
    const name = plainLine(author.name) || 'unknown';
    const email = plainLine(author.email) || 'unknown@localhost';
    const who = {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
    };
    const text = message.replaceAll('\0', '').trim() || 'Update configuration';
    return this.run(
      dir,
      ['commit', '--quiet', '--no-verify', '--cleanup=whitespace', `--message=${text}`, '--only', '--', ...paths],
      who,
    );
  }

  private async lines(dir: string, parameters: readonly string[]): Promise<readonly string[]> {
    return (await this.run(dir, parameters)).stdout.split('\0').filter(Boolean);
  }

  private run(
    dir: string,
    parameters: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<GitRun> {
    const options = {
      cwd: dir,
      env: { ...outsideEnvironment(), ...environment },
      maxBuffer: 16 * 1024 * 1024,
      timeout: 30_000,
      windowsHide: true,
    };
    return new Promise((resolve) => {
      execFile(this.gitExecutable, [...steady, ...parameters], options, (error, stdout, stderr) => {
        const exitCode = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
        resolve({ exitCode, stdout, stderr: stderr || (error?.message ?? '') });
      });
    });
  }
}

/** Says in a problem's shape why a publication has no commit; undefined where it has one. */
export function gitNotice(result: GitCommitResult): Problem | undefined {
  if (result.kind === 'committed' || result.kind === 'unchanged') return undefined;
  const detail =
    result.kind === 'failed'
      ? result.detail
      : result.reason === 'gitMissing'
        ? 'Git is not installed'
        : 'the folder is no Git repository';
  const zh =
    result.kind === 'failed'
      ? result.detail
      : result.reason === 'gitMissing'
        ? '本机没有安装 Git'
        : '配置目录不在 Git 仓库中';
  return {
    severity: 'warning',
    code: 'configuration.noCommit',
    message: `Published without a Git commit: ${detail}. History is kept in the database alone.`,
    messageZh: `已发布，但没有写入 Git：${zh}。历史只保存在数据库中。`,
  };
}

/** A surrounding Git (a hook, for instance) must not redirect us to its own repository or index. */
function outsideEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
}

function refuseUnsafe(paths: readonly string[]): void {
  const unsafe = paths.find((path) => !isSafePath(path));
  if (unsafe !== undefined)
    throw new RangeError(`Expected a path inside workflows/ or forms/ but found ${JSON.stringify(unsafe)}.`);
}

function logEntry(record: string): GitLogEntry {
  const [id = '', name = '', email = '', at = '', message = '', files = ''] = record.split('\x1f');
  return { id, author: { name, email }, at, message, files: files.split('\n').filter(Boolean) };
}

function plainLine(value: string): string {
  return value.replace(/[\p{Cc}<>]/gu, ' ').trim();
}

function firstLines(output: string): string {
  return output.trim().split('\n').slice(0, 3).join(' ');
}
