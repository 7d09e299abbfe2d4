import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { model } from '#testing';
import { startApp, type TestApp } from './start-app.js';
import { clerk, complete, director, openTask, receptionist, startCase } from './task-action-values.js';

const sentence = '“draft”是您办的，这一步要由另一个人办。';

const twoPeople = (id: string) =>
  model(id)
    .start()
    .userTask('draft', { form: '', groups: 'xf_clerk, xf_receptionist' })
    .userTask('check', {
      form: '',
      groups: 'xf_clerk, xf_office_director',
      extensionProperties: { 'ct.otherThan': 'draft' },
    })
    .end();

describe('a step for other hands (ct.otherThan)', () => {
  let app: TestApp;
  let count = 0;
  beforeAll(async () => void (app = await startApp({ inPlace: true })));
  afterAll(() => app.close());

  /** Key of the open check, after somebody has drafted. */
  const drafted = async (by: string): Promise<string> => {
    count += 1;
    const { instanceKey } = await startCase(app, twoPeople(`two-people-${count}`));
    await complete(await app.as(by), await openTask(app, instanceKey, 'draft')).expect(200);
    return openTask(app, instanceKey, 'check');
  };
  const rowOf = async (account: string, key: string) => {
    const { body } = await (await app.as(account)).get('/api/tasks').query({ view: 'all' }).expect(200);
    return (body as { items: { userTaskKey: string }[] }).items.find(({ userTaskKey }) => userTaskKey === key);
  };

  it('is refused to who did the step before, with a sentence, and left to others', async () => {
    const key = await drafted(clerk);

    const refused = await complete(await app.as(clerk), key);

    expect([refused.status, refused.body.detail]).toEqual([403, sentence]);
    await complete(await app.as(director), key).expect(200);
  });

  it('is refused by the engine API as well', async () => {
    const key = await drafted(clerk);

    const refused = await app.basic(clerk).post(`/v2/user-tasks/${key}/completion`).send({});

    expect(refused.status).toBe(403);
    await app.basic(director).post(`/v2/user-tasks/${key}/completion`).send({}).expect(204);
  });

  it('is refused in the place of somebody else, too', async () => {
    const key = await drafted(receptionist);
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const standingIn = { substitute: receptionist, from: day, until: day, reason: '出差' };
    await (await app.as(director)).post('/api/substitutions').send(standingIn).expect(201);

    const refused = await complete(await app.as(receptionist), key);

    expect([refused.status, refused.body.detail]).toEqual([403, sentence]);
  });

  it('says so in the list and on its page, and cannot be claimed', async () => {
    const key = await drafted(clerk);
    const byClerk = await app.as(clerk);

    const { body } = await byClerk.get(`/api/tasks/${key}`).expect(200);
    const claimed = await byClerk.post(`/api/tasks/${key}/claim`);

    expect(await rowOf(clerk, key)).toMatchObject({ notYours: sentence });
    expect(await rowOf(director, key)).not.toHaveProperty('notYours');
    expect(body).toMatchObject({ canComplete: false, canClaim: false, task: { notYours: sentence } });
    expect([claimed.status, claimed.body.detail]).toEqual([403, sentence]);
  });

  it('leaves who did nothing before free, whoever that is', async () => {
    const key = await drafted(receptionist);

    const { body } = await (await app.as(clerk)).get(`/api/tasks/${key}`).expect(200);

    expect(body).toMatchObject({ canComplete: true, canClaim: true });
    await complete(await app.as(clerk), key).expect(200);
  });

  describe('that names a task of another process', () => {
    const drafting = (id: string) => model(id).start().userTask('draft', { form: '', groups: 'xf_clerk' }).end();
    const checking = (id: string, step: string) =>
      model(id)
        .start()
        .userTask('check', {
          form: '',
          groups: 'xf_clerk, xf_office_director',
          extensionProperties: { 'ct.otherThan': step },
        })
        .end();

    /** Key of the open check, in the case of the draft or in another one, after the clerk has drafted. */
    const checkAfterDraft = async (isSameCase: boolean, step = 'draft'): Promise<string> => {
      count += 1;
      const names = { draft: `drafting-${count}`, check: `checking-${count}` };
      const { instanceKey, caseKey } = await startCase(app, drafting(names.draft));
      await complete(await app.as(clerk), await openTask(app, instanceKey, 'draft')).expect(200);
      const joined = isSameCase ? caseKey : undefined;
      const other = await startCase(app, checking(names.check, `${names.draft}/${step}`), joined);
      return openTask(app, other.instanceKey, 'check');
    };

    it('is refused to who did it in the same case, and left to others', async () => {
      const key = await checkAfterDraft(true);

      const refused = await complete(await app.as(clerk), key);

      expect([refused.status, refused.body.detail]).toEqual([403, sentence]);
      expect(await rowOf(clerk, key)).toMatchObject({ notYours: sentence });
      await complete(await app.as(director), key).expect(200);
    });

    it('is free to who did it in another case', async () => {
      const key = await checkAfterDraft(false);

      expect(await rowOf(clerk, key)).not.toHaveProperty('notYours');
      await complete(await app.as(clerk), key).expect(200);
    });

    it('or all of them (process/*), is refused to who did any of its tasks', async () => {
      const key = await checkAfterDraft(true, '*');

      const refused = await complete(await app.as(clerk), key);

      expect([refused.status, refused.body.detail]).toEqual([403, sentence]);
      await complete(await app.as(director), key).expect(200);
    });
  });

  describe('the choice of people for one (ct.choosesOtherThan)', () => {
    const choosing = (id: string) =>
      model(id)
        .start()
        .userTask('draft', { form: '', groups: 'xf_clerk, xf_receptionist' })
        .userTask('choose', {
          form: 'F13-own',
          groups: 'xf_office_director',
          extensionProperties: { 'ct.choosesOtherThan': 'draft' },
        })
        .end();
    const chosenAfterDraft = async (): Promise<string> => {
      count += 1;
      const { instanceKey } = await startCase(app, choosing(`choosing-${count}`));
      await complete(await app.as(clerk), await openTask(app, instanceKey, 'draft')).expect(200);
      return openTask(app, instanceKey, 'choose');
    };
    const choose = async (key: string, first: string) => {
      const reviewers = [first, 'union_rep', 'legal_advisor'];
      const data = { reviewAcceptedAt: '2026-03-02', reviewers, nobodyHandled: true };
      return (await app.as(director)).post(`/api/tasks/${key}/completion`).send({ data });
    };

    it('does not offer who did one of the steps, and offers everybody else', async () => {
      const key = await chosenAfterDraft();

      const { body } = await (await app.as(director)).get(`/api/tasks/${key}`).expect(200);

      const offered = (body as { accounts: { id: string }[] }).accounts.map(({ id }) => id);
      expect(offered).not.toContain(clerk);
      expect(offered).toEqual(expect.arrayContaining([receptionist, director]));
    });

    it('refuses them where they are sent all the same', async () => {
      const key = await chosenAfterDraft();

      const answers = [await choose(key, clerk), await choose(key, receptionist)];

      expect(answers.map(({ status }) => status)).toEqual([422, 200]);
    });
  });
});
