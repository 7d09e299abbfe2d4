import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { model } from '#testing';
import { startApp, type TestApp } from './start-app.js';

/** Counts up to `limit` without a wait state. */
const loop = (id: string) =>
  model(id)
    .start()
    .exclusiveGateway('again')
    .scriptTask('count', '=n + 1', 'n')
    .exclusiveGateway('more', { back: '=n < limit', on: 'default' })
    .branch('back')
    .connectTo('again')
    .branch('on')
    .end();

/** What never rests, on a server with a bound of 15 rounds, which are 30,000 instructions. */
describe('a loop without wait state', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ environment: { MAX_ROUNDS: '15' } });
    await app
      .basic('admin')
      .post('/v2/deployments')
      .attach('resources', Buffer.from(loop('counting').xml), 'counting.bpmn')
      .attach('resources', Buffer.from(model('other').start().end().xml), 'other.bpmn')
      .expect(200);
  });
  afterAll(() => app.close());

  const start = async (processDefinitionId: string, variables: object) => {
    const { body } = await app
      .basic('admin')
      .post('/v2/process-instances')
      .send({ processDefinitionId, variables })
      .expect(200);
    return (body as { processInstanceKey: string }).processInstanceKey;
  };
  const instance = async (key: string) =>
    (await app.basic('admin').get(`/v2/process-instances/${key}`).expect(200)).body as {
      readonly state: string;
      readonly hasIncident: boolean;
    };

  it('of 1,500 turns comes to its end over a pause', async () => {
    const key = await start('counting', { n: 0, limit: 1_500 });
    await app.running.platform.runtime.idle();

    expect(await instance(key)).toMatchObject({ state: 'COMPLETED', hasIncident: false });
  }, 240_000);

  it('without end becomes an incident at the configured bound, and another process goes on', async () => {
    const key = await start('counting', { n: 0, limit: 1e12 });
    const other = await start('other', {});
    await app.running.platform.runtime.idle();

    const { body } = await app
      .basic('admin')
      .post('/v2/incidents/search')
      .send({ filter: { processInstanceKey: key } })
      .expect(200);
    expect((body as { items: object[] }).items).toEqual([
      expect.objectContaining({ errorMessage: expect.stringMatching(/went on for 16 rounds/) }),
    ]);
    expect(await instance(key)).toMatchObject({ state: 'ACTIVE', hasIncident: true });
    expect((await instance(other)).state).toBe('COMPLETED');
  }, 240_000);
});
