import { readState, writeState, type EngineEvent, type InstanceState, type StoredState } from '#engine';
import { model, Run } from '#testing';

type Keeping = (state: InstanceState) => InstanceState;

const inMemory: Keeping = (state) => state;
const stored: Keeping = (state) => readState(JSON.parse(writeState(state)) as StoredState);

const parallel = (condition?: string) =>
  model('p')
    .start()
    .subProcess('work', (inner) => inner.start('s').manualTask('a').manualTask('b').end('e'), {
      multiInstance: { cardinality: '40', ...(condition !== undefined && { condition }) },
    })
    .userTask('after');

/** All events of a run that pauses every seven instructions, its state kept so from step to step. */
async function eventsOf(source: ReturnType<typeof parallel>, keep: Keeping): Promise<readonly EngineEvent[]> {
  const run = new Run(await source.build(), { maxInstructions: 7 });
  const create = { processInstanceKey: '1000', processDefinitionKey: '1', version: 1, variables: {} };
  let latest = run.performOnce({ type: 'createProcessInstance', ...create });
  while (latest.at(-1)?.type === 'processInstancePaused') {
    run.state = keep(run.live);
    latest = run.performOnce({ type: 'continueProcessInstance' });
  }
  return run.events;
}

const pauses = (events: readonly EngineEvent[]) => events.filter(({ type }) => type === 'processInstancePaused').length;

describe('what a paused step left behind', () => {
  it('goes on in the same way from memory as from the stored state', async () => {
    const kept = await eventsOf(parallel(), inMemory);

    expect(pauses(kept)).toBeGreaterThan(40);
    expect(kept).toEqual(await eventsOf(parallel(), stored));
  });

  it('leaves out what has been terminated meanwhile, without a pause of its own', async () => {
    const condition = '=numberOfCompletedInstances >= 3';
    const kept = await eventsOf(parallel(condition), inMemory);

    expect(kept).toEqual(await eventsOf(parallel(condition), stored));
    expect(kept.at(-1)?.type).toBe('userTaskCreated');
  });

  it('is there for each who goes on from the same state', async () => {
    const run = new Run(await parallel().build(), { maxInstructions: 7 });
    const create = { processInstanceKey: '1000', processDefinitionKey: '1', version: 1, variables: {} };
    run.performOnce({ type: 'createProcessInstance', ...create });
    const paused = run.live;

    const first = run.performOnce({ type: 'continueProcessInstance' });
    run.state = paused;
    const second = run.performOnce({ type: 'continueProcessInstance' });

    expect(second.map(({ type }) => type)).toEqual(first.map(({ type }) => type));
  });
});
