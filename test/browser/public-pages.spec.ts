import { openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { approveReceptionPlan } from './story/shortcuts.js';
import { keepClean, setBothClocks } from './story/stage.js';

const phone = { width: 375, height: 740 };

/** Somebody who has never been here, on a phone. */
describe('the page of reception days', () => {
  let server: ServerProcess;
  let browser: TestBrowser;

  const clockAt = (moment: string) => setBothClocks({ server, browser }, moment);

  beforeAll(async () => {
    server = await startServer({ CLOCK_CONTROL: 'true' });
    browser = await openBrowser(server.url);
    await clockAt('2026-06-10T09:00:00+08:00');
    await approveReceptionPlan(server.url, ['mine_leader', 'mine_leader.safety']);
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('leads from a day to a booking in which that day stands already', async () => {
    const person = await browser.visit('/pages/sessions', phone);
    await person.getByRole('link', { name: '预约这一天：7月13日 09:00' }).click();
    const day = person.getByLabel(/^\s*希望哪天/);
    await day.waitFor();
    await browser.keep(person, 'portal-booking-of-day-375');

    expect(await day.inputValue()).toBe('2026-07-13');
    expect(new URL(person.url()).search).toBe('');
  });

  it('says once where it is and whom to ask, above the days', async () => {
    const person = await browser.visit('/pages/sessions', phone);
    const place = person.getByRole('heading', { name: '一楼会议室' });
    await place.waitFor();
    await browser.keep(person, 'portal-sessions-375');

    expect(await place.count()).toBe(1);
    expect(await person.getByText('8110').count()).toBe(1);
  });

  it('says of a day whose bookings have closed that one may simply come', async () => {
    await clockAt('2026-07-03T17:30:00+08:00');
    const person = await browser.visit('/pages/sessions');
    const row = person.getByRole('row').filter({ hasText: '7月6日' });
    await row.waitFor();
    await browser.keep(person, 'portal-sessions-1440');

    expect(await row.innerText()).toContain('预约已截止，当天可以直接来');
    expect(await row.getByRole('link').count()).toBe(0);
  });
});
