import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitHistory, gitNotice } from './git-history.js';

const author = { name: '管理员', email: 'admin@example.org' };
const who = { GIT_AUTHOR_NAME: 'x', GIT_AUTHOR_EMAIL: 'x@x', GIT_COMMITTER_NAME: 'x', GIT_COMMITTER_EMAIL: 'x@x' };
const history = new GitHistory();
let root: string;
let dir: string;
const git = (...parameters: string[]) =>
  execFileSync('git', parameters, { cwd: root, encoding: 'utf8', env: { ...process.env, ...who } }).trim();
const write = (path: string, content: string) => writeFile(join(dir, path), content);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'history-'));
  dir = join(root, 'conf');
  await mkdir(join(dir, 'workflows/claim'), { recursive: true });
  await mkdir(join(dir, 'forms'));
  git('init', '--quiet', '--initial-branch=main');
  await write('forms/a.form.json', '1');
  await write('forms/b.form.json', '1');
  git('add', '.');
  git('commit', '--quiet', '--message=first');
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('committing a publication', () => {
  it('commits just the given paths, new, changed and gone, in a subfolder', async () => {
    await write('forms/a.form.json', '2');
    await write('workflows/claim/新.bpmn', 'new');
    await rm(join(dir, 'forms/b.form.json'));
    await write('forms/other.form.json', 'untracked');
    await writeFile(join(root, 'staged.txt'), 'staged');
    git('add', 'staged.txt');

    const result = await history.commit(
      dir,
      ['forms/a.form.json', 'forms/b.form.json', 'workflows/claim/新.bpmn'],
      '发布',
      author,
    );

    expect(result).toEqual({ kind: 'committed', id: git('rev-parse', 'HEAD') });
    expect(git('-c', 'core.quotePath=off', 'show', '--name-status', '--format=%an <%ae> %s').split('\n')).toEqual([
      '管理员 <admin@example.org> 发布',
      '',
      'M\tconf/forms/a.form.json',
      'D\tconf/forms/b.form.json',
      'A\tconf/workflows/claim/新.bpmn',
    ]);
    expect(git('status', '--porcelain').split('\n')).toEqual(['A  staged.txt', '?? conf/forms/other.form.json']);
  });

  it('makes no commit where nothing changed', async () => {
    expect(await history.commit(dir, ['forms/a.form.json'], 'x', author)).toEqual({ kind: 'unchanged' });
  });

  it('never reads a message or an author as an option', async () => {
    await write('forms/a.form.json', '3');

    const result = await history.commit(dir, ['forms/a.form.json'], '--amend', { name: '--x <y>', email: '' });

    expect(result.kind).toBe('committed');
    expect(git('log', '--format=%s %ae')).toBe('--amend unknown@localhost\nfirst x@x');
  });

  it('refuses paths outside of the two folders', async () => {
    await expect(history.commit(dir, ['--all'], 'x', author)).rejects.toThrow(RangeError);
    await expect(history.commit(dir, ['../staged.txt'], 'x', author)).rejects.toThrow(RangeError);
  });

  it('says so where there is no repository or no Git', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'plain-'));

    const results = [
      await history.commit(outside, ['forms/a.form.json'], 'x', author),
      await new GitHistory('no-such-git').commit(dir, ['forms/a.form.json'], 'x', author),
    ];

    await rm(outside, { recursive: true });
    expect(results).toEqual([
      { kind: 'unavailable', reason: 'notARepository' },
      { kind: 'unavailable', reason: 'gitMissing' },
    ]);
    expect(results.map((result) => gitNotice(result)?.messageZh)).toEqual([
      expect.stringContaining('不在 Git 仓库中'),
      expect.stringContaining('没有安装 Git'),
    ]);
  });
});

describe('reading the history', () => {
  it('lists commits of a path with files relative to the configuration folder, and shows old content', async () => {
    await write('forms/a.form.json', '2');
    await history.commit(dir, ['forms/a.form.json'], '第二次', author);

    const [latest, first] = await history.log(dir, 'forms/a.form.json');

    expect(latest).toMatchObject({ author, message: '第二次', files: ['forms/a.form.json'] });
    expect(await history.show(dir, first?.id ?? '', 'forms/a.form.json')).toBe('1');
    expect(await history.show(dir, '--help', 'forms/a.form.json')).toBeUndefined();
  });
});
