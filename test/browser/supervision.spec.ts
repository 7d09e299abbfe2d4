import { openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, submit } from './story/desk.js';
import { bringToInvestigation, setClock } from './story/shortcuts.js';

const DAY = 86_400_000;

describe('the process itself watches deadlines', () => {
  const begin = Date.now();
  let server: ServerProcess;
  let browser: TestBrowser;
  let caseNo = '';

  async function after(days: number): Promise<void> {
    await setClock(server.url, begin + days * DAY);
    browser.setTime(begin + days * DAY);
  }

  beforeAll(async () => {
    server = await startServer({ CLOCK_CONTROL: 'true' });
    browser = await openBrowser(server.url);
    caseNo = await bringToInvestigation(server.url);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  afterEach(() => {
    expect(browser.takeProblems()).toEqual([]);
  });

  it('urges the unit past 80 % of the time', async () => {
    await after(49);

    const director = await browser.signIn('xf_office_director');
    await openTask(director, '待认领', '签发督办单');
    await browser.keep(director, 'supervise-issue-1440');

    expect(await director.getByRole('main').innerText()).toMatch(/催办 · 人力资源部 · 答复/);
    await submit(director, '签发');
  });

  it('supervises the unit past the deadline', async () => {
    await after(62);

    const director = await browser.signIn('xf_office_director');
    await openTask(director, '待认领', '签发督办单', '督办 · ');

    expect(await director.getByRole('main').innerText()).toMatch(/督办 · 人力资源部 · 答复/);
  });

  it('lists what is overdue by unit in the cockpit', async () => {
    const director = await browser.signIn('xf_office_director', '/cockpit');
    const unit = director.getByRole('button', { name: /^人力资源部/ });
    await unit.click();
    await browser.keep(director, 'cockpit-1440');

    expect(await unit.innerText()).toMatch(/[1-9] 件超期/);
    expect(
      await director
        .getByRole('row', { name: new RegExp(`${caseNo}.*超期`) })
        .first()
        .innerText(),
    ).toMatch(/超期/);
  });
});
