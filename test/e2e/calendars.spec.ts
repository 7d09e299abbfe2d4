import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Scenario } from '#configuration';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { runScenario } from '../../apps/server/src/scenarios/run-scenario.js';
import { startApp, type TestApp } from './start-app.js';

const scenarioOf = (id: string): Scenario =>
  (JSON.parse(readFileSync(`workflows/${id}/${id}.scenarios.json`, 'utf8')) as Scenario[])[0]!;

type Appointment = Readonly<Record<string, string>>;

/** Reads RFC 5545 text: unfolded lines, properties without their parameters, texts unescaped. */
function read(text: string): { readonly head: Appointment; readonly appointments: readonly Appointment[] } {
  const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n');
  const [head = [], ...rest] = split(lines);
  return { head: Object.fromEntries(head), appointments: rest.map((entries) => Object.fromEntries(entries)) };
}

function split(lines: readonly string[]): (readonly [string, string])[][] {
  const parts: (readonly [string, string])[][] = [[]];
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') parts.push([]);
    const [, name = '', value = ''] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
    parts.at(-1)?.push([name, value.replace(/\\n/g, '\n').replace(/\\([,;\\])/g, '$1')]);
  }
  return parts;
}

describe('calendars that people subscribe to', () => {
  let app: TestApp;
  const addressesOf = async (account: string): Promise<Readonly<Record<string, string>>> => {
    const { body } = await (await app.as(account)).post('/api/calendars/token').expect(200);
    const items = body.items as { id: string; address: string }[];
    return Object.fromEntries(items.map(({ id, address }) => [id, new URL(address).pathname]));
  };
  const get = (path = '') => app.anonymous().get(path);

  beforeAll(async () => {
    app = await startApp();
    const { running } = app;
    for (const id of ['xf_holiday_duty', 'xf_reception_plan'])
      expect(await runScenario(scenarioOf(id), { app: running.app, platform: running.platform })).toEqual([]);
    await running.app.get(LedgerFollowing).settled();
  }, 120_000);
  afterAll(() => app.close());

  it('show the published reception days to everybody, by posts', async () => {
    const { body } = await get('/api/portal/calendars').expect(200);
    const address = (body.items as { id: string; address: string }[]).find(({ id }) => id === 'reception')?.address;
    const { text } = await get(new URL(address ?? '').pathname)
      .expect(200)
      .expect('content-type', 'text/calendar; charset=utf-8');

    const { head, appointments } = read(text);
    expect(body.items).toHaveLength(1);
    expect(head).toMatchObject({
      VERSION: '2.0',
      'X-WR-TIMEZONE': 'Asia/Shanghai',
      'X-WR-CALNAME': '石圪台煤矿 领导接待日',
    });
    expect(appointments.length).toBeGreaterThan(20);
    const first = appointments.at(-1);
    // 09:00 in Shanghai, for three hours.
    expect(first?.['DTSTART']).toMatch(/^202607\d\dT010000Z$/);
    expect(first?.['DTEND']).toBe(first?.['DTSTART']?.replace('T010000Z', 'T040000Z'));
    expect(first).toMatchObject({
      SUMMARY: expect.stringMatching(/^领导接待日：/),
      LOCATION: '一楼会议室',
      DTSTAMP: expect.stringMatching(/^\d{8}T\d{6}Z$/),
    });
    expect(new Set(appointments.map(({ UID }) => UID)).size).toBe(appointments.length);
  });

  it('tell what comes next, on the page that everybody sees', async () => {
    const { body } = await get('/api/portal/calendars').expect(200);
    const [reception] = body.items as { next: { start: string; summary: string; place: string } | null }[];
    const { appointments } = read((await get('/api/portal/calendars/reception.ics')).text);
    const now = new Date(app.running.platform.runtime.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const coming = appointments.map((one) => String(one['DTSTART'])).filter((start) => start >= now);

    const start = new Date(reception?.next?.start ?? 0).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    expect(start).toBe(coming.toSorted()[0]);
    expect(reception?.next).toMatchObject({
      summary: expect.stringMatching(/^领导接待日：/),
      place: '一楼会议室',
    });
  });

  it('stand on a public page with the days to come alone, the soonest first', async () => {
    await (await app.as('admin')).put('/v2/clock').send({ timestamp: Date.parse('2026-09-08T12:00:00+08:00') });
    const { body } = await get('/api/portal/pages/sessions').expect(200);

    const days = (body.items as { cells: { startsAt: string } }[]).map(({ cells }) => Date.parse(cells.startsAt));
    expect(days.length).toBeGreaterThan(3);
    expect(days).toEqual(days.toSorted((a, b) => a - b));
    expect(days[0]).toBeGreaterThan(Date.parse('2026-09-08T00:00:00+08:00'));
    expect(days[0]).toBeLessThan(Date.parse('2026-09-16T00:00:00+08:00'));
  });

  it('lead from each day to a booking of it, until five in the afternoon of the working day before', async () => {
    const admin = await app.as('admin');
    const bookedFrom = async (moment: string) => {
      await admin.put('/v2/clock').send({ timestamp: Date.parse(moment) });
      const { body } = await get('/api/portal/pages/sessions').expect(200);
      const page = body as { entry: object; items: { cells: { startsAt: string }; entry: object | null }[] };
      return { way: page.entry, day: page.items.find(({ cells }) => cells.startsAt.startsWith('2026-09-14')) };
    };

    const friday = await bookedFrom('2026-09-11T16:59:00+08:00');
    const late = await bookedFrom('2026-09-11T17:00:00+08:00');
    await admin.post('/v2/clock/reset').expect(204);

    expect(friday.day).toMatchObject({ entry: { prefill: { wantedDate: '2026-09-14' } } });
    expect(late.day).toMatchObject({ entry: null });
    expect(late.way).toMatchObject({ id: 'booking', otherwise: '预约已截止，当天可以直接来' });
  });

  it('fold their lines at 75 bytes', async () => {
    const { text } = await get('/api/portal/calendars/reception.ics').expect(200);

    const longest = Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)));
    expect(longest).toBeLessThanOrEqual(75);
  });

  it('show duty to those who may read its ledger, and to nobody without the secret', async () => {
    const { duty } = await addressesOf('xf_clerk');

    const { appointments } = read((await get(duty).expect(200)).text);

    expect(appointments.length).toBeGreaterThan(0);
    expect(appointments.at(-1)).toMatchObject({
      SUMMARY: expect.stringMatching(/^劳动节值班：/),
      DTSTART: expect.stringMatching(/^20260(4|5)\d\dT(00|12)0000Z$/),
    });
    await get('/api/portal/calendars/duty.ics').expect(404);
    await get('/api/calendars/duty/guessed.ics').expect(404);
    await get(duty?.replace('.ics', '')).expect(404);
  });

  it('show shifts whose cases are titled with day and time as people say them', async () => {
    const filter = { processDefinitionId: 'xf_duty_shift' };
    const { body } = await app.basic('admin').post('/v2/process-instances/search').send({ filter }).expect(200);
    const [{ processInstanceKey }] = body.items as [{ processInstanceKey: string }];

    const shift = await app.running.platform.queries.instance(processInstanceKey);

    expect(shift?.title).toMatch(/^班次 2026年(4|5)月\d+日 (08|20):00 · /);
  });

  it('are offered to nobody who may not read the rows, also with a secret of their own', async () => {
    const own = await addressesOf('union_rep');
    const unitHead = await addressesOf('unit_head');

    expect(Object.keys(own)).toEqual([]);
    expect(Object.keys(unitHead)).toEqual(['reception']);
    await get(unitHead['reception']?.replace('/reception/', '/duty/')).expect(404);
  });

  it('keep the identity of an appointment, and count up when it changes', async () => {
    const uids = async () => read((await get('/api/portal/calendars/reception.ics')).text).appointments;
    const before = await uids();
    const director = await app.as('xf_clerk');
    const { body } = await app
      .basic('admin')
      .post('/v2/process-instances/search')
      .send({ filter: { processDefinitionId: 'xf_reception_plan' } });
    const [{ processInstanceKey }] = body.items as [{ processInstanceKey: string }];
    const detail = await director.get(`/api/instances/${processInstanceKey}`).expect(200);
    const [action] = detail.body.room.actions as [{ id: string; form: { schema: { properties: object } } }];
    const day = before[0]!['DTSTART']!;
    const changeDate = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;
    const data = { changeDate, newLeader: 'mine_leader', newPlace: '二楼会议室', changeReason: '会议冲突，调整地点。' };

    await director.post(`/api/instances/${processInstanceKey}/actions/${action.id}`).send({ data }).expect(204);
    await app.running.platform.runtime.idle();
    await app.running.app.get(LedgerFollowing).settled();
    const after = await uids();

    expect(after.map(({ UID }) => UID)).toEqual(before.map(({ UID }) => UID));
    expect(after[0]).toMatchObject({ LOCATION: '二楼会议室' });
    expect(Number(after[0]!['SEQUENCE'])).toBeGreaterThan(Number(before[0]!['SEQUENCE']));
  });

  it('open with the newest address alone, and with none once it is given up', async () => {
    const clerk = await app.as('xf_receptionist');
    const first = await addressesOf('xf_receptionist');
    const second = await addressesOf('xf_receptionist');
    const listed = await clerk.get('/api/calendars').expect(200);

    await get(first['reception']).expect(404);
    await get(second['reception']).expect(200);
    await clerk.delete('/api/calendars/token').expect(204);
    await get(second['reception']).expect(404);

    expect(listed.body).toMatchObject({ since: expect.any(String) });
    expect(JSON.stringify(listed.body)).not.toContain(second['reception']?.split('/').at(-1)?.slice(0, 20));
    expect((await clerk.get('/api/calendars')).body.since).toBeNull();
  });

  it('end with the account', async () => {
    const { reception } = await addressesOf('mine_leader');
    await (await app.as('admin')).patch('/api/accounts/mine_leader').send({ disabled: true }).expect(200);

    await get(reception).expect(404);
  });
});
