import { execFileSync } from 'node:child_process';

const author = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];

/** Makes the folder a Git repository with one commit of all it holds. */
export function putUnderGit(folder: string): void {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '.');
  git(folder, ...author, 'commit', '--quiet', '--message=first');
}

/** Author and subject of the last commit. */
export function lastCommit(folder: string): string {
  return git(folder, 'log', '-1', '--format=%an %s');
}

function git(folder: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: folder, encoding: 'utf8' }).trim();
}
