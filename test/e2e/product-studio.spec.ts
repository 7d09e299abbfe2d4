import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appoint, send, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const path = 'forms/F01.form.json';

interface Form {
  readonly schema: { readonly properties: Record<string, Record<string, unknown>> };
  readonly ui: { readonly pages: { readonly fields: string[] }[] };
}

const parsed = (content: string): Form => JSON.parse(content) as Form;

/** The form with one more open field. */
function withField(content: string, name: string): string {
  const form = parsed(content);
  form.schema.properties[name] = { type: 'string', title: '备注', maxLength: 100, 'x-class': 'open' };
  form.ui.pages[0]?.fields.push(name);
  return JSON.stringify(form, null, 2);
}

/** The form with a field that is no longer protected. */
function withOpened(content: string, name: string): string {
  const form = parsed(content);
  form.schema.properties[name] = { ...form.schema.properties[name], 'x-class': 'open' };
  return JSON.stringify(form, null, 2);
}

describe('studio', () => {
  let app: TestApp;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: app.configDir,
    }).toString();
  beforeAll(async () => {
    app = await startApp();
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'first');
  });
  afterAll(() => app.close());

  const file = async (): Promise<{ content: string; hash: string }> =>
    (await (await app.as('admin')).get('/api/studio/file').query({ path }).expect(200)).body;

  it('is for who may edit', async () => {
    await (await app.as('xf_clerk')).get('/api/studio/files').expect(403);
    await app.anonymous().get('/api/studio/files').expect(401);
  });

  it('lists files by kind and title', async () => {
    const { body } = await (await app.as('admin')).get('/api/studio/files').expect(200);

    expect(body.files).toEqual(
      expect.arrayContaining([expect.objectContaining({ path, kind: 'form', title: '信访接待登记', problems: 0 })]),
    );
  });

  it('checks without publishing and says what is wrong where', async () => {
    const admin = await app.as('admin');
    const { content } = await file();
    const broken = content.replace('"x-dictionary": "channel"', '"x-dictionary": "noSuchDictionary"');

    const { body } = await admin
      .post('/api/studio/check')
      .send({ changes: [{ path, content: broken }] })
      .expect(200);

    expect(body.problems).toEqual(expect.arrayContaining([expect.objectContaining({ file: path, severity: 'error' })]));
    expect((await file()).content).toBe(content);
  });

  it('tells what a Camunda 8.8 cluster would not run, as information', async () => {
    const { body } = await (await app.as('admin')).post('/api/studio/check').send({ changes: [] }).expect(200);

    expect(body.problems).toContainEqual(
      expect.objectContaining({
        severity: 'information',
        code: 'camunda.notExecutable',
        file: 'workflows/xf_main/xf_main.bpmn',
        elementId: 'redoOrdered',
        messageZh: expect.stringMatching(/^在 Camunda 8\.8 集群上不能运行：.*ConditionalEventDefinition/),
      }),
    );
  });

  it('does not publish a broken set', async () => {
    const admin = await app.as('admin');
    const { content } = await file();
    const before = (await admin.get('/api/studio/files')).body.set;
    const changes = [{ path: 'forms/F01.form.json', content: content.slice(0, -20) }];

    const { body } = await admin.post('/api/studio/publish').send({ changes, message: '坏的表单' }).expect(422);

    expect(body.problems.length).toBeGreaterThan(0);
    expect((await admin.get('/api/studio/files')).body.set).toEqual(before);
    expect(await readFile(join(app.configDir, path), 'utf8')).toBe(content);
  });

  it('switches to a published form at once, while open tasks keep the version that they were made with', async () => {
    const admin = await app.as('admin');
    const clerk = await app.as('xf_clerk');
    const older = await send(app);
    const olderKey = await taskAt(clerk, 'registerPetition', older.caseNo);
    const { content, hash } = await file();

    await admin
      .post('/api/studio/publish')
      .send({ changes: [{ path, content: withField(content, 'remark'), baseHash: hash }], message: '加一栏备注' })
      .expect(200);
    const newer = await send(app);
    const [before, after] = [
      await clerk.get(`/api/tasks/${olderKey}`),
      await clerk.get(`/api/tasks/${await taskAt(clerk, 'registerPetition', newer.caseNo)}`),
    ];

    expect([before.body.form.version, after.body.form.version]).toEqual([1, 2]);
    expect(before.body.form.schema.properties.remark).toBeUndefined();
    expect(after.body.form.schema.properties.remark).toMatchObject({ title: '备注' });
  });

  it('commits what was published and nothing else, in the name of its author', async () => {
    const admin = await app.as('admin');
    const { content, hash } = await file();
    execFileSync('sh', ['-c', 'echo unrelated > note.txt'], { cwd: app.configDir });

    const { body } = await admin
      .post('/api/studio/publish')
      .send({ changes: [{ path, content: withField(content, 'second'), baseHash: hash }], message: '再加一栏' })
      .expect(200);
    const history = await admin.get('/api/studio/history').query({ path }).expect(200);

    expect(git('log', '-1', '--format=%an|%s').trim()).toBe('系统管理员|再加一栏');
    expect(git('show', '--name-only', '--format=', 'HEAD').trim()).toBe(path);
    expect(git('status', '--porcelain').trim()).toBe('?? note.txt');
    expect(history.body[0]).toMatchObject({ message: '再加一栏', author: '系统管理员', commit: body.commit.id });
  });

  it('refuses a change that began with an older file', async () => {
    const admin = await app.as('admin');
    const { content } = await file();

    const { body } = await admin
      .post('/api/studio/publish')
      .send({ changes: [{ path, content: withField(content, 'third'), baseHash: 'old' }], message: '旧的起点' })
      .expect(409);

    expect(body.conflicts).toEqual([path]);
  });

  it('lets a second person decide when protection is taken off a field', async () => {
    const admin = await app.as('admin');
    const account = { id: 'double', name: '双岗', roles: ['admin', 'auditor'], unit: null, password: 'long-enough' };
    await appoint(app, account);
    const author = await app.as('double', 'long-enough');
    const { content, hash } = await file();

    const asked = await author
      .post('/api/studio/publish')
      .send({
        changes: [{ path, content: withOpened(content, 'occupation'), baseHash: hash }],
        message: '职业不再保密',
      })
      .expect(202);
    const decision = `/api/studio/approvals/${asked.body.approvalId}`;
    await author.post(decision).send({ decision: 'approve' }).expect(403);
    const untouched = (await file()).content;
    await admin.post(decision).send({ decision: 'approve' }).expect(403);
    await (await app.as('auditor')).post(decision).send({ decision: 'approve', comment: '同意' }).expect(200);

    expect(asked.body.why).toEqual([expect.stringMatching(/[一-鿿]/)]);
    expect(untouched).toBe(content);
    expect(parsed((await file()).content).schema.properties['occupation']).toMatchObject({ 'x-class': 'open' });
    await (await app.as('auditor')).post(decision).send({ decision: 'approve' }).expect(409);
  });

  it('says before and after publishing why a second person is needed', async () => {
    const admin = await app.as('admin');
    const year = 'workflows/calendar/2027.json';
    const { content } = (await admin.get('/api/studio/file').query({ path: year }).expect(200)).body;
    const changes = [{ path: year, content: content.replace('"2027-10-03"', '"2027-10-03", "2027-10-04"') }];

    const checked = await admin.post('/api/studio/check').send({ changes }).expect(200);
    const asked = await admin.post('/api/studio/publish').send({ changes, message: '多放一天' }).expect(202);

    expect(checked.body.why).toEqual(['2027 年日历：2027-10-04不再是工作日。']);
    expect(asked.body.why).toEqual(checked.body.why);
  });

  it('refuses to loosen what the law limits, at the check and when publishing', async () => {
    const admin = await app.as('admin');
    const parameters = 'workflows/parameters.json';
    const { content } = (await admin.get('/api/studio/file').query({ path: parameters }).expect(200)).body;
    const declared = JSON.parse(content) as Record<string, object>;
    const loosened = { ...declared, 'notice.days': { ...declared['notice.days'], value: 90, max: 90 } };
    const changes = [{ path: parameters, content: JSON.stringify(loosened, null, 2) }];

    const checked = await admin.post('/api/studio/check').send({ changes }).expect(200);
    const refused = await admin.post('/api/studio/publish').send({ changes, message: '告知放宽到九十日' }).expect(422);

    const fault = expect.objectContaining({
      file: parameters,
      place: '/notice.days/max',
      line: expect.any(Number),
      messageZh: expect.stringContaining('法定参数“告知期限”（notice.days）的上限 15 不能放宽或删除'),
    });
    expect(checked.body.problems).toContainEqual(fault);
    expect(refused.body.problems).toContainEqual(fault);
  });

  it('never writes outside the folders of the configuration', async () => {
    const admin = await app.as('admin');

    const answers = await Promise.all(
      ['../escape.json', 'package.json', 'forms/../../escape.form.json', '.git/config'].map((outside) =>
        admin.post('/api/studio/publish').send({ changes: [{ path: outside, content: '{}' }], message: '写到外面' }),
      ),
    );

    expect(answers.map(({ status }) => status >= 400 && status < 500)).toEqual([true, true, true, true]);
    expect(git('status', '--porcelain').trim()).toBe('?? note.txt');
  });

  it('previews a form as a person would meet it', async () => {
    const { body } = await (
      await app.as('admin')
    )
      .post('/api/studio/forms/preview')
      .send({ form: parsed((await file()).content), data: { anonymous: true } })
      .expect(200);

    expect(body.schema.properties.name).toBeUndefined();
    expect(body.errors.length).toBeGreaterThan(0);
  });
});
