import type { ScheduleDefinition } from '#runtime';
import { folderSet, form, taskProcess } from './models.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

const HOUR = 3_600_000;
const BEGIN = Date.UTC(2026, 2, 2, 1);

describe.each(testDatabases)('schedules on $kind', ({ open }) => {
  let node: TestNode;
  let schedules: readonly ScheduleDefinition[];
  let isWanted: boolean;

  const hourly = (more: Partial<ScheduleDefinition> = {}): ScheduleDefinition => ({
    id: 'report',
    digest: 'd1',
    bpmnProcessId: 'order',
    next: (after) => (Math.floor(after / HOUR) + 1) * HOUR,
    variables: (scheduledFor) => (isWanted ? { scheduledFor } : undefined),
    ...more,
  });
  const publish = async (content = taskProcess) =>
    valueOf(
      await node.runtime.deploy({
        ...folderSet({ 'forms/F01.form.json': form, 'workflows/a.bpmn': content }),
        schedules,
      }),
    );
  const advance = async (to: number) => {
    node.now = to;
    await node.runtime.idle();
  };
  const started = async () =>
    (await node.rows(`SELECT value FROM variables WHERE name = 'scheduledFor' ORDER BY value`)).map(({ value }) =>
      Number(JSON.parse(String(value))),
    );
  const rows = () => node.rows('SELECT id, digest, due_at, last_at FROM schedules ORDER BY id');

  beforeEach(async () => {
    isWanted = true;
    schedules = [hourly()];
    node = await startNode(open, BEGIN, { schedules: () => schedules });
    await publish();
  });

  afterEach(async () => node.drop());

  it('start their process each time, told for when', async () => {
    await advance(BEGIN + HOUR);
    await advance(BEGIN + 2 * HOUR + 5);

    expect(await started()).toEqual([BEGIN + HOUR, BEGIN + 2 * HOUR]);
  });

  it('catch up once for all times that were missed', async () => {
    await advance(BEGIN + 10 * HOUR + 1);

    expect(await started()).toEqual([BEGIN + HOUR]);
    expect((await rows()).map(({ due_at }) => Number(due_at))).toEqual([BEGIN + 11 * HOUR]);
  });

  it('let a time pass at which nothing is wanted', async () => {
    isWanted = false;
    await advance(BEGIN + HOUR);
    isWanted = true;
    await advance(BEGIN + 2 * HOUR);

    expect(await started()).toEqual([BEGIN + 2 * HOUR]);
  });

  it('keep their time through a restart and a publication that leaves them as they are', async () => {
    node.now = BEGIN + HOUR - 1;
    await publish(taskProcess.replace('<bpmn:userTask', '<!-- changed --><bpmn:userTask'));
    await node.restart();

    await advance(BEGIN + HOUR);

    expect(await started()).toEqual([BEGIN + HOUR]);
  });

  it('count anew where their rule changes, and go with their file', async () => {
    schedules = [hourly({ digest: 'd2', next: (after) => after + 5 * HOUR }), hourly({ id: 'other' })];
    await publish(taskProcess.replace('<bpmn:userTask', '<!-- changed --><bpmn:userTask'));
    const changed = (await rows()).map(({ id, due_at }) => [id, Number(due_at)]);
    schedules = [];
    await publish();

    expect(changed).toEqual([
      ['other', BEGIN + HOUR],
      ['report', BEGIN + 5 * HOUR],
    ]);
    expect(await rows()).toEqual([]);
  });

  it('wait where this node does not know the rule that was published', async () => {
    schedules = [hourly({ digest: 'older' })];

    await advance(BEGIN + HOUR);

    expect(await started()).toEqual([]);
    expect((await rows()).map(({ due_at }) => Number(due_at))).toEqual([BEGIN + HOUR]);
  });

  it('end where there is no next time', async () => {
    schedules = [hourly({ next: (after) => (after < BEGIN + HOUR ? BEGIN + HOUR : undefined) })];
    await advance(BEGIN + HOUR);
    await advance(BEGIN + 9 * HOUR);

    expect(await started()).toEqual([BEGIN + HOUR]);
    expect((await rows()).map(({ due_at }) => due_at)).toEqual([null]);
  });

  it('are tried again later where their process cannot be started', async () => {
    schedules = [hourly({ bpmnProcessId: 'missing' }), hourly({ id: 'well' })];
    await publish(taskProcess.replace('<bpmn:userTask', '<!-- changed --><bpmn:userTask'));

    await advance(BEGIN + HOUR);

    expect(await started()).toEqual([BEGIN + HOUR]);
  });
});
