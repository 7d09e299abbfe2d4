import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './start-app.js';

const EARLIER = { year: 2020, holidays: ['2020-10-01'], workdays: [] };
const HOLIDAYS = { year: 2030, holidays: ['2030-10-01', '2030-10-02'], workdays: [] };
const round = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="http://changtong/test">
  <bpmn:process id="round" name="节前排查" isExecutable="true">
    <bpmn:startEvent id="begin" />
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="check" />
    <bpmn:serviceTask id="check"><bpmn:extensionElements><zeebe:taskDefinition type="ct.number" /><zeebe:taskHeaders><zeebe:header key="series" value="R" /></zeebe:taskHeaders></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f2" sourceRef="check" targetRef="end" />
    <bpmn:endEvent id="end" />
  </bpmn:process>
</bpmn:definitions>`;

describe('schedules of the configuration', () => {
  let app: TestApp;
  let configuration: string;

  beforeAll(async () => {
    configuration = await mkdtemp(join(tmpdir(), 'changtong-schedules-'));
    const put = (path: string, content: unknown) =>
      writeFile(join(configuration, path), typeof content === 'string' ? content : JSON.stringify(content));
    await mkdir(join(configuration, 'workflows/round'), { recursive: true });
    await mkdir(join(configuration, 'workflows/calendar'), { recursive: true });
    await put('workflows/round/round.bpmn', round);
    await put('workflows/calendar/2020.json', EARLIER);
    await put('workflows/calendar/2030.json', HOLIDAYS);
    await put('workflows/numbering.json', { R: { name: '排查', pattern: 'R-{yyyy}-{00}' } });
    await put('workflows/organization.json', {
      name: '某单位',
      units: [{ id: 'office', name: '办公室' }],
      accounts: [{ id: 'admin', name: '管理员', roles: ['admin'], unit: 'office' }],
    });
    await put('workflows/roles.json', {
      classes: [{ id: 'stat', name: '统计', sealed: false }],
      roles: [{ id: 'admin', name: '管理员', permissions: ['operate', 'studio'] }],
    });
    await put('workflows/schedules.json', [
      {
        id: 'before-holidays',
        title: '节前排查',
        processId: 'round',
        before: { days: 7, of: 'holiday' },
        at: '09:00',
        variables: { occasion: '节前' },
      },
    ]);
    await mkdir(join(configuration, 'forms'));
    app = await startApp({ configuration, environment: { DEMO: 'true' } });
  });

  afterAll(async () => {
    await app?.close();
    await rm(configuration, { recursive: true, force: true });
  });

  const started = async () => {
    const { body } = await app
      .basic('admin')
      .post('/v2/process-instances/search')
      .send({ filter: { processDefinitionId: 'round' } })
      .expect(200);
    return (body as { items: { processInstanceKey: string; state: string }[] }).items;
  };
  const moveClockTo = async (instant: string) => {
    await app
      .basic('admin')
      .put('/v2/clock')
      .send({ timestamp: Date.parse(instant) })
      .expect(204);
    await app.running.platform.runtime.idle();
  };

  it('count anew from where the clock was set to, when they are asked to', async () => {
    await moveClockTo('2020-09-01T08:00:00+08:00');
    await (await app.as('admin')).post('/api/schedules/recount').expect(204);
    const { body } = await (await app.as('admin')).get('/api/schedules').expect(200);
    await moveClockTo('2020-09-24T09:00:00+08:00');

    expect(body).toMatchObject([{ dueAt: '2020-09-24T09:00:00.000+08:00', lastAt: null }]);
    expect(await started()).toHaveLength(1);
  });

  it('start their process a week before the holidays, and not before', async () => {
    await moveClockTo('2030-09-24T08:59:59+08:00');
    const before = await started();
    await moveClockTo('2030-09-24T09:00:00+08:00');

    const { body } = await (await app.as('admin')).get('/api/schedules').expect(200);

    expect(before).toHaveLength(1);
    expect(body).toEqual([
      expect.objectContaining({
        id: 'before-holidays',
        processName: '节前排查',
        lastAt: '2030-09-24T09:00:00.000+08:00',
      }),
    ]);
    expect((await started()).map(({ state }) => state)).toEqual(['COMPLETED', 'COMPLETED']);
  });
});
