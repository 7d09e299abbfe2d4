import { model } from '#testing';
import { runOn, value, type RunningOn } from './run-on.js';
import { testDatabases } from './test-databases.js';

/** Fails in the called process, which has work beside the failing path. */
const failing = model('called')
  .start()
  .parallelGateway('fork', ['a', 'b'])
  .branch('a')
  .userTask('work')
  .end('done')
  .branch('b')
  .userTask('decide')
  .end('denied', { error: 'denied' });

const escalating = model('called')
  .start()
  .userTask('notice')
  .throwEvent('late', { escalation: 'late' })
  .userTask('go-on')
  .end();

const caller = () => model('caller').start().callActivity('call', { process: 'called' }).end();

/** What leaves one process instance for another (ADR 13). */
describe.each(testDatabases)('between a called process and its caller on $kind', ({ open }) => {
  let on: RunningOn;
  const complete = async (elementId: string, variables = {}) => {
    const [task] = await on.rows(
      `SELECT "key" FROM user_tasks WHERE element_id = '${elementId}' AND state = 'CREATED'`,
    );
    await on.runtime.execute({
      command: { type: 'completeUserTask', userTaskKey: String(task?.key), variables, by: 'clerk1' },
    });
    await on.runtime.idle();
  };

  beforeEach(async () => {
    on = await runOn(await open());
  });
  afterEach(async () => {
    const left = await on.rows('SELECT kind FROM inbox');
    await on.end();
    expect(left).toEqual([]);
  });

  it('an error event is caught at the boundary of its caller and ends all of the called process', async () => {
    await on.deploy(
      failing,
      caller().boundary('caught', 'call', { error: 'denied' }).userTask('repair').end('repaired'),
    );
    await on.begin('caller');

    await complete('decide');

    expect(await on.instances()).toEqual([
      ['caller', 'ACTIVE', ['repair']],
      ['called', 'TERMINATED', []],
    ]);
    expect(await on.incidents()).toEqual([]);
    expect(await on.rows(`SELECT element_id FROM user_tasks WHERE state = 'CREATED'`)).toEqual([
      { element_id: 'repair' },
    ]);
  });

  it('an error that only the caller of the caller catches passes through both', async () => {
    await on.deploy(
      failing,
      caller(),
      model('outer')
        .start()
        .callActivity('call-caller', { process: 'caller' })
        .end()
        .boundary('caught', 'call-caller', { error: 'denied' })
        .userTask('repair')
        .end('repaired'),
    );
    await on.begin('outer');

    await complete('decide');

    expect(await on.instances()).toEqual([
      ['outer', 'ACTIVE', ['repair']],
      ['caller', 'TERMINATED', []],
      ['called', 'TERMINATED', []],
    ]);
  });

  const marked = async () =>
    (await on.rows('SELECT bpmn_process_id, has_incident FROM process_instances ORDER BY "key"'))
      .filter((row) => Boolean(row.has_incident))
      .map((row) => row.bpmn_process_id);
  const resolve = async () => {
    const [incident] = await on.rows(`SELECT "key" FROM incidents WHERE state = 'ACTIVE'`);
    value(await on.runtime.execute({ command: { type: 'resolveIncident', incidentKey: String(incident?.key) } }));
    await on.runtime.idle();
  };

  it('an error that no caller catches stops where it was thrown, and the work beside it goes on', async () => {
    await on.deploy(
      failing,
      caller().boundary('other', 'call', { error: 'other' }).end('never'),
      model('outer').start().callActivity('call-caller', { process: 'caller' }).end(),
    );
    await on.begin('outer');

    await complete('decide');
    await complete('work');

    expect(await on.incidents()).toEqual(['called denied UNHANDLED_ERROR_EVENT']);
    expect(await on.instances()).toEqual([
      ['outer', 'ACTIVE', ['call-caller']],
      ['caller', 'ACTIVE', ['call']],
      ['called', 'ACTIVE', ['denied']],
    ]);
    expect(await marked()).toEqual(['called']);
  });

  it('an error that no caller catches is thrown again when its incident is resolved, in the same instance', async () => {
    await on.deploy(failing, caller());
    await on.begin('caller');
    await complete('decide');

    await resolve();

    expect(await on.incidents()).toEqual(['called denied UNHANDLED_ERROR_EVENT']);
    expect(await on.rows('SELECT 1 FROM process_instances')).toHaveLength(2);
    expect(await on.rows(`SELECT element_id FROM user_tasks WHERE state = 'CREATED'`)).toEqual([
      { element_id: 'work' },
    ]);
  });

  it('an error reaches a catcher that its caller was migrated to', async () => {
    await on.deploy(failing, caller());
    const { processInstanceKey: instanceKey } = await on.begin('caller');
    await complete('decide');
    const { resources } = await on.deploy(
      failing,
      caller().boundary('caught', 'call', { error: 'denied' }).userTask('repair').end('repaired'),
    );
    const targetDefinitionKey = resources.find(({ id }) => id === 'caller')?.key ?? '';
    value(
      await on.runtime.migrateInstance({
        instanceKey,
        targetDefinitionKey,
        mappings: [{ sourceElementId: 'call', targetElementId: 'call' }],
      }),
    );

    await resolve();

    expect(await on.incidents()).toEqual([]);
    expect(await on.instances()).toEqual([
      ['caller', 'ACTIVE', ['repair']],
      ['called', 'TERMINATED', []],
    ]);
  });

  it('an error that a process throws as soon as it is called stops there too', async () => {
    await on.deploy(model('called').start().end('denied', { error: 'denied' }), caller());

    await on.begin('caller');

    expect(await on.incidents()).toEqual(['called denied UNHANDLED_ERROR_EVENT']);
  });

  it('an error is caught by an event sub-process around the call', async () => {
    await on.deploy(
      failing,
      caller().eventSubProcess('handler', (inside) =>
        inside.start('caught', { error: 'denied' }).userTask('repair').end('repaired'),
      ),
    );
    await on.begin('caller');

    await complete('decide');

    expect(await on.instances()).toEqual([
      ['caller', 'ACTIVE', ['handler', 'repair']],
      ['called', 'TERMINATED', []],
    ]);
  });

  it('an interrupting escalation ends the call and the called process with it', async () => {
    await on.deploy(
      escalating,
      caller().boundary('hear', 'call', { escalation: 'late' }).userTask('inform').end('informed'),
    );
    await on.begin('caller');

    await complete('notice');

    expect(await on.instances()).toEqual([
      ['caller', 'ACTIVE', ['inform']],
      ['called', 'TERMINATED', []],
    ]);
    expect(await on.incidents()).toEqual([]);
  });

  it('an escalation beside lets the called process go on to its end', async () => {
    await on.deploy(
      escalating,
      caller().boundary('hear', 'call', { escalation: 'late', interrupting: false }).userTask('inform').end('informed'),
    );
    await on.begin('caller');

    await complete('notice');
    await complete('go-on');
    await complete('inform');

    expect(await on.instances()).toEqual([
      ['caller', 'COMPLETED', []],
      ['called', 'COMPLETED', []],
    ]);
  });

  it('a terminate end event of the caller cancels what it called', async () => {
    await on.deploy(
      escalating,
      model('caller')
        .start()
        .parallelGateway('fork', ['a', 'b'])
        .branch('a')
        .callActivity('call', { process: 'called' })
        .end('done')
        .branch('b')
        .userTask('stop')
        .end('stopped', { terminate: true }),
    );
    await on.begin('caller');

    await complete('stop');

    expect(await on.instances()).toEqual([
      ['caller', 'COMPLETED', []],
      ['called', 'TERMINATED', []],
    ]);
  });

  it('canceling the caller cancels through every level', async () => {
    await on.deploy(
      escalating,
      caller(),
      model('outer').start().callActivity('call-caller', { process: 'caller' }).end(),
    );
    const { processInstanceKey } = await on.begin('outer');

    await on.runtime.execute({ instanceKey: processInstanceKey, command: { type: 'cancelProcessInstance' } });
    await on.runtime.idle();

    expect(await on.instances()).toEqual([
      ['outer', 'TERMINATED', []],
      ['caller', 'TERMINATED', []],
      ['called', 'TERMINATED', []],
    ]);
    expect(await on.rows(`SELECT 1 FROM user_tasks WHERE state = 'CREATED'`)).toEqual([]);
  });

  it('processes that call one another in a circle stop at a hundred, with an incident in the last', async () => {
    await on.deploy(
      model('a').start().callActivity('call-b', { process: 'b' }).end(),
      model('b').start().callActivity('call-a', { process: 'a' }).end(),
    );

    await on.begin('a');

    const instances = await on.instances();
    expect(instances).toHaveLength(100);
    expect(new Set(instances.map(([, state]) => state))).toEqual(new Set(['ACTIVE']));
    expect(await on.incidents()).toEqual(['b call-a CALLED_ELEMENT_ERROR']);
    expect(String((await on.rows('SELECT error_message FROM incidents'))[0]?.error_message)).toContain(
      'Look for a process that calls itself',
    );
  });
});
