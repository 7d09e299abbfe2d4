import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptance, canary, complete, register, taskAt, type Receipt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const SEALED = { $sealed: expect.any(String) };

/** The director sums up what is brought forward: that stands on the same sheet, not in another tab. */
describe('assessment sheet of the director', () => {
  let app: TestApp;
  let petition: Receipt & { processInstanceKey: string };

  const valueOf = async (field: string): Promise<unknown> => {
    const { processInstanceKey } = petition;
    const variables = await app.running.platform.queries.variablesOf(processInstanceKey);
    const { $sealed } = variables[field] as { $sealed: string };
    const director = await app.as('xf_office_director');
    const look = { sealedKeys: [$sealed], reason: '受理审核', processInstanceKey };
    const { body } = await director.post('/api/reveals').send(look).expect(200);
    return (body as { values: Record<string, unknown> }).values[$sealed];
  };

  beforeAll(async () => {
    app = await startApp();
    petition = await register(app);
  });
  afterAll(() => app.close());

  it('shows the matter and the facts, above what is to be summed up', async () => {
    const director = await app.as('xf_office_director');
    const key = await taskAt(director, 'assessAcceptance', petition.caseNo);
    const { body } = await director.get(`/api/tasks/${key}`).expect(200);

    expect(body).toMatchObject({ data: { subject: SEALED, mainFacts: SEALED } });
    const { fields } = (body as { form: { ui: { pages: [{ fields: string[] }] } } }).form.ui.pages[0];
    expect(fields.slice(0, 3)).toEqual(['subject', 'mainFacts', 'mainIssue']);
  });

  it('keeps what the petitioner said, whatever is sent with the decision', async () => {
    const data = { ...acceptance, subject: '别的事', mainFacts: '别的事实，不是信访人说的。' };
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo: petition.caseNo, data });

    expect(await valueOf('mainFacts')).toBe(canary.mainFacts);
    expect(await valueOf('subject')).toBe('工资没有发');
  });
});
