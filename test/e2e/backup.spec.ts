import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { backUp } from '../../apps/server/src/commands/back-up.js';
import { digestsBelow } from '../../apps/server/src/commands/backup-manifest.js';
import { restore } from '../../apps/server/src/commands/restore.js';
import { verify } from '../../apps/server/src/commands/verify.js';
import { readSettings, type Settings } from '../../apps/server/src/settings/settings.js';
import { checkForm, orderBpmn } from './engine-models.js';
import { startApp, type TestApp } from './start-app.js';

describe('backup and restore', () => {
  let home: string;
  let app: TestApp;
  let good: string;
  const basic = () => app.basic('admin');
  const start = async () => {
    const body = { processDefinitionId: 'order', variables: { orderId: 'A1' } };
    return String((await basic().post('/v2/process-instances').send(body).expect(200)).body.processInstanceKey);
  };
  /** An empty place with the key of the installation, where a backup can be put. */
  const place = async (name: string, key = join(app.dataDir, 'master.key')): Promise<Settings> =>
    readSettings(
      { DATA_DIR: join(home, name), CONFIG_DIR: app.configDir, MASTER_KEY_FILE: key, CLOCK_CONTROL: 'true' },
      process.cwd(),
    );
  const copyOfGood = async (name: string) => {
    await cp(good, join(home, name), { recursive: true });
    return join(home, name);
  };
  /** Changes the database of a backup and makes its manifest fit again, as somebody who knows how would. */
  const tampered = async (name: string, sql: string) => {
    const folder = await copyOfGood(name);
    const database = new Sqlite(join(folder, 'changtong.sqlite'));
    database.exec(sql);
    database.close();
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as object;
    const files = await digestsBelow(folder);
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, files }));
    return folder;
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'changtong-backup-'));
    app = await startApp();
    await basic()
      .post('/v2/deployments')
      .attach('resources', Buffer.from(orderBpmn()), 'order.bpmn')
      .attach('resources', Buffer.from(checkForm), 'check.form.json')
      .expect(200);
    await Promise.all(Array.from({ length: 20 }, start));
    await writeFile(join(app.dataDir, 'attachments.note'), 'outside');
    await cp(join(app.dataDir, 'attachments.note'), join(app.dataDir, 'attachments', 'file-1'));
    good = join(home, 'good');
    const busy = Promise.all(Array.from({ length: 40 }, start));
    await backUp(app.running.platform.settings, good);
    await busy;
  });
  afterAll(async () => {
    await app.close();
    await rm(home, { recursive: true, force: true });
  });

  it('holds database, attachments and their digests, never the master key', async () => {
    const secret = (await readFile(join(app.dataDir, 'master.key'), 'utf8')).trim();
    const files = (await readdir(good, { recursive: true })).toSorted();
    const contents = await Promise.all(
      ['changtong.sqlite', 'manifest.json', 'attachments/file-1'].map((name) => readFile(join(good, name))),
    );

    expect(files).toEqual(['attachments', 'attachments/file-1', 'changtong.sqlite', 'manifest.json']);
    expect(contents.some((content) => content.includes(secret) || content.includes(Buffer.from(secret, 'hex')))).toBe(
      false,
    );
  });

  it('is put in an empty place, verified, and goes on there', async () => {
    const settings = await place('restored');

    const said = await restore(settings, good);
    const verified = await verify(settings, undefined);
    const second = await startApp({
      environment: { DATA_DIR: settings.dataDir, MASTER_KEY_FILE: settings.masterKeyFile },
    });
    const search = await second
      .basic('admin')
      .post('/v2/user-tasks/search')
      .send({ filter: { processDefinitionId: 'order', state: 'CREATED' }, page: { limit: 1 } });
    const path = `/v2/user-tasks/${search.body.items[0].userTaskKey}/completion`;
    const done = await second
      .basic('admin')
      .post(path)
      .send({ variables: { checked: true } });
    await second.close();

    expect(said).toMatch(/Restored: .* instances, \d+ events replayed/);
    expect(verified).toMatch(/nothing amiss/);
    expect(search.body.page.totalItems).toBeGreaterThanOrEqual(20);
    expect(done.status).toBe(204);
    expect(await readdir(join(settings.dataDir, 'attachments'))).toEqual(['file-1']);
  });

  it('refuses to overwrite a database', async () => {
    await expect(restore(app.running.platform.settings, good)).rejects.toThrow(/move it away first/);
    await expect(backUp(app.running.platform.settings, good)).rejects.toThrow(/Expected a new folder/);
  });

  it('refuses a backup of which a file has changed or is missing', async () => {
    const changed = await copyOfGood('changed');
    const bytes = await readFile(join(changed, 'changtong.sqlite'));
    bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
    await writeFile(join(changed, 'changtong.sqlite'), bytes);
    await rm(join(changed, 'attachments'), { recursive: true });
    const settings = await place('from-changed');

    const refused = restore(settings, changed);

    await expect(refused).rejects.toThrow(
      'Expected attachments/file-1 as it was backed up but it is missing.\nExpected changtong.sqlite as it was backed up but it has changed.',
    );
    await expect(readdir(settings.dataDir)).rejects.toThrow(/ENOENT/);
  });

  it('refuses a database whose histories do not give its states', async () => {
    const lost = await tampered('lost', `DELETE FROM event_log WHERE position = 3`);
    const moved = await tampered(
      'moved',
      `DELETE FROM user_tasks WHERE "key" = (SELECT MIN("key") FROM user_tasks WHERE state = 'CREATED')`,
    );

    await expect(restore(await place('from-lost'), lost)).rejects.toThrow(/with a gap at 3/);
    await expect(restore(await place('from-moved'), moved)).rejects.toThrow(/the open userTasks that its events give/);
  });

  it('refuses a torn database file and a newer schema', async () => {
    const torn = await copyOfGood('torn');
    const bytes = await readFile(join(torn, 'changtong.sqlite'));
    await writeFile(join(torn, 'changtong.sqlite'), bytes.fill(0, 8192, 60_000));
    const manifest = JSON.parse(await readFile(join(torn, 'manifest.json'), 'utf8')) as object;
    await writeFile(join(torn, 'manifest.json'), JSON.stringify({ ...manifest, files: await digestsBelow(torn) }));
    const newer = await tampered('newer', `INSERT INTO migrations (timestamp, name) VALUES (1999, 'Future1999')`);

    await expect(restore(await place('from-torn'), torn)).rejects.toThrow(/Expected a sound database but SQLite says/);
    await expect(restore(await place('from-newer'), newer)).rejects.toThrow(
      /the migration Future1999. Use the newer program/,
    );
  });

  it('refuses another master key, or none, and makes none', async () => {
    const other = join(home, 'other.key');
    await writeFile(other, `${'ab'.repeat(32)}\n`);

    await expect(restore(await place('from-other', other), good)).rejects.toThrow(
      /set MASTER_KEY_FILE to the right one/,
    );
    const none = await place('from-none', join(home, 'none.key'));
    await expect(restore(none, good)).rejects.toThrow(/Expected the master key at .*none.key but there is none/);
    await expect(readFile(join(home, 'none.key'))).rejects.toThrow(/ENOENT/);
  });

  it('is for SQLite; PostgreSQL has tools of its own', async () => {
    const settings = { ...app.running.platform.settings, databaseUrl: 'postgres://127.0.0.1/none' };

    await expect(backUp(settings, join(home, 'never'))).rejects.toThrow(/pg_dump -Fc/);
  });
});
