import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AttendanceService } from '../../apps/server/src/organization/attendance.service.js';
import { appoint, complete } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const vote = { vote: 'upheld', voteReason: '事实清楚。' };
const finding = {
  duty: 'noMeeting',
  subjectKind: 'unit',
  unit: 'safety',
  evidence: [{ kind: 'missingReport', ref: 'PC-2026-0001' }],
};

/** Two seats of the committee are vacant, and there is one substitute for both. */
describe('a seat whose substitute sits in another one already (ct.otherThan)', () => {
  let app: TestApp;
  let caseNo = '';

  beforeAll(async () => {
    app = await startApp();
    await appoint(app, { posts: [] }, 'assessment.safety');
    await appoint(app, { posts: [] }, 'assessment.union');
    const started = await (await app.as('hr_assessor')).post('/api/launchers/finding').send({ data: finding });
    caseNo = (started.body as { caseNo: string }).caseNo;
    await app.running.platform.runtime.idle();
    const data = { findingDecision: 'propose', findingNote: '没有开会。', exportTo: 'performance' };
    await complete(app, { as: 'hr_assessor', element: 'confirmFinding', caseNo, data });
    await complete(app, { as: 'unit_head.safety', element: 'giveStatement', caseNo, data: { hasStatement: false } });
    await settled();
  });
  afterAll(() => app.close());

  const settled = () => app.running.app.get(AttendanceService).settled();
  const seats = async () => {
    const { queries } = app.running.platform;
    const instances = await queries.instancesByCaseNo(caseNo);
    const tasks = await queries.tasksOfInstances(instances.map(({ key }) => key));
    return tasks.filter(({ state, elementId }) => state === 'CREATED' && elementId === 'decideTogether');
  };
  /** What the discipline committee reads as 无人可办. */
  const unattended = async (): Promise<readonly string[]> => {
    await settled();
    const { body } = await (await app.as('discipline_committee')).get('/api/supervision').expect(200);
    return (body as { unattended: readonly { userTaskKey: string }[] }).unattended.map((one) => one.userTaskKey);
  };

  it('is attended while the substitute sits in none', async () => {
    const offered = (await seats()).filter(({ candidateGroups }) =>
      candidateGroups.includes('post:assessmentSubstitute'),
    );

    expect(offered).toHaveLength(2);
    expect(await unattended()).toEqual([]);
  });

  it('stands as 无人可办 as soon as the substitute has voted, and goes from there when somebody takes it', async () => {
    await complete(app, { as: 'assessment.substitute', element: 'decideTogether', caseNo, data: vote });
    const left = (await seats()).find(({ candidateGroups }) => candidateGroups.includes('post:assessmentUnion'));
    const before = await unattended();

    await appoint(app, { posts: ['assessmentUnion'] }, 'assessment.union');

    expect(before).toEqual([left?.userTaskKey]);
    expect(await unattended()).toEqual([]);
  });
});
