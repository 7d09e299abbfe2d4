import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from './bootstrap.js';
import { openApiOf } from './http/openapi.js';
import { rootFolder } from './settings/root-folder.js';
import { readSettings } from './settings/settings.js';

const root = rootFolder();
const dataDir = await mkdtemp(join(tmpdir(), 'changtong-openapi-'));
const { app, close } = await createApp(readSettings({ DATA_DIR: dataDir }, root), { logLevel: 'silent', pages: false });
const document = openApiOf(app, { baseUrl: 'http://127.0.0.1:3000' });
await writeFile(join(root, 'docs', 'openapi.json'), `${JSON.stringify(document, null, 2)}\n`);
await close();
await rm(dataDir, { recursive: true, force: true });
process.stdout.write('docs/openapi.json\n');
