import { replay } from '#engine';
import { model, startRun } from '#testing';

const hour = 3_600_000;
const order = () =>
  model('order')
    .start()
    .userTask('check')
    .end()
    .boundary('remind', 'check', { timer: { cycle: 'R/PT1H' }, interrupting: false })
    .userTask('reminded')
    .end('late');

describe('suspension of a process instance', () => {
  it('keeps what is due and lets it happen once when it is resumed', async () => {
    const run = await startRun(order());
    run.perform({ type: 'suspendProcessInstance', by: 'operator' });

    run.now += 3 * hour;
    const timerKey = run.live.timers.keys()[0]!;
    const suspended = run.perform({ type: 'triggerTimer', timerKey });
    const again = run.rejectionOf({ type: 'triggerTimer', timerKey });
    const resumed = run.perform({ type: 'resumeProcessInstance', by: 'operator' });

    expect(suspended.map(({ type }) => type)).toEqual(['commandDeferred']);
    expect(again?.code).toBe('notFound');
    expect(resumed.map(({ type }) => type).slice(0, 3)).toEqual([
      'processInstanceResumed',
      'timerTriggered',
      'timerCreated',
    ]);
    expect(run.activeElements()).toEqual(['check', 'reminded']);
    expect(run.live.timers.size).toBe(1);
  });

  it('refuses what somebody could do later', async () => {
    const run = await startRun(order());
    const userTaskKey = run.keyOf('userTasks', 'check');
    run.perform({ type: 'suspendProcessInstance' });

    const refused = run.rejectionOf({ type: 'completeUserTask', userTaskKey, variables: {} });

    expect(refused).toEqual({
      code: 'invalidState',
      message: 'Expected process instance 1000 to be active but it is suspended. Resume it first.',
    });
  });

  it('keeps one message for what waits once; the next one is free for others', async () => {
    const run = await startRun(
      model('listen')
        .start()
        .catchEvent('answer', { message: { name: 'answer', key: '="k"' } })
        .userTask('after')
        .end(),
    );
    run.perform({ type: 'suspendProcessInstance' });
    const [subscriptionKey = ''] = run.live.subscriptions.keys();

    run.perform({ type: 'correlateMessage', subscriptionKey, messageKey: '7', variables: { text: 'first' } });
    const second = run.rejectionOf({ type: 'correlateMessage', subscriptionKey, messageKey: '8', variables: {} });
    run.perform({ type: 'resumeProcessInstance' });

    expect(second?.code).toBe('notFound');
    expect(run.variables()).toEqual({ text: 'first' });
    expect(run.activeElements()).toEqual(['after']);
  });

  it('asks conditions again that came to hold meanwhile', async () => {
    const run = await startRun(
      model('watch').start().catchEvent('ready', { conditional: '=ready' }).userTask('after').end(),
    );
    run.perform({ type: 'suspendProcessInstance' });

    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { ready: true }, local: true });
    const before = run.activeElements();
    run.perform({ type: 'resumeProcessInstance' });

    expect(before).toEqual(['ready']);
    expect(run.activeElements()).toEqual(['after']);
  });

  it('can be modified, and goes on from there when it is resumed', async () => {
    const run = await startRun(order());
    run.perform({ type: 'suspendProcessInstance' });

    run.perform({ type: 'modifyProcessInstance', move: [{ sourceElementId: 'check', targetElementId: 'reminded' }] });
    const tasks = run.live.userTasks.size;
    run.perform({ type: 'resumeProcessInstance' });

    expect(tasks).toBe(0);
    expect(run.live.userTasks.size).toBe(1);
    expect(run.activeElements()).toEqual(['reminded']);
  });

  it('can be cancelled, and is resumed only where it is suspended', async () => {
    const run = await startRun(order());

    const early = run.rejectionOf({ type: 'resumeProcessInstance' });
    run.perform({ type: 'suspendProcessInstance' });
    const twice = run.rejectionOf({ type: 'suspendProcessInstance' });
    run.perform({ type: 'cancelProcessInstance' });

    expect([early?.code, twice?.code]).toEqual(['invalidState', 'invalidState']);
    expect(run.status).toBe('terminated');
  });

  it('replays to the same state', async () => {
    const run = await startRun(order());
    run.perform({ type: 'suspendProcessInstance' });
    run.perform({ type: 'triggerTimer', timerKey: run.live.timers.keys()[0]! });

    expect(JSON.stringify(replay(run.events))).toBe(JSON.stringify(run.state));
  });
});
