import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { model } from '#testing';
import { AttendanceService } from '../../apps/server/src/organization/attendance.service.js';
import { appoint, complete } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';
import { openTask, startCase } from './task-action-values.js';

const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const standingIn = (substitute: string) => ({ substitute, from: day, until: day, reason: '出差' });
const vote = { vote: 'upheld', voteReason: '事实清楚。' };

interface Task {
  readonly elementId: string;
  readonly userTaskKey: string;
  readonly candidateGroups: readonly string[];
}

/** Of the mine: a member of the committee of assessment is of the unit that is assessed. */
describe('a task that is kept from the members of a unit (ct.notOf)', () => {
  let app: TestApp;
  let caseNo = '';
  let seat = '';
  const member = 'unit_head.safety';
  const other = 'assessment.safety';

  beforeAll(async () => {
    app = await startApp();
    await appoint(app, { posts: ['assessmentSafety'] }, member);
    const finding = {
      duty: 'noMeeting',
      subjectKind: 'unit',
      unit: 'safety',
      evidence: [{ kind: 'missingReport', ref: 'PC-2026-0001' }],
    };
    const started = await (await app.as('hr_assessor')).post('/api/launchers/finding').send({ data: finding });
    caseNo = (started.body as { caseNo: string }).caseNo;
    await app.running.platform.runtime.idle();
    const data = { findingDecision: 'propose', findingNote: '没有开会。', exportTo: 'performance' };
    await complete(app, { as: 'hr_assessor', element: 'confirmFinding', caseNo, data });
    await complete(app, { as: member, element: 'giveStatement', caseNo, data: { hasStatement: false } });
    seat = (await open()).find(({ candidateGroups }) => candidateGroups.includes('post:assessmentSafety'))!.userTaskKey;
  });
  afterAll(() => app.close());

  const open = async (): Promise<readonly Task[]> => {
    await app.running.app.get(AttendanceService).settled();
    const { queries } = app.running.platform;
    const instances = await queries.instancesByCaseNo(caseNo);
    const tasks = await queries.tasksOfInstances(instances.map(({ key }) => key));
    return tasks.filter(({ state }) => state === 'CREATED');
  };
  const listed = async (account: string): Promise<readonly string[]> => {
    const { body } = await (await app.as(account)).get('/api/tasks').query({ view: 'all', q: caseNo }).expect(200);
    return (body as { items: readonly Task[] }).items.map(({ elementId }) => elementId);
  };

  it('is on the list of the other members, and not on theirs', async () => {
    expect(await listed(other)).toEqual(['decideTogether']);
    expect(await listed(member)).toEqual([]);
  });

  it('is not found by them, nor its case, and neither claimed nor completed', async () => {
    const agent = await app.as(member);
    const { processInstanceKey } = (await app.running.platform.queries.get('userTasks', seat))!;
    const answers = [
      await agent.get(`/api/tasks/${seat}`),
      await agent.post(`/api/tasks/${seat}/claim`),
      await agent.post(`/api/tasks/${seat}/completion`).send({ data: vote }),
      await app.basic(member).get(`/v2/user-tasks/${seat}`),
      await app.basic(member).post(`/v2/user-tasks/${seat}/completion`).send({ variables: vote }),
    ];
    const found = await app
      .basic(member)
      .post('/v2/user-tasks/search')
      .send({ filter: { elementId: 'decideTogether' } });

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(found.body.items).toEqual([]);
    expect((await (await app.as('hr_assessor')).get(`/api/instances/${processInstanceKey}`)).status).toBe(200);
  });

  it('cannot be given to them by anybody', async () => {
    const agent = await app.as(other);

    const assigned = await app.basic(other).post(`/v2/user-tasks/${seat}/assignment`).send({ assignee: member });
    const byAdmin = await app.basic('admin').post(`/v2/user-tasks/${seat}/assignment`).send({ assignee: member });
    const people = await agent.get(`/api/tasks/${seat}/people`).query({ q: '' }).expect(200);
    const transfer = await agent.post(`/api/tasks/${seat}/transfer`).send({ to: member, reason: '请你办' });

    expect([assigned.status, byAdmin.status >= 400, transfer.status >= 400]).toEqual([400, true, true]);
    expect(JSON.stringify(people.body)).not.toContain(`"${member}"`);
    expect(JSON.stringify(people.body)).toContain('"hr_assessor"');
  });

  it('is not done by them in the place of others, nor by others in theirs', async () => {
    await (await app.as(other)).post('/api/substitutions').send(standingIn(member)).expect(201);
    await (await app.as(member)).post('/api/substitutions').send(standingIn('union_rep')).expect(201);

    expect(await listed(member)).toEqual([]);
    expect(await listed('union_rep')).toEqual([]);
  });

  it('falls to the substitute where no other member of the seat is left, who decides between two that disagree', async () => {
    await appoint(app, { posts: [] }, other);
    await open();
    const offered = (await open()).find(({ userTaskKey }) => userTaskKey === seat)!.candidateGroups;

    await complete(app, { as: 'assessment.chair', element: 'decideTogether', caseNo, data: vote });
    const rejected = { vote: 'rejected', voteReason: '会开了。' };
    await complete(app, { as: 'assessment.union', element: 'decideTogether', caseNo, data: rejected });
    const left = (await open()).map(({ userTaskKey }) => userTaskKey);
    await complete(app, { as: 'assessment.substitute', element: 'decideTogether', caseNo, data: vote });

    expect(offered).toEqual(['post:assessmentSafety', 'post:assessmentSubstitute']);
    expect(left).toEqual([seat]);
    expect((await open()).map(({ elementId }) => elementId)).toEqual(['objectionTask']);
  });

  it('says so in a process that was deployed by the API as well, wherever people are offered', async () => {
    const process = model('kept-from-hr')
      .start()
      .userTask('check', {
        form: '',
        groups: 'unit_head@hr, union_rep',
        extensionProperties: { 'ct.notOf': '=["hr"]' },
      })
      .end();
    const { instanceKey } = await startCase(app, process);
    const key = await openTask(app, instanceKey, 'check');

    const barred = await (await app.as('unit_head')).get(`/api/tasks/${key}`);
    const { body } = await (
      await app.as('union_rep')
    )
      .get(`/api/tasks/${key}/people`)
      .query({ q: '负责人' })
      .expect(200);

    const ids = (body as { items: { id: string }[] }).items.map(({ id }) => id);
    expect([barred.status, ids.includes('unit_head'), ids.includes('unit_head.safety')]).toEqual([404, false, true]);
  });
});
