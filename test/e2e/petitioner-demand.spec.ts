import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptance, register, registration, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

interface Opened {
  readonly data: Readonly<Record<string, unknown>>;
  readonly context: { readonly caseNo?: string };
}

describe('what the petitioner asks for, where the office reviews', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  async function reviewOf(demands: readonly { text: string }[]) {
    const { caseNo } = await register(app, { ...registration, demands });
    const director = await app.as('xf_office_director');
    const key = await taskAt(director, 'assessAcceptance', caseNo);
    const { body } = await director.get(`/api/tasks/${key}`).expect(200);
    return { director, key, opened: body as Opened };
  }

  it('is the one request as it stands, protected as it was, and can be sent so', async () => {
    const { director, key, opened } = await reviewOf([{ text: '补发加班工资' }]);
    const { petitionerDemand } = opened.data;

    expect(petitionerDemand).toEqual({ $sealed: expect.any(String) as unknown });
    await director
      .post(`/api/tasks/${key}/completion`)
      .send({ data: { ...acceptance, petitionerDemand } })
      .expect(200);
  });

  it('is left to the office where there are several', async () => {
    const { opened } = await reviewOf([{ text: '补发加班工资' }, { text: '补发高温津贴' }]);

    expect(opened.data['petitionerDemand']).toBeUndefined();
  });
});
