import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AttendanceService } from '../../apps/server/src/organization/attendance.service.js';
import { acceptance, appoint, complete, register, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const wanted = {
  extensionReason: 'appraisal',
  extensionDetail: '工伤等级正在鉴定，鉴定结论月底以后才能出来。',
  extensionRequested: 20,
  stepsDone: '已经约谈、核对考勤。',
  planAfter: '鉴定结论出来后三日内写报告。',
  extensionNotice: '工伤等级正在鉴定，需要等鉴定结论。',
};
const agreed = { extensionDecision: 'agree' };

/** Who handles the case of a small unit may hold the posts that check and approve, too. */
describe('more time for a case', () => {
  let app: TestApp;
  let caseNo = '';
  const applicant = 'unit_handler';

  beforeAll(async () => {
    app = await startApp();
    await appoint(app, { roles: ['unit_handler', 'lead_group_head'], posts: ['personnelLeader'] }, applicant);
    const { processInstanceKey, ...receipt } = await register(app);
    caseNo = receipt.caseNo;
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: acceptance });
    await complete(app, { as: 'unit_head', element: 'confirmReceipt', caseNo, data: { acceptChoice: 'received' } });
    const handler = await app.as(applicant);
    await handler.post(`/api/instances/${processInstanceKey}/actions/extension`).send({ data: wanted }).expect(204);
    await app.running.platform.runtime.idle();
    await app.running.app.get(AttendanceService).settled();
  });
  afterAll(() => app.close());

  it.each([
    ['checked', 'checkExtension', 'mine_leader'],
    ['approved', 'approveExtension', 'lead_group_head'],
  ])('is not %s by who applied for it, whatever posts that person holds', async (_act, element, other) => {
    const own = await taskAt(await app.as(applicant), element, caseNo);
    const others = await taskAt(await app.as(other), element, caseNo);

    expect([own, others]).toEqual(['', expect.stringMatching(/^\d+$/)]);
    await complete(app, { as: other, element, caseNo, data: agreed });
  });
});
