import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { announce } from '../../apps/server/src/announcement.js';
import { createApp } from '../../apps/server/src/bootstrap.js';
import { readSettings } from '../../apps/server/src/settings/settings.js';
import { startApp, type TestApp } from './start-app.js';

const until = async (holds: () => boolean, deadline = Date.now() + 60_000): Promise<void> => {
  if (holds() || Date.now() > deadline) return;
  await new Promise((resolve) => setTimeout(resolve, 50));
  await until(holds, deadline);
};

describe('start', () => {
  let home: string;
  beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), 'changtong-start-'))));
  afterAll(() => rm(home, { recursive: true, force: true }));

  it('refuses a broken folder with every fault, where nothing is deployed yet', async () => {
    const configDir = join(home, 'broken');
    await cp('workflows', join(configDir, 'workflows'), { recursive: true });
    await cp('forms', join(configDir, 'forms'), { recursive: true });
    await writeFile(join(configDir, 'workflows', 'roles.json'), '{ "classes": [');
    const settings = readSettings({ CONFIG_DIR: configDir, DATA_DIR: join(home, 'data') }, process.cwd());

    const start = createApp(settings, { logLevel: 'silent', pages: false });

    await expect(start).rejects.toThrow(/workflows\/roles\.json:\d+/);
  });

  it('refuses a database that belongs to another master key', async () => {
    const environment = { DATA_DIR: join(home, 'keyed'), CONFIG_DIR: process.cwd() };
    const first = await createApp(readSettings(environment, process.cwd()), { logLevel: 'silent', pages: false });
    await first.close();

    const second = createApp(
      readSettings({ ...environment, MASTER_KEY_FILE: join(home, 'other.key') }, process.cwd()),
      { logLevel: 'silent', pages: false },
    );

    await expect(second).rejects.toThrow(/set MASTER_KEY_FILE to the right one/);
  });

  it('goes on with a set that an older version deployed and this one would refuse, and names what it refuses', async () => {
    const configDir = join(home, 'older');
    await cp('workflows', join(configDir, 'workflows'), { recursive: true });
    await cp('forms', join(configDir, 'forms'), { recursive: true });
    const settings = readSettings({ CONFIG_DIR: configDir, DATA_DIR: join(home, 'older-data') }, process.cwd());
    const first = await createApp(settings, { logLevel: 'silent', pages: false });
    const older = (column: string) => `${column} = replace(${column}, 'cancelActivity="false"', 'cancelActivity="0"')`;
    const { writer } = first.platform.database;
    await writer.query(`UPDATE config_files SET ${older('content')}`);
    await writer.query(`UPDATE process_definitions SET ${older('xml')}`);
    await first.close();
    const file = join(configDir, 'workflows', 'xf_emergency', 'xf_emergency.bpmn');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('cancelActivity="false"', 'cancelActivity="0"'));

    const second = await createApp(settings, { logLevel: 'silent', pages: false });
    const { configuration, runtime } = second.platform;
    const { folderProblems } = configuration;
    const processes = configuration.current.processes.map(({ id }) => id);
    const started = await runtime.createInstance({ bpmnProcessId: 'xf_emergency', variables: {} });
    await second.close();

    expect(processes).toContain('xf_emergency');
    expect(folderProblems).toContainEqual(
      expect.objectContaining({ code: 'bpmn.invalidBoolean', file: 'workflows/xf_emergency/xf_emergency.bpmn' }),
    );
    expect(started.ok).toBe(true);
  });
});

describe('running server', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('prints its addresses and the demo accounts', () => {
    const text = announce(app.running);

    expect(text).toContain('/work');
    expect(text).toContain('xf_clerk');
    expect(text).toContain('password demo');
  });

  it('follows a change of the folder without a restart', async () => {
    const { configuration } = app.running.platform;
    const before = configuration.current.hash;
    const file = join(app.configDir, 'workflows', 'organization.json');
    const organization = JSON.parse(await readFile(file, 'utf8')) as { name: string };

    await writeFile(file, JSON.stringify({ ...organization, name: '另一个矿' }, null, 2));
    await until(() => configuration.current.hash !== before);

    expect(configuration.current.organization.name).toBe('另一个矿');
  });

  it('keeps serving the last good set while the folder is broken', async () => {
    const { configuration } = app.running.platform;
    const before = configuration.current.hash;
    const file = join(app.configDir, 'workflows', 'dictionaries.json');
    const good = await readFile(file, 'utf8');

    await writeFile(file, '{ broken');
    await until(() => configuration.folderProblems.length > 0);

    expect(configuration.current.hash).toBe(before);
    expect(configuration.folderProblems[0]).toMatchObject({ file: 'workflows/dictionaries.json' });
    await writeFile(file, good);
    await until(() => configuration.folderProblems.length === 0);
    expect(configuration.folderProblems).toEqual([]);
  });
});
