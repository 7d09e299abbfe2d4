import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type TestAgent from 'supertest/lib/agent.js';
import { registration } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

interface Opened {
  readonly launches: readonly { field: string; launcher: { id: string }; data: Readonly<Record<string, unknown>> }[];
}

const shift = {
  startsAt: '2026-05-01T08:00:00+08:00',
  endsAt: '2026-05-01T20:00:00+08:00',
  dutyLeader: 'duty_leader',
  dutyOfficer: 'duty_officer',
  backup: 'duty_officer.backup',
  phone: '8110',
  dutyReason: 'labourDay',
  rosterNo: 'ZB-2026-001',
};
const incident = {
  incidentKind: 'petition',
  incidentPlace: '值班室',
  incidentText: '来人反映八号班车一连三天都晚点半个小时。',
  incidentAction: '已请到接待室',
};

describe('what may be started beside the form of a task', () => {
  let app: TestApp;
  let officer: TestAgent;
  let taskKey: string;

  const openTask = async (elementId: string): Promise<string> => {
    await app.running.platform.runtime.idle();
    const { items } = await app.running.platform.queries.search('userTasks', {
      filter: { elementId, state: 'CREATED' },
      page: { limit: 1 },
    });
    return items[0]?.userTaskKey ?? '';
  };
  const opened = async (agent: TestAgent): Promise<Opened> =>
    (await agent.get(`/api/tasks/${taskKey}`).expect(200)).body as Opened;

  beforeAll(async () => {
    app = await startApp();
    officer = await app.as('duty_officer');
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    const { runtime } = app.running.platform;
    await runtime.pinClock(Date.parse('2026-05-01T08:00:00+08:00'));
    await runtime.createInstance({ bpmnProcessId: 'xf_duty_shift', variables: shift });
    const signIn = await openTask('signIn');
    await officer
      .post(`/api/tasks/${signIn}/completion`)
      .send({ data: { onPost: true, contactCheck: 'clear' } })
      .expect(200);
    const { items } = await app.running.platform.queries.search('processInstances', {
      filter: { processDefinitionId: 'xf_duty_shift' },
      sort: [{ field: 'processInstanceKey', order: 'desc' }],
      page: { limit: 1 },
    });
    await officer
      .post(`/api/instances/${items[0]?.processInstanceKey}/actions/incident`)
      .send({ data: incident })
      .expect(204);
    taskKey = await openTask('registerPetition');
  });

  it('comes prefilled with what was written down, for whoever may start it', async () => {
    const { launches } = await opened(officer);

    expect(launches.map(({ field, launcher, data }) => [field, launcher.id, data])).toEqual([
      ['registeredNo', 'register', { channel: 'visit', mainFacts: incident.incidentText }],
      ['registeredNo', 'call', { recordText: incident.incidentText }],
    ]);
  });

  it('gives number and code on the spot, and the number goes into the form', async () => {
    const { launches } = await opened(officer);
    const data = { ...registration, receivedAt: shift.startsAt, ...launches[0]?.data };

    const { body, status } = await officer.post('/api/launchers/register').send({ data });
    expect([body.fields, status]).toEqual([undefined, 201]);

    expect(body.trackingCode).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    await officer
      .post(`/api/tasks/${taskKey}/completion`)
      .send({ data: { registeredNo: body.caseNo } })
      .expect(200);
  });

  it('ends without a number where the matter went through an entrance of its own', async () => {
    await officer.post(`/api/tasks/${taskKey}/completion`).send({ data: {} }).expect(422);

    await officer
      .post(`/api/tasks/${taskKey}/completion`)
      .send({ data: { registeredElsewhere: true } })
      .expect(200);
  });
});
