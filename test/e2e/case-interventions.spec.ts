import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { report, send } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const reason = '系统误登，经信访办主任同意停办';

describe('an intervention in a case', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp({ inPlace: true })));
  afterAll(() => app.close());

  const decide = async (as: string, id: string, decision = 'approve') =>
    (await app.as(as)).post(`/api/studio/approvals/${id}`).send({ decision, comment: '已核对' });
  const operate = async (path: string, body: object) => (await app.as('admin')).post(`/v2/${path}`).send(body);
  const newCase = async () => {
    const sent = await send(app, report);
    const [instance] = await app.running.platform.queries.instancesByCaseNo(sent.caseNo);
    return { ...sent, key: instance?.key ?? '' };
  };
  const stateOf = async (key: string) => (await app.running.platform.queries.instance(key))?.state;

  it.each([
    ['ended', 'cancellation', {}],
    ['changed in its steps', 'modification', { activateInstructions: [{ elementId: 'received' }] }],
    ['paused', 'suspension', {}],
  ])('is refused without a reason: %s', async (_, operation, body) => {
    const { key } = await newCase();

    const refused = await operate(`process-instances/${key}/${operation}`, body);

    expect(refused.status).toBe(400);
    expect(refused.body.detail).toContain('Expected "reason"');
    expect(await stateOf(key)).toBe('ACTIVE');
  });

  it('ends it when a second person agrees; it stands in the audit log, without what it holds', async () => {
    const { key, caseNo } = await newCase();

    const asked = await operate(`process-instances/${key}/cancellation`, { reason });
    const again = await operate(`process-instances/${key}/cancellation`, { reason: '再提一次' });
    const own = await decide('admin', asked.body.approvalId);
    const before = await stateOf(key);
    const approved = await decide('auditor', asked.body.approvalId);

    expect([asked.status, again.status, own.status]).toEqual([202, 409, 403]);
    expect([before, approved.status]).toEqual(['ACTIVE', 200]);
    expect(asked.body.why).toEqual(['取消所有正在进行的步骤，不再办理，也没有书面答复。', `理由：${reason}`]);
    expect(await stateOf(key)).toBe('TERMINATED');
    const { body: log } = await (await app.as('auditor')).get('/api/audit/entries').query({ subject: 'approvals' });
    expect(log.items[0]).toMatchObject({
      actor: { id: 'auditor' },
      facts: {
        author: 'admin',
        state: 'approved',
        message: `终止办理：${caseNo}`,
        why: expect.stringContaining(reason),
      },
    });
  });

  it('stands in the course of the case with its reason and both persons; the petitioner reads neither', async () => {
    const { key, trackingCode: code } = await newCase();
    const course = async () => {
      const { body } = await (await app.as('xf_office_director')).get(`/api/instances/${key}/timeline`).expect(200);
      return (body as { text: string; detail?: string; by?: { name: string } }[]).filter(({ text }) =>
        text.includes('人工干预'),
      );
    };
    const paused = await operate(`process-instances/${key}/suspension`, { reason });
    const asked = await course();
    await decide('auditor', paused.body.approvalId);
    const ending = await operate(`process-instances/${key}/cancellation`, { reason: '误登' });
    await decide('discipline_committee', ending.body.approvalId, 'reject');

    const decided = await course();

    const by = { name: '系统管理员' };
    const what = `步骤停办，期限照走，直到恢复。理由：${reason}。`;
    expect(asked).toMatchObject([{ by, text: '提出人工干预：暂停办理', detail: `${what}等待另一个人批准。` }]);
    expect(decided).toMatchObject([
      { by, text: '人工干预：暂停办理', detail: `${what}审计员批准，意见：已核对。` },
      {
        by,
        text: '人工干预未获批准：终止办理',
        detail: expect.stringMatching(/理由：误登。纪委.*不同意，意见：已核对。/),
      },
    ]);
    const { body: page } = await app.anonymous().post('/api/portal/case').send({ code }).expect(200);
    expect(JSON.stringify(page)).not.toMatch(/人工干预|误登/);
  });

  it('is not told in the audit log to those for whom the case does not exist: neither asked for nor decided', async () => {
    const { key, caseNo } = await newCase();
    const auditor = await app.as('auditor');
    const asked = await operate(`process-instances/${key}/suspension`, { reason });
    await auditor.post(`/api/instances/${key}/recusals`).send({ reason: '利害关系' }).expect(204);
    await decide('discipline_committee', asked.body.approvalId);
    const entriesFor = async (account: string) => {
      const { body } = await (
        await app.as(account)
      )
        .get('/api/audit/entries')
        .query({ subject: 'approvals' })
        .expect(200);
      return body.items.slice(0, 2) as { facts: object | null; actor: object | null; change: string }[];
    };

    const [hidden, told] = [await entriesFor('auditor'), await entriesFor('discipline_committee')];

    expect(hidden.map(({ facts, actor }) => [facts, actor])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(JSON.stringify(hidden)).not.toContain(caseNo);
    expect(told.map(({ facts }) => facts)).toEqual([
      expect.objectContaining({ state: 'approved', message: `暂停办理：${caseNo}` }),
      expect.objectContaining({ state: 'waiting', message: `暂停办理：${caseNo}` }),
    ]);
  });

  it('is listed as a quiet end, and the petitioner reads it and may have it taken up again', async () => {
    const { key, caseNo, trackingCode: code } = await newCase();
    const asked = await operate(`process-instances/${key}/cancellation`, { reason });
    await decide('auditor', asked.body.approvalId);
    const quietEnds = async () => {
      const instances = await app.running.platform.queries.instancesByCaseNo(caseNo);
      return instances.filter(({ bpmnProcessId }) => bpmnProcessId === 'xf_quiet_end');
    };

    await app.running.platform.runtime.idle();

    const [listed] = await quietEnds();
    expect(await app.running.platform.queries.variablesOf(listed?.key ?? '')).toMatchObject({
      quietKind: 'intervened',
      interventionReason: reason,
      caseNo,
    });
    const { body: page } = await app.anonymous().post('/api/portal/case').send({ code }).expect(200);
    expect(page.state).toMatchObject({ id: 'stopped', sentence: '这件事没有答复就停办了。已报纪委核查。' });
    expect(page.dueAt).toBeNull();
    expect(page.timeline.at(-1)).toMatchObject({ text: '已停办', done: true });
    await app
      .anonymous()
      .post('/api/portal/case/actions/resume')
      .send({ code, data: { confirmResume: true } })
      .expect(200);
    const { body: resumed } = await app.anonymous().post('/api/portal/case').send({ code }).expect(200);
    expect(resumed.state).toMatchObject({ id: 'accepted' });
  });

  it('changes variables when a second person agrees, who reads their names alone', async () => {
    const { key } = await newCase();
    const admin = await app.as('admin');

    const alone = await admin.put(`/v2/element-instances/${key}/variables`).send({ variables: { severity: 1 } });
    const asked = await admin
      .put(`/v2/element-instances/${key}/variables`)
      .send({ variables: { mainFacts: '改写成没有这回事' }, reason });
    const { body: waiting } = await (await app.as('auditor')).get('/api/studio/approvals').expect(200);
    const stored = await app.running.platform.database.writer.query('SELECT changes FROM approvals');
    await decide('discipline_committee', asked.body.approvalId);

    expect([alone.status, asked.status]).toEqual([400, 202]);
    expect(waiting[0]).toMatchObject({
      kind: 'case',
      changes: [],
      why: ['改动数据项：mainFacts。', `理由：${reason}`],
    });
    expect(JSON.stringify([waiting, stored])).not.toContain('没有这回事');
    expect(await app.running.platform.queries.variablesOf(key)).toMatchObject({ mainFacts: '改写成没有这回事' });
  });

  it('is not done where the second person refuses', async () => {
    const { key } = await newCase();
    const asked = await operate(`process-instances/${key}/cancellation`, { reason });

    expect((await decide('auditor', asked.body.approvalId, 'reject')).status).toBe(200);

    expect(await stateOf(key)).toBe('ACTIVE');
  });

  it('deletes no record, and reaches no case among many', async () => {
    const { key } = await newCase();
    const filter = { processDefinitionId: 'xf_main' };

    const deleted = await operate(`process-instances/${key}/deletion`, {});
    const many = await operate('process-instances/cancellation', { filter });
    const removed = await operate('process-instances/deletion', { filter });

    expect([deleted.status, many.status, removed.status]).toEqual([409, 409, 409]);
    expect(await stateOf(key)).toBe('ACTIVE');
  });

  it('does not speak in the name of who follows the case', async () => {
    const { caseNo } = await newCase();

    const forged = await operate('messages/publication', { name: 'petitioner.withdraw', correlationKey: caseNo });

    expect(forged.status).toBe(403);
  });

  it('is done once, although two approve it at the same moment', async () => {
    const { key } = await newCase();
    const admin = await app.as('admin');
    const change = { variables: { mainFacts: '并发批准' }, reason };
    const asked = await admin.put(`/v2/element-instances/${key}/variables`).send(change);
    const id = asked.body.approvalId;

    const answers = await Promise.all([decide('auditor', id), decide('discipline_committee', id)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const events = await app.running.platform.queries.eventsOfTypes(key, ['variablesSet']);
    expect(events.filter(({ event }) => JSON.stringify(event).includes('并发批准'))).toHaveLength(1);
  });

  it('skips no step that the platform does itself', async () => {
    const { runtime, queries } = app.running.platform;
    const { model } = await import('#testing');
    const built = model('number-needed').start().serviceTask('draw', { type: 'ct.number' }).end();
    const files = [{ path: 'number-needed.bpmn', content: built.xml, digest: 'n' }];
    await runtime.deploy({ hash: 'number-needed', source: 'api', files });
    await runtime.createInstance({ bpmnProcessId: 'number-needed', variables: {}, caseKey: '930001' });
    await runtime.idle();
    const { items } = await queries.search('jobs', {
      filter: { type: 'ct.number', processDefinitionId: 'number-needed' },
    });

    const skipped = await operate(`jobs/${items[0]?.jobKey}/completion`, { variables: { number: 'XF-0' } });

    expect(skipped.status).toBe(403);
    expect(skipped.body.detail).toContain('is done by the platform alone');
  });
});

describe('an intervention in a case where nobody else may approve yet', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp({ environment: { DEMO: 'false' }, inPlace: true })));
  afterAll(() => app.close());

  it('is done by one, with a reason, and stands in the audit log as done alone', async () => {
    const { runtime, database, queries } = app.running.platform;
    const { insertAccount } = await import('#persistence');
    const { hashPassword } = await import('#vault');
    const chief = { id: 'chief', name: '管理员', unit: null, roles: ['admin'], posts: [], disabled: false };
    const passwordHash = await hashPassword('long-enough');
    await runtime.write(insertAccount({ ...chief, passwordHash }, { by: 'operator', at: 1 }));
    const sent = await send(app, report);
    const [instance] = await queries.instancesByCaseNo(sent.caseNo);
    const admin = await app.as('chief', 'long-enough');

    await admin.post(`/v2/process-instances/${instance?.key}/suspension`).send({ reason }).expect(204);

    const rows = await database.writer.query('SELECT kind, state, author, decided_by, why FROM approvals');
    expect(rows).toEqual([
      { kind: 'case', state: 'approved', author: 'chief', decided_by: 'chief', why: expect.stringContaining(reason) },
    ]);
  });
});
