import { model } from '#testing';
import { runOn, value, type RunningOn } from './run-on.js';
import { testDatabases } from './test-databases.js';

const MAX = 60;
const again = { signal: 'again' };

/** Instances that cause one another without ever waiting for anything outside. */
describe.each(testDatabases)('a chain of causes on $kind', ({ kind, open }) => {
  let on: RunningOn;

  beforeEach(async () => {
    on = await runOn(await open(), { maxCascade: MAX });
  });
  afterEach(async () => {
    const left = await on.rows('SELECT kind FROM inbox');
    await on.end();
    expect(left).toEqual([]);
  });

  const begin = async () => {
    value(await on.runtime.broadcastSignal({ name: 'again', variables: {} }));
    await on.runtime.idle();
  };
  const limit = async () => String((await on.rows('SELECT error_message FROM incidents LIMIT 1'))[0]?.error_message);

  it('a signal that starts its own sender stops with an incident at the event that throws', async () => {
    await on.deploy(model('p').start('s', again).end('thrown', again));

    await begin();

    const instances = await on.instances();
    expect(instances).toHaveLength(MAX + 1);
    expect(instances.filter(([, state]) => state === 'ACTIVE')).toHaveLength(1);
    expect(await on.incidents()).toEqual(['p thrown EXECUTION_LIMIT_EXCEEDED']);
    expect(await limit()).toContain(
      `Expected at most a chain of ${MAX} calls, messages and signals but the signal of "thrown" would be one more.`,
    );
  });

  it('it goes on, up to the bound again, when somebody resolves the incident', async () => {
    await on.deploy(model('p').start('s', again).end('thrown', again));
    await begin();
    const [incident] = await on.rows('SELECT "key" FROM incidents');

    value(await on.runtime.execute({ command: { type: 'resolveIncident', incidentKey: String(incident?.key) } }));
    await on.runtime.idle();

    expect(await on.instances()).toHaveLength(2 * MAX + 1);
    expect(await on.incidents()).toHaveLength(1);
  });

  // As many instances on PostgreSQL would take a minute and show the same.
  const where = kind === 'SQLite' ? it : it.skip;

  where('a signal that starts two senders at once stops as well', async () => {
    await on.deploy(model('p').start('s', again).end('thrown', again), model('q').start('t', again).end('too', again));

    await begin();

    // 2,046 in the first ten generations; the next one is on its way when the bound is reached.
    const count = (await on.instances()).length;
    expect(count).toBeGreaterThan(2_046);
    expect(count).toBeLessThan(5_000);
    expect(await limit()).toContain(`Expected at most ${MAX} steps below a chain of 10 calls`);
  });

  where('a process that calls itself twice at once stops too', async () => {
    const twice = { process: 'a', multiInstance: { collection: '=[1, 2]' } };
    await on.deploy(model('a').start().callActivity('again', twice).end());

    await on.begin('a');

    const count = (await on.instances()).length;
    expect(count).toBeGreaterThan(1_023);
    expect(count).toBeLessThan(4_000);
    expect(new Set(await on.incidents())).toEqual(new Set(['a again CALLED_ELEMENT_ERROR']));
    expect(await limit()).toContain(`Expected at most ${MAX} steps below a chain of 10 calls`);
  });

  it('a message that starts its own sender stops', async () => {
    const self = { name: 'self', key: '="k"' };
    await on.deploy(
      model('p')
        .start('s', { message: { name: 'self' } })
        .end('thrown', { message: self }),
    );
    value(await on.runtime.publishMessage({ name: 'self', correlationKey: 'k', variables: {}, timeToLiveMs: 1 }));
    await on.runtime.idle();

    expect(await on.incidents()).toEqual(['p thrown EXECUTION_LIMIT_EXCEEDED']);
  });

  it('an event sub-process that signals itself stops', async () => {
    const p = model('p')
      .start()
      .eventSubProcess('sub', (inner) => inner.start('s', { ...again, interrupting: false }).end('thrown', again))
      .userTask('u')
      .end();
    await on.deploy(p);
    await on.begin('p');

    await begin();

    expect(await on.incidents()).toEqual(['p thrown EXECUTION_LIMIT_EXCEEDED']);
  });

  it('what somebody does in between begins a new chain', async () => {
    await on.deploy(model('p').start('s', again).userTask('u').end('thrown', again));
    await begin();

    for (let turn = 0; turn < MAX + 20; turn += 1) {
      const [task] = await on.rows(`SELECT "key" FROM user_tasks WHERE state = 'CREATED'`);
      value(
        await on.runtime.execute({
          command: { type: 'completeUserTask', userTaskKey: String(task?.key), variables: {}, by: 'clerk1' },
        }),
      );
      await on.runtime.idle();
    }

    expect(await on.incidents()).toEqual([]);
    expect(await on.instances()).toHaveLength(MAX + 21);
  });

  where('what one instance begins again and again does not add up', async () => {
    const names = Array.from({ length: 13 }, (_, n) => `p${n}`);
    const links = names.slice(0, -1).map((name, n) =>
      model(name)
        .start()
        .callActivity('call', { process: names[n + 1]! })
        .end(),
    );
    const rounds = model('rounds')
      .start()
      .userTask('again', { loop: { condition: '=true', maximum: `=${MAX}` } })
      .end()
      .boundary('turn', 'again', { signal: 'turn', interrupting: false })
      .callActivity('chain', { process: 'p0' })
      .end('turned');
    await on.deploy(...links, model(names.at(-1)!).start().end(), rounds);
    await on.begin('rounds');

    for (let turn = 0; turn < MAX / 4; turn += 1) {
      value(await on.runtime.broadcastSignal({ name: 'turn', variables: {} }));
      await on.runtime.idle();
    }

    expect(await on.incidents()).toEqual([]);
    expect((await on.instances()).filter(([id, state]) => id === 'p12' && state === 'COMPLETED')).toHaveLength(MAX / 4);
  });

  it('calls one after another are answers, not a chain', async () => {
    const each = { process: 'called', multiInstance: { cardinality: `=${2 * MAX}`, sequential: true } };
    await on.deploy(model('called').start().end(), model('caller').start().callActivity('call', each).end());

    await on.begin('caller');

    expect(await on.incidents()).toEqual([]);
    expect((await on.instances())[0]).toEqual(['caller', 'COMPLETED', []]);
  });
});
