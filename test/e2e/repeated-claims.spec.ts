import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { complete, registration, taskAt, type Receipt } from './product-values.js';
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

  it('is found in the earlier case alone, so that two open ones are not merged into each other', async () => {
    const phone = '13733334444';
    const earlier = await register({ ...registration, phone, previous: 'again' });
    const later = await register({ ...registration, phone });
    await confirm(later.caseNo, { repeatOf: earlier.caseNo });
    await confirm(earlier.caseNo, { repeatOf: later.caseNo });

    expect(await compared(later)).toMatchObject({ sameCaseNo: earlier.caseNo, duplicate: 'sameOpen' });
    expect(await compared(earlier)).toMatchObject({ sameCaseNo: null, duplicate: 'related' });
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

  const heater = {
    subject: '三号宿舍楼浴室没有热水',
    mainFacts: '三号宿舍楼二层公共浴室的热水器坏了，已经半个月没有热水，下夜班的人洗不了澡，报修两次都没有人来修。',
    demands: [{ text: '把热水器修好' }],
    category: 'C08',
  };
  const otherWords = {
    subject: '宿舍楼浴室没有热水',
    mainFacts: '我住3号宿舍楼，二层浴室热水器坏了半个月没有热水，下夜班洗不了澡，报修了两次都没有人来修，天还这么冷。',
    demands: [{ text: '尽快把热水器修好' }],
    category: 'C08',
  };
  const related = (relatedTo: string, samePerson = 'unknown') => ({ samePerson, sameFacts: undefined, relatedTo });
  const seenWith = async (trackingCode: string): Promise<string> => {
    const { body } = await app.anonymous().post('/api/portal/case').send({ code: trackingCode }).expect(200);
    return JSON.stringify(body);
  };

  it('is suggested by like texts, to a named one as to an anonymous one, and each keeps an answer of its own', async () => {
    const first = await register({ ...anonymous, ...heater });
    const named = await register({ ...registration, ...otherWords, phone: '13933334444' });
    const suggested = { named: await compared(named), unnamed: undefined as unknown };
    await confirm(named.caseNo, related(first.caseNo, 'no'));
    const unnamed = await register({ ...anonymous, ...otherWords });
    suggested.unnamed = await compared(unnamed);
    await confirm(unnamed.caseNo, related(first.caseNo));

    expect(suggested.named).toMatchObject({ sameClaimant: 'unknown', sameCaseNo: first.caseNo });
    expect(suggested.unnamed).toMatchObject({ sameClaimant: 'unknown', sameCaseNo: named.caseNo });
    expect(await compared(named)).toEqual({ sameClaimant: 'no', sameCaseNo: first.caseNo, duplicate: 'related' });
    expect(await compared(unnamed)).toEqual({
      sameClaimant: 'unknown',
      sameCaseNo: first.caseNo,
      duplicate: 'related',
    });
    for (const { trackingCode } of [first, named, unnamed]) {
      const others = [first, named, unnamed].filter((one) => one.trackingCode !== trackingCode);
      const seen = await seenWith(trackingCode);
      for (const { caseNo } of others) expect(seen).not.toContain(caseNo);
    }
  });

  it('is never related to itself', async () => {
    const facts = { ...heater, mainFacts: heater.mainFacts.replaceAll('三号宿舍楼', '九号宿舍楼') };
    await register({ ...anonymous, ...facts });
    const { caseNo } = await register({ ...anonymous, ...facts });
    const clerk = await app.as('xf_clerk');
    const task = await taskAt(clerk, 'confirmSame', caseNo);
    const data = { sameClaim: true, ...related(caseNo) };

    const { body } = await clerk.post(`/api/tasks/${task}/completion`).send({ data }).expect(422);

    expect(body).toMatchObject({ fields: [{ path: '/relatedTo', message: '这是本件自己的件号，请填另一件的。' }] });
  });

  it('of somebody else stays theirs: who comes again is led to the own case, not to the one that was related', async () => {
    const facts = { ...heater, mainFacts: heater.mainFacts.replaceAll('三号宿舍楼', '六号宿舍楼'), category: 'C14' };
    const first = await register({ ...anonymous, ...facts });
    const other = await register({ ...anonymous, ...facts });
    await confirm(other.caseNo, related(first.caseNo));

    const firstAgain = await register(again(first.caseNo));
    const otherAgain = await register(again(other.caseNo));

    expect(await compared(firstAgain)).toMatchObject({ sameClaimant: 'yes', sameCaseNo: first.caseNo });
    expect(await compared(otherAgain)).toMatchObject({ sameClaimant: 'yes', sameCaseNo: other.caseNo });
  });

  it.each([
    ['is not the same matter', { sameClaim: false, sameFacts: undefined }],
    ['is of somebody else', { samePerson: 'no', sameFacts: undefined }],
    ['is of nobody knows whom', { samePerson: 'unknown', sameFacts: undefined }],
  ])('whose number was given leads nowhere once the clerk says that it %s', async (_, judged) => {
    const first = await register(anonymous);
    const naming = await register(again(first.caseNo));
    const found = await compared(naming);
    await confirm(naming.caseNo, { ...('samePerson' in judged ? { relatedTo: first.caseNo } : {}), ...judged });

    const firstAgain = await register(again(first.caseNo));
    const namingAgain = await register(again(naming.caseNo));

    expect(found).toMatchObject({ sameClaimant: 'yes', sameCaseNo: first.caseNo });
    expect(await compared(firstAgain)).toMatchObject({ sameCaseNo: first.caseNo });
    expect(await compared(namingAgain)).toMatchObject({ sameCaseNo: naming.caseNo });
    for (const [one, other] of [
      [first, naming],
      [naming, first],
    ] as const)
      expect(await seenWith(one.trackingCode)).not.toContain(other.caseNo);
  });

  it('is no case found any more once the clerk says that it is not the same matter', async () => {
    const first = await register(anonymous);
    const naming = await register(again(first.caseNo));

    await confirm(naming.caseNo, { sameClaim: false, sameFacts: undefined });

    expect(await compared(naming)).toEqual({ sameClaimant: 'unknown', sameCaseNo: null, duplicate: 'new' });
  });

  it('is the one whose number the clerk gives, and no longer the one whose number was given by mistake', async () => {
    const [meant, mistaken] = [await register(anonymous), await register(anonymous)];
    const naming = await register(again(mistaken.caseNo));

    await confirm(naming.caseNo, { repeatOf: meant.caseNo });

    expect(await compared(await register(again(mistaken.caseNo)))).toMatchObject({ sameCaseNo: mistaken.caseNo });
    expect(await compared(await register(again(meant.caseNo)))).toMatchObject({ sameCaseNo: naming.caseNo });
  });

  it('is suggested by no text of a case that excludes somebody or is an accusation', async () => {
    const facts = { ...heater, category: 'C10' };
    await register({ ...anonymous, ...facts, accusedRefs: [{ kind: 'unit', ref: 'logistics' }] });
    await register({ ...anonymous, ...facts, wish: 'discipline' });

    expect(await compared(await register({ ...anonymous, ...facts }))).toMatchObject({ sameCaseNo: null });
  });

  it('leaves nothing of the texts where they could be searched', async () => {
    const first = await register({ ...anonymous, ...heater, category: 'C13' });
    const second = await register({ ...anonymous, ...otherWords, category: 'C13' });
    const { queries } = app.running.platform;
    const instances = [
      ...(await queries.instancesByCaseNo(first.caseNo)),
      ...(await queries.instancesByCaseNo(second.caseNo)),
    ];
    const variables = await Promise.all(instances.map(({ key }) => queries.variablesOf(key)));
    const events = await Promise.all(instances.map(({ key }) => queries.events(key)));

    expect(await compared(second)).toMatchObject({ sameCaseNo: first.caseNo });
    expect(JSON.stringify([variables, events])).not.toMatch(/热水器|宿舍楼二层/);
  });
});
