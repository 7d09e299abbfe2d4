import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './start-app.js';

const path = 'workflows/xf_main/documents/T04.hbs';

describe('preview of a document in the studio', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const preview = async (source: string, more: object = {}, status = 200) =>
    (
      await (
        await app.as('admin')
      )
        .post('/api/studio/documents/preview')
        .send({ path, source, title: '告知书', ...more })
        .expect(status)
    ).body as { html: string | null; problems: { line?: number; messageZh: string; code: string }[] };

  it('is the page with titles of fields in place of values', async () => {
    const { html, problems } = await preview('<p>{{name}}：{{unit leadUnit}} {{deadlineCN replyDue}}</p>');

    expect(problems).toEqual([]);
    expect(html).toMatch(/<h1>告知书<\/h1>\s*<p>〔反映人姓名〕：[^< ]+ \d+年\d+月\d+日/);
  });

  it('shows the paper as nobody has filled it in', async () => {
    const { html } = await preview('<p>[{{name}}]</p>', { filled: false });

    expect(html).toContain('<p>[]</p>');
  });

  it('names faults of a template with their lines, as the check does', async () => {
    const { html, problems } = await preview('<p>好</p>\n<script>alert(1)</script>\n{{{name}}}');

    expect(html).toBeNull();
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ['document.forbiddenHtml', 2],
      ['document.unescaped', 3],
    ]);
  });

  it('stops at the limits of documents and names the line', async () => {
    const open = '{{#each demands}}'.repeat(15);

    const { html, problems } = await preview(`<p></p>\n${open}{{text}}${'{{/each}}'.repeat(15)}`);

    expect(html).toBeNull();
    expect(problems).toMatchObject([{ code: expect.stringMatching(/^document\./) }]);
  });

  it('is for who may edit', async () => {
    const body = { path, source: '' };

    await (await app.as('xf_clerk')).post('/api/studio/documents/preview').send(body).expect(403);
    await app.anonymous().post('/api/studio/documents/preview').send(body).expect(401);
  });

  it('takes templates of the configuration alone', async () => {
    await preview('', { path: '../secret.hbs' }, 400);
  });
});
