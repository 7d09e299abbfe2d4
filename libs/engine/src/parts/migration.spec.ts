import type { Command, MappingInstruction } from '#engine';
import { replay } from '#engine';
import { type ModelBuilder, model, Run, startRun } from '#testing';

const message = (name: string) => ({ message: { name, key: '="k"' } });
const first = () =>
  model('order')
    .start()
    .userTask('check')
    .serviceTask('charge')
    .end()
    .boundary('late', 'check', { timer: { duration: 'PT1H' } })
    .end('tooLate')
    .boundary('stop', 'check', message('stop'))
    .end('stopped');
const second = () =>
  model('order2')
    .start()
    .userTask('verify')
    .userTask('approve')
    .serviceTask('pay')
    .end()
    .boundary('overdue', 'verify', { timer: { duration: 'PT5H' }, interrupting: false })
    .end('reminded')
    .boundary('ask', 'verify', message('ask'))
    .end('asked');

const pairs = (mappings: Readonly<Record<string, string>>): readonly MappingInstruction[] =>
  Object.entries(mappings).map(([sourceElementId, targetElementId]) => ({ sourceElementId, targetElementId }));

/** The same instance, on the definition of another model. */
async function migrated(run: Run, target: ModelBuilder, mappings: Readonly<Record<string, string>>) {
  const next = new Run(await target.build(), { now: run.now, firstKey: 5000 });
  next.state = run.state;
  const command: Command = {
    type: 'migrateProcessInstance',
    source: run.definition,
    processDefinitionKey: '2',
    version: 2,
    mappings: pairs(mappings),
    by: 'operator',
  };
  return { next, command };
}

async function refusal(run: Run, target: ModelBuilder, mappings: Readonly<Record<string, string>>) {
  const { next, command } = await migrated(run, target, mappings);
  const rejection = next.rejectionOf(command);
  return `${rejection?.code}: ${rejection?.message}`;
}

