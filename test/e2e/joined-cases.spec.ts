import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registration } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const request = {
  reviewLevel: 'review',
  opinionReceivedAt: new Date().toISOString().slice(0, 10),
  requests: '请重新核对。',
  factsReasons: '考勤没有核对。',
};

describe('a start by staff that joins a case by its number', () => {
  let app: TestApp;
  const register = async (more: object = {}): Promise<{ caseNo: string; processInstanceKey: string }> =>
    (await (await app.as('xf_clerk')).post('/api/launchers/register').send({ data: { ...registration, ...more } }))
      .body;
  const review = async (caseNo: string) =>
    (await app.as('xf_clerk')).post('/api/launchers/review').send({ data: { ...request, reviewedCaseNo: caseNo } });

  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('belongs to the case and keeps what it protects under its key', async () => {
    const { caseNo, processInstanceKey } = await register();

    const { body } = await review(caseNo).then((sent) => sent);

    const { queries } = app.running.platform;
    const joined = await queries.instance(body.processInstanceKey);
    const first = await queries.instance(processInstanceKey);
    expect(joined).toMatchObject({ caseKey: first?.caseKey, caseNo, bpmnProcessId: 'xf_review' });
  });

  it('is refused with a number that no case has', async () => {
    const { status, body } = await review('XF-2020-99999');

    expect(status).toBe(422);
    expect(body.fields).toEqual([{ path: '/reviewedCaseNo', message: '没有这个件号，请核对。' }]);
  });

  it('is refused just so where the case is about the unit of whoever starts it', async () => {
    const { caseNo } = await register({ accusedRefs: [{ kind: 'unit', ref: 'office' }] });

    const { status, body } = await review(caseNo);

    expect(status).toBe(422);
    expect(body.fields).toEqual([{ path: '/reviewedCaseNo', message: '没有这个件号，请核对。' }]);
  });
});
