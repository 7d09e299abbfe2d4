import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { model } from '#testing';
import type { MessageRequest } from '#runtime';
import { casesHiddenBy } from '../product/conflict-queries.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

const T0 = Date.UTC(2026, 2, 2, 1);
const HIDDEN = '1';
const OPEN = '2';
const NONE = 'none';
const models = [
  model('listening')
    .start()
    .catchEvent('wait', { message: { name: 'paid', key: '=order' } }),
  model('begun')
    .start('start', { message: { name: 'begin' } })
    .userTask('work', { form: '' }),
  model('hearing').start().catchEvent('wait', { signal: 'alarm' }),
].map((built) => built.end().xml);

describe.each(testDatabases)('messages of an account, on $kind', ({ open }) => {
  let node: TestNode;

  beforeEach(async () => {
    const hiddenCases = async (account: string) =>
      account === 'accused'
        ? casesHiddenBy({ kind: 'excludes', hashes: ['h1'] }, { roles: [], posts: [], processes: [] })
        : undefined;
    node = await startNode(open, T0, { hiddenCases });
    await node.deploy(...models);
    const named = { sealed_key: 's1', case_key: HIDDEN, kind: 'excludes', hash: 'h1' };
    await node.runtime.write([{ insert: 'sealed_matches', rows: [named] }]);
  });
  afterEach(() => node.drop());

  const begin = async (bpmnProcessId: string, caseKey: string) => {
    valueOf(
      await node.runtime.createInstance({
        bpmnProcessId,
        variables: { order: 'a' },
        ...(caseKey !== NONE && { caseKey }),
      }),
    );
    await node.runtime.idle();
  };
  const publish = async (more: Partial<MessageRequest>) => {
    const message = { name: 'paid', correlationKey: 'a', variables: {}, ...more };
    valueOf(await node.runtime.publishMessage(message));
    await node.runtime.idle();
  };
  const casesIn = async (state: string) =>
    (await node.rows(`SELECT case_key FROM process_instances WHERE state = '${state}' ORDER BY "key"`)).map((row) =>
      String(row.case_key ?? NONE),
    );

  it('pass by the instances of cases, whoever waits first', async () => {
    await begin('listening', HIDDEN);
    await begin('listening', OPEN);
    await begin('listening', NONE);

    await publish({ visibleTo: 'another' });
    await publish({ visibleTo: 'another' });

    expect([await casesIn('ACTIVE'), await casesIn('COMPLETED')]).toEqual([[HIDDEN, OPEN], [NONE]]);
  });

  it('are kept for instances of no case; a case meets what its own people send, behind them', async () => {
    await publish({ visibleTo: 'another', timeToLiveMs: 60_000 });
    await publish({ timeToLiveMs: 60_000 });

    await begin('listening', OPEN);
    await begin('listening', NONE);

    expect(await casesIn('COMPLETED')).toEqual([OPEN, NONE]);
    const met = await node.rows(
      `SELECT m.visible_to FROM message_correlations c JOIN messages m ON m."key" = c.message_key ORDER BY m."key"`,
    );
    expect(met.map((row) => row.visible_to)).toEqual(['another', null]);
  });

  it('start one instance beside a hidden one that holds their key, and no second', async () => {
    await publish({ name: 'begin', caseKey: HIDDEN });

    await publish({ name: 'begin', visibleTo: 'accused', caseKey: OPEN });
    await publish({ name: 'begin', visibleTo: 'accused', caseKey: OPEN });
    await publish({ name: 'begin', visibleTo: 'another', caseKey: OPEN });

    expect(await casesIn('ACTIVE')).toEqual([HIDDEN, OPEN]);
  });

  it('are signals too', async () => {
    await begin('hearing', OPEN);
    await begin('hearing', NONE);

    valueOf(await node.runtime.broadcastSignal({ name: 'alarm', variables: {}, visibleTo: 'another' }));
    await node.runtime.idle();

    expect(await casesIn('COMPLETED')).toEqual([NONE]);
  });
});
