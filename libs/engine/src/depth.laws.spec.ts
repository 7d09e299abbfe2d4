import { readState, replay, writeState, type InstanceState, type StoredState } from '#engine';
import { brokenLaws, model, startRun, type ModelBuilder, type Run } from '#testing';

/** As deep as a file may be: its XML has at most 100 levels. */
const levels = 95;
const length = 5000;
const valueDepth = 2000;

const stored = ({ state }: Run) => JSON.parse(writeState(state as InstanceState)) as StoredState;

function nested(
  level: number,
  innermost: (inner: ModelBuilder) => ModelBuilder,
): (inner: ModelBuilder) => ModelBuilder {
  if (level === 0) return innermost;
  return (inner) =>
    inner
      .start(`start${level}`)
      .subProcess(`sub${level}`, nested(level - 1, innermost))
      .end(`end${level}`);
}

const deep = nested(levels, (inner) => inner.start('first').userTask('work').end('last', { error: 'broken' }));

function chain(): ModelBuilder {
  const builder = model('chain').start();
  for (let index = 0; index < length; index += 1) builder.manualTask(`task${index}`);
  return builder.userTask('last').end();
}

/** `{"next": {"next": ... }}` */
function deepValue(): unknown {
  let value: unknown = 'bottom';
  for (let depth = 0; depth < valueDepth; depth += 1) value = depth % 2 === 0 ? { next: value } : [value];
  return value;
}

const chained = chain().build();

describe('depth and length', () => {
  it('95 nested sub-processes start, are stored, replayed, and left by an error from the innermost', async () => {
    const run = await startRun(deep(model('deep')).boundary('caught', `sub${levels}`, { error: 'broken' }).end('stop'));
    expect(run.activeElements()).toHaveLength(levels + 1);
    expect(brokenLaws(run.live)).toEqual([]);
    run.state = readState(stored(run));
    run.completeUserTask('work');

    expect(run.status).toBe('completed');
    expect(stored(run)).toEqual(JSON.parse(writeState(replay(run.events))));
  });

  it('95 nested sub-processes are cancelled at once', async () => {
    const run = await startRun(deep(model('deep')));
    run.perform({ type: 'cancelProcessInstance' });

    expect(run.live.elements.size).toBe(0);
  });

  it('a chain of 5,000 elements comes to its wait state within the budget of one step', async () => {
    const run = await startRun(await chained, {}, { maxInstructions: 3 * length });

    expect(run.activeElements()).toEqual(['last']);
    expect(run.events.filter(({ type }) => type === 'processInstancePaused')).toEqual([]);
  });

  it('a chain of 5,000 elements pauses and goes on where the budget is small', async () => {
    const run = await startRun(await chained, {}, { maxInstructions: 100 });

    expect(run.activeElements()).toEqual(['last']);
    expect(run.events.filter(({ type }) => type === 'processInstancePaused').length).toBeGreaterThan(length / 100);
  });

  it('a loop without wait state stops with an incident at its bound', async () => {
    const endless = model('endless')
      .start()
      .exclusiveGateway('again', { on: '=true', off: 'default' })
      .branch('off')
      .end()
      .branch('on')
      .manualTask('turn')
      .connectTo('again');
    const run = await startRun(endless, {}, { maxInstructions: 50, maxPauses: 20 });

    expect(run.incidents()).toHaveLength(1);
    expect(run.incidents()[0]).toContain('EXECUTION_LIMIT_EXCEEDED');
  });

  it('variables nested 2,000 deep are taken, stored and replayed', async () => {
    const run = await startRun(model('values').start().userTask('work').userTask('next').end(), { value: deepValue() });
    run.completeUserTask('work', { other: deepValue() });

    expect(run.activeElements()).toEqual(['next']);
    expect(writeState(readState(stored(run)))).toEqual(writeState(replay(run.events)));
  });

  it('an expression over a variable nested 2,000 deep is an incident that can be resolved', async () => {
    const task = model('values')
      .start()
      .userTask('work', { inputs: { copy: '=value' } });
    const run = await startRun(task.end(), { value: deepValue() });
    expect(run.incidents()).toEqual(['work IO_MAPPING_ERROR']);
    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { value: 1 }, local: false });
    run.resolveIncident('work');

    expect(run.variables('work')).toEqual({ copy: 1 });
  });
});
