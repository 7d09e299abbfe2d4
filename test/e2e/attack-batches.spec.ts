import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { model } from '#testing';
import { appoint } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const ACCUSES_ADMIN = '930001';
const OPEN = '930002';

/** `admin` is an operator and so is `second`; a case that accuses `admin` exists for `second` alone. */
describe('attacks by batch operations on a case that is hidden from the account', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    const { runtime } = app.running.platform;
    const { xml } = model('held').start().userTask('work', { form: '' }).end();
    const files = [{ path: 'held.bpmn', content: xml, digest: 'held' }];
    expect(await runtime.deploy({ hash: 'attack-batches', source: 'api', files })).toMatchObject({ ok: true });
    const account = { id: 'second', name: 'Second', unit: null, roles: ['admin'], password: 'another password' };
    await appoint(app, account);
    await accuse(ACCUSES_ADMIN);
  }, 60_000);
  afterAll(() => app.close());

  const accuse = async (caseKey: string) => {
    const { runtime, vault } = app.running.platform;
    const hash = vault.matchHash('excludes', 'admin');
    const named = { sealed_key: `s${caseKey}`, case_key: caseKey, kind: 'excludes', hash };
    await runtime.write([{ insert: 'sealed_matches', rows: [named] }]);
  };
  const admin = () => app.basic('admin');
  const second = () => app.basic('second', 'another password');
  const begin = async (caseKey: string): Promise<string> => {
    const created = await app.running.platform.runtime.createInstance({
      bpmnProcessId: 'held',
      variables: {},
      caseKey,
    });
    return created.ok ? created.reply.processInstanceKey : '';
  };
  const ask = async (by: ReturnType<typeof admin>, operation: string, keys: readonly string[]): Promise<string> => {
    const filter = { processInstanceKey: { $in: keys } };
    const asked = await by.post(`/v2/process-instances/${operation}`).send({ filter }).expect(200);
    return String(asked.body.batchOperationKey);
  };
  const stateOf = async (key: string) => (await app.running.platform.queries.instance(key))?.state;

  it("hide another's operation that touches it, and let it not be changed", async () => {
    const keys = [await begin(ACCUSES_ADMIN), await begin(OPEN)];
    const key = await ask(second(), 'resumption', keys);
    await app.running.platform.runtime.idle();

    await admin().get(`/v2/batch-operations/${key}`).expect(404);
    for (const change of ['suspension', 'resumption', 'cancellation'])
      await admin().post(`/v2/batch-operations/${key}/${change}`).expect(404);
    const filter = { batchOperationKey: key };
    const listed = await admin().post('/v2/batch-operations/search').send({ filter }).expect(200);
    const items = await admin().post('/v2/batch-operation-items/search').send({ filter }).expect(200);

    expect([listed.body.page.totalItems, items.body.page.totalItems]).toEqual([0, 0]);
    const seen = await second().get(`/v2/batch-operations/${key}`).expect(200);
    expect(seen.body.operationsTotalCount).toBe(2);
  });

  it("show another's operation that touches none, and let it be changed", async () => {
    const key = await ask(second(), 'resumption', [await begin(OPEN)]);
    await app.running.platform.runtime.idle();

    const seen = await admin().get(`/v2/batch-operations/${key}`).expect(200);
    await admin().post(`/v2/batch-operations/${key}/cancellation`).expect(409);

    expect(seen.body).toMatchObject({ state: 'COMPLETED', operationsTotalCount: 1 });
  });

  it('do nothing with an instance whose case came to be hidden meanwhile, and count it no more', async () => {
    const { runtime } = app.running.platform;
    const [became = '', open = ''] = [await begin('930003'), await begin(OPEN)];
    const filter = { processInstanceKey: { $in: [became, open] } };
    await accuse('930003');
    const created = await runtime.batches.create({ plan: { type: 'CANCEL_PROCESS_INSTANCE' }, filter, by: 'admin' });
    const key = created.ok ? created.reply.batchOperationKey : '';
    await runtime.idle();

    const seen = await admin().get(`/v2/batch-operations/${key}`).expect(200);
    const items = await admin()
      .post('/v2/batch-operation-items/search')
      .send({ filter: { batchOperationKey: key } })
      .expect(200);

    expect([await stateOf(became), await stateOf(open)]).toEqual(['ACTIVE', 'TERMINATED']);
    expect(seen.body).toMatchObject({ state: 'COMPLETED', operationsTotalCount: 1, operationsFailedCount: 0 });
    expect(items.body.items.map((one: { processInstanceKey: string }) => one.processInstanceKey)).toEqual([open]);
  });
});
