import { readState, replay, writeState, type StoredState } from '#engine';
import { model, startRun } from '#testing';

/** Written by version 1: two of three instances wait, a timer listens on the body, one token waits before the join. */
const versionOne = {
  schema: 1,
  processInstanceKey: '1000',
  processDefinitionKey: '1',
  bpmnProcessId: 'old',
  processVersion: 1,
  status: 'active',
  position: 67,
  elements: {
    '1000': {
      key: '1000',
      elementId: 'old',
      elementType: 'process',
      state: 'activated',
      activeChildren: 1,
    },
    '1003': {
      key: '1003',
      elementId: 'each',
      elementType: 'subProcess',
      state: 'activated',
      flowScopeKey: '1000',
      multiInstance: {
        items: [1, 2, 3],
        next: 3,
        completed: 1,
        outputs: [2],
      },
      activeChildren: 2,
    },
    '1007': {
      key: '1007',
      elementId: 'each',
      elementType: 'subProcess',
      state: 'activated',
      flowScopeKey: '1003',
      loopCounter: 2,
      activeChildren: 1,
    },
    '1008': {
      key: '1008',
      elementId: 'each',
      elementType: 'subProcess',
      state: 'activated',
      flowScopeKey: '1003',
      loopCounter: 3,
      activeChildren: 1,
    },
    '1014': {
      key: '1014',
      elementId: 'check',
      elementType: 'userTask',
      state: 'activated',
      flowScopeKey: '1007',
    },
    '1015': {
      key: '1015',
      elementId: 'check',
      elementType: 'userTask',
      state: 'activated',
      flowScopeKey: '1008',
    },
  },
  variables: {
    '1007': {
      item: 2,
      loopCounter: 2,
    },
    '1008': {
      item: 3,
      loopCounter: 3,
    },
  },
  userTasks: {
    '1017': {
      elementInstanceKey: '1014',
    },
    '1018': {
      elementInstanceKey: '1015',
    },
  },
  jobs: {},
  timers: {
    '1005': {
      elementInstanceKey: '1003',
      elementId: 'late',
      dueAt: 1772413200000,
    },
  },
  subscriptions: {},
  calls: {},
  incidents: {},
  joins: {
    '1000/join': {
      'send.to.join': 1,
    },
  },
} as const;

const diagram = () =>
  model('old')
    .start()
    .parallelGateway('fork', ['left', 'right'])
    .branch('left')
    .subProcess('each', (inner) => inner.start('in').userTask('check').end('out'), {
      multiInstance: {
        collection: '=[1, 2, 3]',
        element: 'item',
        outputCollection: 'all',
        outputElement: '=item * 2',
      },
    })
    .connectTo('join')
    .branch('right')
    .serviceTask('send')
    .connectTo('join')
    .parallelGateway('join')
    .end()
    .boundary('late', 'each', { timer: { duration: 'PT1H' }, interrupting: false })
    .end('lateEnd');

describe('readState', () => {
  it('goes on from a snapshot of version 1 as if nothing had changed', async () => {
    const today = await startRun(diagram());
    today.completeUserTask('check');
    today.completeJob('send');
    const run = await startRun(diagram());
    run.state = readState(versionOne as unknown as StoredState);

    const upgraded = JSON.parse(writeState(run.live)) as unknown;
    run.completeUserTask('check');
    run.completeUserTask('check');

    expect(upgraded).toEqual(JSON.parse(writeState(today.live)));
    expect(run.status).toBe('completed');
    expect(run.variables()).toEqual({ all: [2, 4, 6] });
  });

  it('reads back what writeState wrote, indexes included', async () => {
    const run = await startRun(diagram());

    const read = readState(JSON.parse(writeState(run.live)) as StoredState);

    expect(read.children.get('1000')?.keys()).toEqual(run.live.children.get('1000')?.keys());
    expect(writeState(read)).toBe(writeState(replay(run.events)));
  });
});
