import { createRuntime } from '#runtime';
import { model } from '#testing';
import { runOn, value, type RunningOn } from './run-on.js';
import { testDatabases } from './test-databases.js';

const flood = model('flood').start('risen', { conditional: '=level > 9' }).userTask('warn').end();

describe.each(testDatabases)('conditional start events on $kind', ({ open }) => {
  let on: RunningOn;
  const evaluate = async (variables: Readonly<Record<string, unknown>>, processDefinitionKey?: string) => {
    const request = { variables, by: 'clerk1', ...(processDefinitionKey && { processDefinitionKey }) };
    const reply = value(await on.runtime.evaluateConditions(request));
    await on.runtime.idle();
    return reply;
  };

  beforeEach(async () => {
    on = await runOn(await open());
  });
  afterEach(() => on.end());

  it('start one instance, with the variables, when their condition holds', async () => {
    const { resources } = await on.deploy(flood);

    const below = await evaluate({ level: 9 });
    const above = await evaluate({ level: 10, place: 'gate' });

    expect(below).toMatchObject({ started: [], faults: [] });
    expect(above.started).toMatchObject([{ processDefinitionKey: resources[0]!.key }]);
    expect(await on.instances()).toEqual([['flood', 'ACTIVE', ['warn']]]);
    expect(await on.rows('SELECT "key", started_by FROM process_instances')).toMatchObject([{ started_by: 'clerk1' }]);
    expect(String((await on.rows('SELECT "key" FROM process_instances'))[0]?.key)).toBe(
      above.started[0]!.processInstanceKey,
    );
    expect(await on.rows('SELECT name, value FROM variables ORDER BY name')).toEqual([
      { name: 'level', value: '10' },
      { name: 'place', value: '"gate"' },
    ]);
    expect(await on.rows('SELECT 1 FROM inbox')).toEqual([]);
  });

  it('start an instance for each condition that holds, those of a multiple event and of other processes too', async () => {
    await on.deploy(
      flood,
      model('watch')
        .start('either', { all: [{ signal: 'alarm' }, { conditional: '=level > 5' }, { conditional: '=level > 8' }] })
        .userTask('look')
        .end()
        .start('dry', { conditional: '=level < 1' })
        .userTask('pour')
        .end('done'),
    );

    const { started } = await evaluate({ level: 10 });
    value(await on.runtime.broadcastSignal({ name: 'alarm', variables: {} }));
    await on.runtime.idle();

    expect(started).toHaveLength(3);
    expect((await on.instances()).map(([process, , active]) => [process, ...active]).toSorted()).toEqual([
      ['flood', 'warn'],
      ['watch', 'look'],
      ['watch', 'look'],
      ['watch', 'look'],
    ]);
  });

  it('are asked of one definition where one is named, which must be the latest', async () => {
    const first = await on.deploy(flood, model('other').start('o', { conditional: '=level > 0' }).userTask('t').end());
    const second = await on.deploy(model('flood').start('risen', { conditional: '=level > 20' }).userTask('run').end());
    const keyOf = ({ resources }: typeof first) => resources.find(({ id }) => id === 'flood')!.key;

    const old = await on.runtime.evaluateConditions({ variables: { level: 10 }, processDefinitionKey: keyOf(first) });
    const unknown = await on.runtime.evaluateConditions({ variables: {}, processDefinitionKey: '77' });
    const latest = await evaluate({ level: 10 }, keyOf(second));
    const higher = await evaluate({ level: 21 }, keyOf(second));

    expect(old).toMatchObject({ ok: false, rejection: { code: 'invalidState' } });
    expect(unknown).toMatchObject({ ok: false, rejection: { code: 'notFound' } });
    expect(latest.started).toEqual([]);
    expect(higher.started).toHaveLength(1);
    expect(await on.instances()).toEqual([['flood', 'ACTIVE', ['run']]]);
  });

  it('ask no more when their process has left the folder', async () => {
    await on.deploy(flood);
    await on.deploy(model('other').start().userTask('t').end());

    const { started } = await evaluate({ level: 10 });

    expect(started).toEqual([]);
    expect(await on.rows('SELECT 1 FROM start_subscriptions')).toEqual([]);
  });

  it('look only at requests that give a variable of their filter', async () => {
    await on.deploy(
      model('filtered')
        .start('s', { conditional: { condition: '=a > 1', variableNames: 'b, c' } })
        .userTask('t')
        .end(),
    );

    const without = await evaluate({ a: 2 });
    const among = await evaluate({ a: 2, c: null });

    expect([without.started.length, among.started.length]).toEqual([0, 1]);
  });

  it('tell which condition fails, while the others start', async () => {
    await on.deploy(
      flood,
      model('bomb')
        .start('endless', {
          conditional: '=every x in 1..100000 satisfies every y in 1..100000 satisfies x > level - 99',
        })
        .userTask('t')
        .end()
        .start('text', { conditional: '="high"' })
        .userTask('u')
        .end('e2')
        .start('absent', { conditional: '=depth > 3' })
        .userTask('v')
        .end('e3'),
    );

    const { started, faults } = await evaluate({ level: 10 });

    expect(faults.map(({ elementId }) => elementId)).toEqual(['endless', 'text']);
    expect(faults[0]?.message).toContain('steps');
    expect(faults[1]?.message).toContain('true or false');
    expect(started).toHaveLength(1);
    expect(await on.instances()).toEqual([['flood', 'ACTIVE', ['warn']]]);
  });

  it('start what a crash left unstarted, once', async () => {
    await on.deploy(flood);
    await on.runtime.stop();
    const deaf = createRuntime({ store: on.store });
    await deaf.stop();
    const { started } = value(await deaf.evaluateConditions({ variables: { level: 10 } }));
    const left = await on.rows('SELECT kind FROM inbox');

    const awake = createRuntime({ store: on.store });
    await awake.start();
    await awake.idle();
    await awake.stop();

    expect(started).toHaveLength(1);
    expect(left).toEqual([{ kind: 'startProcess' }]);
    expect(await on.instances()).toEqual([['flood', 'ACTIVE', ['warn']]]);
    expect(await on.rows('SELECT 1 FROM inbox')).toEqual([]);
  });
});
