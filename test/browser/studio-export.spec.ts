import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { factsOf, lostFacts } from '../conformance/xml-facts.js';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { putUnderGit } from '../support/git-folder.js';
import { type ServerProcess, startServer } from '../support/server-process.js';

/**
 * Every construct of the standard, an example that Camunda Modeler opens, a process of the pack with its extensions, and
 * sub-processes with planes of their own.
 */
const files = {
  'every-construct': resolve('test/conformance/fixtures/every-construct.bpmn'),
  order: resolve('examples/order/order.bpmn'),
  reply: resolve('workflows/xf_reply/xf_reply.bpmn'),
  planes: resolve('test/browser/planes.bpmn'),
};

/** What the studio writes is what its modeler exports after it has drawn the diagram. */
describe('a file that the studio exports', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let admin: Page;

  beforeAll(async () => {
    server = await startServer();
    for (const [name, file] of Object.entries(files)) {
      mkdirSync(join(server.configDir, 'workflows', `export-${name}`));
      copyFileSync(file, join(server.configDir, 'workflows', `export-${name}`, `${name}.bpmn`));
    }
    const order = readFileSync(files.order, 'utf8');
    const broken = order.replace(/(<bpmn:sequenceFlow [^>]*targetRef=")[^"]*"/, '$1nobody"');
    mkdirSync(join(server.configDir, 'workflows', 'export-broken'));
    writeFileSync(join(server.configDir, 'workflows', 'export-broken', 'broken.bpmn'), broken);
    putUnderGit(server.configDir);
    browser = await openBrowser(server.url);
    admin = await browser.signIn('admin', '/studio');
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  /** The XML that the studio would save, once the diagram is drawn. */
  const exported = async (name: string) => {
    await admin.goto(`${server.url}/studio/edit/workflows/export-${name}/${name}.bpmn`);
    await admin.getByRole('group', { name: '流程图画布' }).waitFor();
    await admin.getByText('XML', { exact: true }).click();
    const shown = admin.locator('pre.ct-xml').filter({ hasText: 'definitions' });
    await shown.waitFor({ timeout: 60_000 });
    return (await shown.textContent()) ?? '';
  };
  const read = (name: keyof typeof files) => factsOf(readFileSync(files[name], 'utf8'));

  it.each(['order', 'reply', 'planes'] as const)(
    'says all that was in %s, with its bounds, and nothing more',
    async (name) => {
      const written = factsOf(await exported(name));

      expect(lostFacts(read(name), written)).toEqual([]);
      expect(lostFacts(written, read(name))).toEqual([]);
      expect(await admin.locator('.ct-editor .ant-alert').count()).toBe(0);
    },
  );

  it('is shown where it is asked for before the diagram is drawn, and the diagram after it', async () => {
    const chunk = /create-modeler[^/]*\.js/;
    await admin.route(chunk, async (route) => {
      await admin.waitForTimeout(1_500);
      await route.continue();
    });

    const written = factsOf(await exported('order'));
    await admin.unroute(chunk);
    await admin.getByText('图形', { exact: true }).click();

    expect(lostFacts(read('order'), written)).toEqual([]);
    await admin.locator('.djs-shape').first().waitFor();
  });

  it('keeps every construct of the standard, also the edge that it cannot draw, which it names', async () => {
    const written = factsOf(await exported('every-construct'));

    expect(lostFacts(read('every-construct'), written)).toEqual([]);
    expect(lostFacts(written, read('every-construct'))).toEqual([]);
    expect(await admin.locator('.ct-editor .ant-alert').allInnerTexts()).toEqual([
      expect.stringMatching(/画不出以下内容，保存时会原样保留.*"mf"/s),
    ]);
  });

  it('says before anything is saved what it will leave out, and what it cannot draw for that', async () => {
    await exported('broken');

    expect(await admin.locator('.ct-editor .ant-alert').allInnerTexts()).toEqual([
      expect.stringMatching(/保存后将丢失.*nobody/s),
      expect.stringMatching(/画不出以下内容.*"f1"/s),
    ]);
  });
});
