import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { model } from '#testing';
import { startApp, type TestApp } from './start-app.js';

const report = (subject: string) => ({
  wish: 'solve',
  subject,
  mainFacts: '加班工资三个月没有发放，请核实。',
  demands: [{ text: '补发工资' }],
  anonymous: false,
  name: '某人',
  consentNotice: true,
});

interface Submitted {
  readonly caseNo: string;
  readonly trackingCode: string;
}

describe('attacks on access', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  }, 60_000);
  afterAll(() => app.close());

  const submit = async (subject: string, key: string): Promise<Submitted> => {
    const sent = app.anonymous().post('/api/portal/entries/report').set('idempotency-key', key);
    return (await sent.send({ data: report(subject) }).expect(201)).body as Submitted;
  };

  it("gives nobody another's code for a guessed idempotency key", async () => {
    const victim = await submit('工资', '1');

    const attacker = await submit('别的事', '1');
    const again = await submit('工资', '1');

    expect(attacker.caseNo).not.toBe(victim.caseNo);
    expect(attacker.trackingCode).not.toBe(victim.trackingCode);
    expect(again).toMatchObject({ caseNo: victim.caseNo, trackingCode: victim.trackingCode });
  });

  it('tells nothing of handles of another case that a draft names', async () => {
    await submit('一', 'draft-1');
    await submit('二', 'draft-2');
    const clerk = await app.as('xf_clerk');
    const { items } = (await clerk.get('/api/tasks?view=all').expect(200)).body;
    const [mine, other] = items as { userTaskKey: string }[];
    const sealed = (await clerk.get(`/api/tasks/${other?.userTaskKey}`).expect(200)).body.sealed as object;
    const [handle = ''] = Object.keys(sealed);

    await clerk
      .put(`/api/tasks/${mine?.userTaskKey}/draft`)
      .send({ data: { subject: { $sealed: handle } } })
      .expect(200);
    const opened = (await clerk.get(`/api/tasks/${mine?.userTaskKey}`).expect(200)).body;

    expect(opened.sealed).not.toHaveProperty([handle]);
  });

  it('lets a candidate move neither the deadline nor the circle of a task, nor take it from its assignee', async () => {
    await submit('三', 'circle');
    const clerk = await app.as('xf_clerk');
    const receptionist = await app.as('xf_receptionist');
    const { items } = (await clerk.get('/api/tasks?view=claimable').expect(200)).body;
    const key = (items as { userTaskKey: string }[])[0]?.userTaskKey ?? '';
    await clerk.post(`/api/tasks/${key}/claim`).expect(204);

    await clerk
      .patch(`/v2/user-tasks/${key}`)
      .send({ changeset: { candidateUsers: ['unit_head'], dueDate: '2030-01-01T00:00:00Z' } })
      .expect(403);
    await receptionist.delete(`/v2/user-tasks/${key}/assignee`).expect(403);
    await receptionist.post(`/v2/user-tasks/${key}/assignment`).send({ assignee: 'xf_receptionist' }).expect(403);
  });

  it('hides accusations from overseers and operators of the engine API too', async () => {
    const accusation = {
      ...report('举报'),
      wish: 'discipline',
      channel: 'letter',
      receivedAt: '2026-03-02T09:00:00+08:00',
      headcount: 1,
      representing: 'self',
      preferredContact: 'code',
      category: 'C12',
      imminentDanger: false,
    };
    const clerk = await app.as('xf_clerk');
    const sent = await clerk.post('/api/launchers/register').send({ data: accusation });
    expect(sent.body).toMatchObject({ caseNo: expect.any(String) });
    const caseNo = (sent.body as Submitted).caseNo;
    await app.running.platform.runtime.idle();
    const seenBy = async (account: string): Promise<readonly unknown[]> => {
      const agent = await app.as(account);
      const found = await agent
        .post('/v2/process-instances/search')
        .send({ page: { limit: 200 } })
        .expect(200);
      const listed = await agent.get(`/api/instances?q=${caseNo}`).expect(200);
      return [found.body.page.totalItems, listed.body.items.length];
    };

    const [ofDiscipline, listedForDiscipline] = await seenBy('discipline_committee');
    const [ofHead, listedForHead] = await seenBy('lead_group_head');
    const [ofAdmin, listedForAdmin] = await seenBy('admin');

    expect(listedForDiscipline).toBeGreaterThan(0);
    expect([listedForHead, listedForAdmin]).toEqual([0, 0]);
    expect([ofHead, ofAdmin]).toEqual([0, 0].map(() => Number(ofDiscipline) - Number(listedForDiscipline)));
  });

  it('lets an operator neither resolve an incident nor try a job again of a case that names them', async () => {
    const { runtime, vault } = app.running.platform;
    const { xml } = model('stuck').start().serviceTask('work', { type: 'attack.work' }).end();
    const files = [{ path: 'stuck.bpmn', content: xml, digest: 'stuck' }];
    await runtime.deploy({ hash: 'stuck', source: 'api', files });
    const names = {
      sealed_key: 's1',
      case_key: '900001',
      kind: 'excludes',
      hash: vault.matchHash('excludes', 'admin'),
    };
    await runtime.write([{ insert: 'sealed_matches', rows: [names] }]);
    const admin = app.basic('admin');
    const stuckIn = async (caseKey: string) => {
      await runtime.createInstance({ bpmnProcessId: 'stuck', variables: {}, caseKey });
      const [job] = await runtime.activateJobs({ type: 'attack.work', worker: 'w', maxJobs: 1, timeoutMs: 10_000 });
      const failed = { type: 'failJob', jobKey: job!.key, retries: 0, errorMessage: 'no' } as const;
      await runtime.execute({ command: failed });
      const found = await app.running.platform.queries.search('incidents', {
        filter: { processInstanceKey: job!.processInstanceKey },
      });
      return { jobKey: job!.key, incidentKey: found.items[0]!.incidentKey };
    };
    const hidden = await stuckIn('900001');
    const open = await stuckIn('900002');
    const tryAgain = (jobKey: string) => admin.patch(`/v2/jobs/${jobKey}`).send({ changeset: { retries: 1 } });

    await tryAgain(hidden.jobKey).expect(404);
    await admin.post(`/v2/incidents/${hidden.incidentKey}/resolution`).expect(404);
    await tryAgain(open.jobKey).expect(204);
    await admin.post(`/v2/incidents/${open.incidentKey}/resolution`).expect(204);

    const { items } = await app.running.platform.queries.search('incidents', { filter: { state: 'ACTIVE' } });
    expect(items.map(({ incidentKey }) => incidentKey)).toEqual([hidden.incidentKey]);
  });

  it('lets many tries of a password at once win nothing', async () => {
    const tries = Array.from({ length: 20 }, (_, index) =>
      app
        .anonymous()
        .post('/api/session')
        .send({ username: 'auditor', password: `wrong-${index}` }),
    );

    const statuses = (await Promise.all(tries)).map(({ status }) => status);

    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(3);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
  });

  it('refuses a body that is nested too deeply, a clock beyond all calendars and a path out of the folder', async () => {
    const admin = await app.as('admin');
    const deep = `{"data":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;

    await app.anonymous().post('/api/portal/entries/report').type('json').send(deep).expect(400);
    await admin.put('/v2/clock').send({ timestamp: 1e300 }).expect(400);
    await admin.get('/api/studio/history').query({ path: 'workflows/../../x' }).expect(404);
    await admin.get('/api/studio/file').query({ path: 'workflows/../../x', commit: 'abcdef1' }).expect(404);
  });
});
