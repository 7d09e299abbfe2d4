import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConfigurationSource, isSafePath } from './files.js';
import { readFolder } from './read-folder.js';
import { watchFolder } from './watch-folder.js';
import { writeFiles } from './write-files.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'configuration-'));
  await mkdir(join(dir, 'workflows', 'claim'), { recursive: true });
  await mkdir(join(dir, 'forms'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

describe('reading a folder', () => {
  it('takes known text files and names what it leaves out', async () => {
    await writeFile(join(dir, 'workflows/claim/claim.bpmn'), '<x/>');
    await writeFile(join(dir, 'workflows/claim/photo.png'), 'x');
    await writeFile(join(dir, 'forms/big.form.json'), ' '.repeat(2 * 1024 * 1024 + 1));
    await writeFile(join(dir, 'forms/odd.form.json'), Buffer.from([0xff, 0xfe]));
    await symlink('/etc/hostname', join(dir, 'forms/link.form.json'));

    const { files, problems } = await readFolder(dir);

    expect([...files.keys()]).toEqual(['workflows/claim/claim.bpmn']);
    expect(problems?.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'error configuration.fileTooLarge',
      'warning configuration.linkIgnored',
      'error configuration.notUtf8',
      'warning configuration.unknownExtension',
    ]);
  });

  it('takes a missing folder as empty', async () => {
    expect((await readFolder(join(dir, 'nowhere'))).files.size).toBe(0);
  });
});

describe('paths that may be written', () => {
  it.each(['workflows/a/a.bpmn', 'forms/F01.form.json', 'workflows/a/documents/答复.hbs', 'workflows/roles.json'])(
    'takes %s',
    (path) => {
      expect(isSafePath(path)).toBe(true);
    },
  );

  it.each([
    '../x.json',
    'workflows/../x.json',
    '/etc/x.json',
    'forms/x.sh',
    'forms/.x.json',
    'src/x.json',
    'workflows//x.json',
    'workflows\\x.json',
    'forms/-x/../a.json',
    'workflows/a\0.json',
    'forms',
    '--x/forms.json',
  ])('refuses %j', (path) => {
    expect(isSafePath(path)).toBe(false);
  });
});

describe('writing files', () => {
  it('writes, replaces and takes away, and leaves nothing else behind', async () => {
    await writeFile(join(dir, 'forms/old.form.json'), 'old');
    await writeFile(join(dir, 'forms/kept.form.json'), 'before');

    await writeFiles(dir, [
      { path: 'forms/old.form.json', content: null },
      { path: 'forms/kept.form.json', content: 'after' },
      { path: 'workflows/other/other.bpmn', content: '<x/>' },
    ]);

    expect(await readdir(join(dir, 'forms'))).toEqual(['kept.form.json']);
    expect(await readFile(join(dir, 'forms/kept.form.json'), 'utf8')).toBe('after');
    expect(await readdir(join(dir, 'workflows/other'))).toEqual(['other.bpmn']);
  });

  it('undoes everything when one file fails', async () => {
    await writeFile(join(dir, 'forms/a.form.json'), 'before');
    await mkdir(join(dir, 'forms/b.form.json'));

    const writing = writeFiles(dir, [
      { path: 'forms/a.form.json', content: 'after' },
      { path: 'forms/new.form.json', content: 'new' },
      { path: 'forms/b.form.json', content: 'b' },
    ]);

    await expect(writing).rejects.toThrow();
    expect(await readFile(join(dir, 'forms/a.form.json'), 'utf8')).toBe('before');
    expect(await readdir(join(dir, 'forms'))).toEqual(['a.form.json', 'b.form.json']);
  });

  it('refuses a path that leads out, also through a link', async () => {
    await symlink(tmpdir(), join(dir, 'workflows/out'));

    await expect(writeFiles(dir, [{ path: 'forms/../../x.json', content: 'x' }])).rejects.toMatchObject({
      code: 'unsafePath',
    });
    await expect(writeFiles(dir, [{ path: 'workflows/out/x.json', content: 'x' }])).rejects.toMatchObject({
      code: 'unsafePath',
    });
  });
});

describe('watching a folder', () => {
  it('hands over all files once after several changes', async () => {
    const seen: ConfigurationSource[] = [];
    const folderWatch = watchFolder(dir, (source) => seen.push(source), { debounceMs: 100 });
    await folderWatch.ready;

    await writeFiles(dir, [
      { path: 'forms/a.form.json', content: '1' },
      { path: 'forms/b.form.json', content: '2' },
    ]);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await folderWatch.close();

    expect(seen.map(({ files }) => [...files.keys()])).toEqual([['forms/a.form.json', 'forms/b.form.json']]);
  });
});
