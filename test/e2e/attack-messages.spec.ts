import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { model } from '#testing';
import { startApp, type TestApp } from './start-app.js';

const ACCUSES_ADMIN = '920001';
const OPEN = '920002';
const NONE = '';

/** `admin` is an operator; a case that accuses the account does not exist for it, whatever it sends. */
describe('attacks by messages and signals on a case that is hidden from the account', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    const { runtime, vault } = app.running.platform;
    const files = [
      model('awaiting')
        .start()
        .catchEvent('wait', { message: { name: 'paid', key: '=order' } }),
      model('later')
        .start()
        .userTask('first', { form: '' })
        .catchEvent('wait', { message: { name: 'late', key: '=order' } }),
      model('begun')
        .start('start', { message: { name: 'begin' } })
        .userTask('work', { form: '' }),
      model('hearing').start().catchEvent('wait', { signal: 'alarm' }),
    ].map((built, index) => ({ path: `${index}.bpmn`, content: built.end().xml, digest: String(index) }));
    expect(await runtime.deploy({ hash: 'attack-messages', source: 'api', files })).toMatchObject({ ok: true });
    const hash = vault.matchHash('excludes', 'admin');
    const named = { sealed_key: 's1', case_key: ACCUSES_ADMIN, kind: 'excludes', hash };
    await runtime.write([{ insert: 'sealed_matches', rows: [named] }]);
  }, 60_000);
  afterAll(() => app.close());

  const begin = async (bpmnProcessId: string, caseKey: string, order = ''): Promise<string> => {
    const { runtime } = app.running.platform;
    const created = await runtime.createInstance({ bpmnProcessId, variables: { order }, ...(caseKey && { caseKey }) });
    await runtime.idle();
    return created.ok ? created.reply.processInstanceKey : '';
  };
  const send = (path: string, body: object) => app.basic('admin').post(`/v2/${path}`).send(body);
  const stateOf = async (key: string) => {
    await app.running.platform.runtime.idle();
    return (await app.running.platform.queries.instance(key))?.state;
  };

  it('meets no hidden instance by correlation: what is sent is answered as if there were none', async () => {
    const hidden = await begin('awaiting', ACCUSES_ADMIN, 'a');
    const message = { name: 'paid', correlationKey: 'a' };

    const ofNone = await send('messages/correlation', { ...message, correlationKey: 'none' }).expect(404);
    const ofHidden = await send('messages/correlation', message).expect(404);

    expect(ofHidden.body.detail).toBe(String(ofNone.body.detail).replace('none', 'a'));
    expect(await stateOf(hidden)).toBe('ACTIVE');
  });

  it('meets the next one that belongs to no case', async () => {
    const hidden = await begin('awaiting', ACCUSES_ADMIN, 'b');
    const open = await begin('awaiting', NONE, 'b');

    const met = await send('messages/correlation', { name: 'paid', correlationKey: 'b' }).expect(200);

    expect(met.body.processInstanceKey).toBe(open);
    expect([await stateOf(hidden), await stateOf(open)]).toEqual(['ACTIVE', 'COMPLETED']);
  });

  it('leaves a kept message for others: a hidden instance that waits for it later does not get it', async () => {
    const { queries, runtime } = app.running.platform;
    const keys = [await begin('later', ACCUSES_ADMIN, 'c'), await begin('later', NONE, 'c')];
    await send('messages/publication', { name: 'late', correlationKey: 'c', timeToLive: 600_000 }).expect(200);

    for (const processInstanceKey of keys) {
      const { items } = await queries.search('userTasks', { filter: { processInstanceKey } });
      await runtime.execute({
        command: { type: 'completeUserTask', userTaskKey: items[0]!.userTaskKey, variables: {} },
      });
      await runtime.idle();
    }

    expect([await stateOf(keys[0]!), await stateOf(keys[1]!)]).toEqual(['ACTIVE', 'COMPLETED']);
  });

  it('learns nothing of a hidden instance that holds the correlation key of a start message', async () => {
    const { runtime } = app.running.platform;
    await runtime.publishMessage({ name: 'begin', correlationKey: 'd', variables: {}, caseKey: ACCUSES_ADMIN });
    await runtime.idle();
    const message = { name: 'begin', correlationKey: 'd' };

    const first = await send('messages/correlation', message).expect(200);
    await runtime.idle();
    const second = await send('messages/correlation', message).expect(404);

    const started = await send('process-instances/search', { filter: { processDefinitionId: 'begun' } }).expect(200);
    expect(started.body.items.map((one: { processInstanceKey: string }) => one.processInstanceKey)).toEqual([
      first.body.processInstanceKey,
    ]);
    expect(second.body.detail).toContain('there is none');
  });

  it('wakes no hidden instance by a signal', async () => {
    const hidden = await begin('hearing', ACCUSES_ADMIN);
    const open = await begin('hearing', NONE);

    await send('signals/broadcast', { signalName: 'alarm' }).expect(200);

    expect([await stateOf(hidden), await stateOf(open)]).toEqual(['ACTIVE', 'COMPLETED']);
  });

  it.each([
    ['a message', 'messages/correlation', { name: 'paid', correlationKey: 'e' }],
    ['a message that is kept', 'messages/publication', { name: 'paid', correlationKey: 'e', timeToLive: 60_000 }],
    ['a signal', 'signals/broadcast', { signalName: 'alarm' }],
  ])('moves no case on by %s: it is refused with the remedy', async (_, path, body) => {
    const keys = [await begin('awaiting', OPEN, 'e'), await begin('hearing', OPEN)];

    const refused = await send(path, body).expect(409);

    expect(refused.body.detail).toMatch(
      /^Expected a (message|signal) for which no case waits, .* a second person approves it\.$/,
    );
    expect(await Promise.all(keys.map(stateOf))).toEqual(['ACTIVE', 'ACTIVE']);
  });
});
