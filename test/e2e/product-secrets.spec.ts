import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canary, complete, register, registration, report, send, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const words = Object.values(canary);

/** All bytes below the data folder: database, write-ahead log, attachments. */
async function stored(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
}

const found = (text: string | Buffer): readonly string[] => words.filter((word) => text.includes(word));

describe('protected content', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('stands in no file below the data folder', async () => {
    const { caseNo } = await send(app);
    const clerk = await app.as('xf_clerk');
    const key = await taskAt(clerk, 'registerPetition', caseNo);
    await clerk.put(`/api/tasks/${key}/draft`).send({ data: registration }).expect(200);
    await register(app);

    const bytes = await stored(app.dataDir);

    expect(bytes.includes(caseNo)).toBe(true);
    expect(found(bytes)).toEqual([]);
  });

  it('is in no answer to the petitioner, neither receipt nor case page', async () => {
    const sent = await app.anonymous().post('/api/portal/entries/report').send({ data: report }).expect(201);
    const page = await app.anonymous().post('/api/portal/case').send({ code: sent.body.trackingCode }).expect(200);

    expect(found(sent.text + page.text)).toEqual([]);
  });

  it.each(['xf_clerk', 'xf_office_director', 'admin', 'auditor', 'lead_group_head'])(
    'is on no screen of %s',
    async (account) => {
      const { processInstanceKey: key, caseNo } = await register(app);
      const agent = await app.as(account);
      const task = await taskAt(await app.as('xf_office_director'), 'assessAcceptance', caseNo);
      const paths = [
        '/api/tasks?view=all',
        '/api/tasks?view=done',
        `/api/tasks/${task}`,
        '/api/instances',
        `/api/instances/${key}`,
      ];
      const more = [
        `/api/instances/${key}/timeline`,
        `/api/instances/${key}/diagram`,
        '/api/supervision',
        '/api/access-log',
        `/v2/process-instances/${key}`,
      ];

      const answers = await Promise.all([...paths, ...more].map((path) => agent.get(path)));

      expect(answers.every(({ status }) => status < 500)).toBe(true);
      expect(found(answers.map(({ text }) => text).join('\n'))).toEqual([]);
    },
  );

  it('reaches no variable that the engine API gives', async () => {
    const { processInstanceKey } = await register(app);

    const { text } = await app
      .basic('admin')
      .post('/v2/variables/search')
      .send({ filter: { processInstanceKey }, page: { limit: 1000 } });

    expect(text).toContain('caseState');
    expect(found(text)).toEqual([]);
  });

  it('keeps its value where a masked field is left untouched', async () => {
    const { caseNo } = await send(app);
    const clerk = await app.as('xf_clerk');
    const key = await taskAt(clerk, 'registerPetition', caseNo);
    const opened = (await clerk.get(`/api/tasks/${key}`).expect(200)).body;
    const { receivedAt, representing, category } = registration;
    const data = { ...opened.data, channel: 'web', receivedAt, representing, category };
    await complete(app, { as: 'xf_clerk', element: 'registerPetition', caseNo, data });

    const [instance] = await app.running.platform.queries.instancesByCaseNo(caseNo);
    const variables = await app.running.platform.queries.variablesOf(instance?.key ?? '');

    expect(opened.sealed[opened.data.name.$sealed]).toMatchObject({ class: 'ident', canReveal: true });
    expect(variables['name']).toEqual(opened.data.name);
  });

  it('takes no handle of another case', async () => {
    const [mine, other] = [await send(app), await send(app)];
    const clerk = await app.as('xf_clerk');
    const [key, otherKey] = [
      await taskAt(clerk, 'registerPetition', mine.caseNo),
      await taskAt(clerk, 'registerPetition', other.caseNo),
    ];
    const foreign = (await clerk.get(`/api/tasks/${otherKey}`).expect(200)).body.data.name;

    await clerk
      .post(`/api/tasks/${key}/completion`)
      .send({ data: { ...registration, name: foreign } })
      .expect(422);
  });
});
