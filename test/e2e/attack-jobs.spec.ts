import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { model } from '#testing';
import { startApp, type TestApp } from './start-app.js';

const ACCUSES_ADMIN = '910001';
const HELD_EXCLUSIVELY = '910002';
const OPEN = '910003';

interface Job {
  readonly jobKey: string;
  readonly processInstanceKey: string;
}

/** `admin` is an operator and so may be a worker, but not of cases that are hidden from the account. */
describe('attacks by a worker on jobs of cases that are hidden from its account', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    const { runtime, vault } = app.running.platform;
    const models = ['attack.given', 'attack.acted', 'attack.awaited'].map((type) =>
      model(type.replace('.', '-')).start().serviceTask('work', { type }).end(),
    );
    models.push(model('held').start().userTask('decide', { form: '', groups: '=["discipline_committee"]' }).end());
    const files = models.map(({ xml }, index) => ({ path: `${index}.bpmn`, content: xml, digest: String(index) }));
    const deployed = await runtime.deploy({ hash: 'attack-jobs', source: 'api', files });
    expect(deployed).toMatchObject({ ok: true });
    const named = {
      sealed_key: 's1',
      case_key: ACCUSES_ADMIN,
      kind: 'excludes',
      hash: vault.matchHash('excludes', 'admin'),
    };
    await runtime.write([{ insert: 'sealed_matches', rows: [named] }]);
    await runtime.createInstance({ bpmnProcessId: 'held', variables: {}, caseKey: HELD_EXCLUSIVELY });
  }, 60_000);
  afterAll(() => app.close());

  const begin = async (bpmnProcessId: string, caseKey?: string): Promise<string> => {
    const variables = { secret: caseKey ?? 'none' };
    const created = await app.running.platform.runtime.createInstance({
      bpmnProcessId,
      variables,
      ...(caseKey && { caseKey }),
    });
    expect(created).toMatchObject({ ok: true });
    return created.ok ? created.reply.processInstanceKey : '';
  };
  const activate = async (type: string, requestTimeout = -1): Promise<readonly Job[]> => {
    const asked = app.basic('admin').post('/v2/jobs/activation');
    const given = await asked.send({ type, timeout: 60_000, maxJobsToActivate: 10, requestTimeout }).expect(200);
    return given.body.jobs as Job[];
  };
  const activateAsAnybody = (type: string) =>
    app.running.platform.runtime.activateJobs({ type, worker: 'w', maxJobs: 10, timeoutMs: 60_000 });

  it('gives it the jobs of no case and of other cases; those of hidden cases stay free for others', async () => {
    const accused = await begin('attack-given', ACCUSES_ADMIN);
    const exclusive = await begin('attack-given', HELD_EXCLUSIVELY);
    const open = await begin('attack-given', OPEN);
    const ofNoCase = await begin('attack-given');

    const given = await activate('attack.given');
    const forOthers = await activateAsAnybody('attack.given');

    expect(given.map((job) => job.processInstanceKey)).toEqual([open, ofNoCase]);
    expect(forOthers.map((job) => [job.processInstanceKey, job.lease])).toEqual([
      [accused, 1],
      [exclusive, 1],
    ]);
  });

  it('lets it do nothing with a job whose key it guesses', async () => {
    await begin('attack-acted', ACCUSES_ADMIN);
    await begin('attack-acted', HELD_EXCLUSIVELY);
    const jobs = await activateAsAnybody('attack.acted');
    const admin = app.basic('admin');

    for (const { key } of jobs) {
      await admin.post(`/v2/jobs/${key}/completion`).send({}).expect(404);
      await admin.post(`/v2/jobs/${key}/failure`).send({ retries: 0 }).expect(404);
      await admin.post(`/v2/jobs/${key}/error`).send({ errorCode: 'e' }).expect(404);
      await admin
        .patch(`/v2/jobs/${key}`)
        .send({ changeset: { timeout: 1 } })
        .expect(404);
    }

    const { items } = await app.running.platform.queries.search('jobs', { filter: { type: 'attack.acted' } });
    expect(items.map(({ state }) => state)).toEqual(['CREATED', 'CREATED']);
  });

  it('keeps from a worker that waits what comes meanwhile of a hidden case, and gives it what comes of another', async () => {
    const waiting = activate('attack.awaited', 30_000);
    await begin('attack-awaited', ACCUSES_ADMIN);
    const open = await begin('attack-awaited', OPEN);

    expect((await waiting).map((job) => job.processInstanceKey)).toEqual([open]);
  });
});