describe('migration of a process instance', () => {
  it('keeps the task under its key and goes on in the new definition', async () => {
    const run = await startRun(first());
    const userTaskKey = run.keyOf('userTasks', 'check');
    const { next, command } = await migrated(run, second(), { check: 'verify' });

    const events = next.perform(command);

    expect(events.find(({ type }) => type === 'processInstanceMigrated')).toMatchObject({
      processDefinitionKey: '2',
      bpmnProcessId: 'order2',
      processVersion: 2,
      elements: { check: 'verify', order: 'order2' },
      by: 'operator',
    });
    expect(next.keyOf('userTasks', 'verify')).toBe(userTaskKey);
    next.completeUserTask('verify');
    expect(next.activeElements()).toEqual(['approve']);
  });

  it('keeps what a mapped event waits for, closes what is not mapped and opens what is new', async () => {
    const run = await startRun(first());
    const [timer] = run.live.timers.values();
    const { next, command } = await migrated(run, second(), { check: 'verify', late: 'overdue' });

    next.perform(command);

    expect(next.live.timers.values()).toEqual([{ ...timer, elementId: 'overdue' }]);
    expect(next.live.subscriptions.values()).toMatchObject([{ name: 'ask', elementId: 'ask' }]);
  });

  it('lets a mapped event interrupt as the new definition says', async () => {
    const run = await startRun(first());
    const { next, command } = await migrated(run, second(), { check: 'verify', late: 'overdue' });
    next.perform(command);

    next.advance(3_600_000);

    expect(next.activeElements()).toEqual(['verify']);
    expect(next.flowsTaken()).toEqual(['overdue->reminded']);
  });

  it('takes jobs and their incidents along', async () => {
    const run = await startRun(first());
    run.completeUserTask('check');
    run.failJob('charge', 0);
    const { next, command } = await migrated(run, second(), { charge: 'pay' });

    next.perform(command);
    next.perform({ type: 'resolveIncident', incidentKey: next.keyOf('incidents', 'pay'), retries: 1 });
    next.completeJob('pay');

    expect(next.status).toBe('completed');
  });

  it('takes tokens before a join along', async () => {
    const fork = (join: string) =>
      model(`with-${join}`)
        .start()
        .parallelGateway('fork', ['left', 'right'])
        .branch('left')
        .userTask('a')
        .parallelGateway(join)
        .userTask('after')
        .end()
        .branch('right')
        .userTask('b')
        .connectTo(join);
    const run = await startRun(fork('meet'));
    run.completeUserTask('a');
    const { next, command } = await migrated(run, fork('meet'), { b: 'b', meet: 'meet' });

    next.perform(command);
    next.completeUserTask('b');

    expect(next.activeElements()).toEqual(['after']);
    expect(await refusal(run, fork('meet'), { b: 'b' })).toMatch(/for "meet", which has tokens waiting/);
    expect(await refusal(run, fork('join'), { b: 'b', meet: 'join' })).toMatch(/the incoming flow "a.to.meet"/);
  });

  it('compensates by the handler of the new definition', async () => {
    const booked = (handler: string) =>
      model(`book-${handler}`)
        .start()
        .userTask('book')
        .userTask('pay')
        .throwEvent('undo', { compensate: '' })
        .end()
        .apart()
        .userTask(handler, { isForCompensation: true })
        .compensation('book', handler);
    const run = await startRun(booked('cancel'));
    run.completeUserTask('book');
    const { next, command } = await migrated(run, booked('refund'), { book: 'book', pay: 'pay' });

    next.perform(command);
    next.completeUserTask('pay');

    expect(next.activeElements()).toEqual(['undo', 'refund']);
    expect(await refusal(run, booked('refund'), { pay: 'pay' })).toMatch(/"book", which has completed and can be/);
  });

  it('replays to the same state', async () => {
    const run = await startRun(first());
    const { next, command } = await migrated(run, second(), { check: 'verify' });

    next.perform(command);

    expect(JSON.stringify(replay(next.events, run.state))).toBe(JSON.stringify(next.state));
  });

  describe('refuses', () => {
    it('an active element without mapping', async () => {
      expect(await refusal(await startRun(first()), second(), {})).toMatch(
        /^invalidState: Expected a mapping for the active element "check" \(\d+\) but there is none.$/,
      );
    });

    it('elements that are not there', async () => {
      const run = await startRun(first());

      expect(await refusal(run, second(), { nothing: 'verify' })).toMatch(/^invalidArgument: Expected a mapping from/);
      expect(await refusal(run, second(), { check: 'nothing' })).toMatch(/^invalidArgument: Expected a mapping to/);
    });

    it('an element of another kind', async () => {
      expect(await refusal(await startRun(first()), second(), { check: 'pay' })).toBe(
        'invalidArgument: Expected "pay" to be of type userTask like "check" but it is of type serviceTask.',
      );
    });

    it('an event of another kind', async () => {
      expect(await refusal(await startRun(first()), second(), { check: 'verify', stop: 'overdue' })).toBe(
        'invalidArgument: Expected "overdue" to be a message event like "stop" but it is a timer event.',
      );
    });

    it('an event at another activity', async () => {
      const target = second().boundary('hurry', 'approve', message('stop')).end('hurried');

      expect(await refusal(await startRun(first()), target, { check: 'verify', stop: 'hurry' })).toMatch(
        /^invalidArgument: Expected "hurry" to listen at "verify", which "check" is mapped to, but it listens at "approve".$/,
      );
    });

    it('an element that stands in another scope', async () => {
      const target = model('nested')
        .start()
        .subProcess('inside', (inner) => inner.start('begin').userTask('verify').end('done'))
        .end();

      expect(await refusal(await startRun(first()), target, { check: 'verify' })).toMatch(
        /^invalidState: Expected "verify" to stand in "nested" as "check" stands in "order" but it stands in "inside".$/,
      );
    });

    it('a loop that becomes none', async () => {
      const source = model('loop')
        .start()
        .userTask('check', { multiInstance: { collection: '=[1,2]' } })
        .end();

      expect(await refusal(await startRun(source), second(), { check: 'verify' })).toMatch(
        /to be a parallel multi-instance like "check" but it is done once/,
      );
    });

    it('the definition that it runs on', async () => {
      const run = await startRun(first());
      const { next, command } = await migrated(run, second(), { check: 'verify' });

      const rejection = next.rejectionOf({ ...command, processDefinitionKey: '1' } as Command);

      expect(rejection?.message).toMatch(/Expected another process definition than 1/);
    });
  });
});
