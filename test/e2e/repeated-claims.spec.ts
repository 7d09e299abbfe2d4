import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { complete, registration, type Receipt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const { name: _name, phone: _phone, ...unnamed } = registration;
const anonymous = { ...unnamed, anonymous: true };
const again = (previousRef: string) => ({ ...anonymous, previous: 'again', previousRef });

describe('a claim that comes again', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  const register = async (data: object): Promise<Receipt> => {
    const { body } = await (await app.as('xf_clerk')).post('/api/launchers/register').send({ data }).expect(201);
    await app.running.platform.runtime.idle();
    return body as Receipt;
  };
  /** What the comparison of a registered case holds, and the case itself. */
  const compared = async ({ caseNo }: Receipt) => {
    const { queries } = app.running.platform;
    const [main, comparison] = await queries.instancesByCaseNo(caseNo);
    const { sameClaimant, sameCaseNo } = await queries.variablesOf(comparison!.key);
    return { sameClaimant, sameCaseNo, duplicate: (await queries.variablesOf(main!.key))['duplicate'] ?? null };
  };
  const confirm = (caseNo: string, more: object = {}) =>
    complete(app, {
      as: 'xf_clerk',
      element: 'confirmSame',
      caseNo,
      data: { sameClaim: true, sameFacts: true, ...more },
    });

  it('is known by the number or the code of an anonymous one as by the telephone of a named one', async () => {
    const first = { named: await register(registration), anonymous: await register(anonymous) };

    const named = await register(registration);
    const byCode = await register(again(` ${first.anonymous.trackingCode.toLowerCase()} `));
    const byNumber = await register(again(first.anonymous.caseNo));

    expect(await compared(named)).toMatchObject({ sameClaimant: 'yes', sameCaseNo: first.named.caseNo });
    expect(await compared(byCode)).toMatchObject({ sameClaimant: 'yes', sameCaseNo: first.anonymous.caseNo });
    expect(await compared(byNumber)).toMatchObject({ sameClaimant: 'yes', sameCaseNo: byCode.caseNo });
  });

  it('keeps no code that a form names: whoever reads the case could act as its petitioner', async () => {
    const first = await register(anonymous);
    const { caseNo } = await register(again(` ${first.trackingCode} `));
    const { queries } = app.running.platform;
    const processInstanceKey = (await queries.instancesByCaseNo(caseNo))[0]!.key;
    const { previousRef } = await queries.variablesOf(processInstanceKey);
    const sealedKeys = [(previousRef as { $sealed: string }).$sealed];
    const look = { sealedKeys, reason: '核对原件', processInstanceKey };
    const clerk = await app.as('xf_clerk');
    const { body: read } = await clerk.post('/api/reveals').send(look).expect(200);

    expect(JSON.stringify(read)).toContain('****-****-****');
    expect(JSON.stringify(read)).not.toContain(first.trackingCode);
  });

  it('is looked at by the clerk where who writes says so, and found by the number that the clerk gives', async () => {
    const first = await register(anonymous);
    const lost = await register({ ...anonymous, previous: 'again' });
    const unknown = await compared(lost);

    await confirm(lost.caseNo, { repeatOf: first.caseNo });

    expect(unknown).toMatchObject({ sameClaimant: 'unknown', sameCaseNo: null });
    expect(await compared(lost)).toEqual({ sameClaimant: 'yes', sameCaseNo: first.caseNo, duplicate: 'sameOpen' });
  });

  it('is of a matter that the clerk has confirmed, whichever of its cases is named', async () => {
    const phone = '13911112222';
    const first = await register({ ...registration, phone });
    const second = await register({ ...registration, phone });
    await confirm(second.caseNo, { repeatOf: first.caseNo });

    const third = await register(again(first.caseNo));

    expect(await compared(third)).toMatchObject({ sameCaseNo: second.caseNo });
  });

  it('is not heard of where the named case excludes somebody and the number is one of none', async () => {
    const first = await register({ ...anonymous, accusedRefs: [{ kind: 'unit', ref: 'office' }] });

    const naming = await register(again(first.caseNo));
    const none = await register(again('XF-2020-99999'));

    expect(await compared(naming)).toMatchObject({ sameClaimant: 'unknown' });
    expect(await compared(none)).toMatchObject({ sameClaimant: 'unknown' });
  });
});
