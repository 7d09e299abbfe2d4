import { parseBpmn, type ProcessDefinition } from '#bpmn';
import type { InstanceState } from '#engine';
import { model, type ModelBuilder } from '#testing';
import { countingContext, perform, runToEnd, startInstance } from './engine-side.js';
import { alternating, atMost, cpuSeconds, median, ratios, shown, spread, type Figure } from './measure.js';

const ROUNDS = 5;

/** What one instance costs as it grows: more items, longer loops, deeper nesting. */
export async function growthFigures(): Promise<readonly Figure[]> {
  return [
    await growth('parallel20000', 'an item of 20,000 in parallel against one of 2,000', parallel, [2_000, 20_000]),
    await growth('loop100000', 'a run of a loop of 100,000 against one of 1,000', loop, [1_000, 100_000]),
    await growth('nesting', 'a level of 90 nested sub-processes against one of 9', nested, [9, 90], 50),
    await completions(),
    ...(await memory()),
  ];
}

const parallel = (count: number) =>
  model('parallel')
    .start()
    .manualTask('work', { multiInstance: { cardinality: String(count) } })
    .end();
const waiting = (count: number) =>
  model('waiting')
    .start()
    .userTask('work', { multiInstance: { cardinality: String(count) } })
    .end();
const loop = (count: number) =>
  model('loop')
    .start()
    .manualTask('work', { loop: { maximum: String(count) } })
    .end();

function nested(depth: number): ModelBuilder {
  let build = (inner: ModelBuilder) => inner.start('s0').manualTask('work').end('e0');
  for (let level = 1; level < depth; level += 1) {
    const deeper = build;
    build = (inner) => inner.start(`s${level}`).subProcess(`p${level}`, deeper).end(`e${level}`);
  }
  return build(model('nested'));
}

/** Time for each, many against few, in turns: 1 grows in line with the number. */
async function growth(
  key: string,
  name: string,
  build: (count: number) => ModelBuilder,
  [few, many]: readonly [number, number],
  times = 1,
): Promise<Figure> {
  const [small, large] = [await definitionOf(build(few)), await definitionOf(build(many))];
  const sides = [() => repeat((times * many) / few, small), () => repeat(times, large)];
  const [fewTimes = [], manyTimes = []] = await alternating(ROUNDS, sides, cpuSeconds);
  return perEach({ key, name, count: times * many }, fewTimes, manyTimes);
}

interface Growing {
  readonly key: string;
  readonly name: string;
  readonly count: number;
}

function perEach({ key, name, count }: Growing, few: readonly number[], many: readonly number[]): Figure {
  const times = ratios(many, few);
  const micros = many.map((time) => (time / count) * 1e6);
  const beside = `${spread(times, 'times')}; ${spread(micros, 'µs each')}`;
  return atMost(name, median(times), 2, 'times', { key: `engine.growth.${key}`, beside });
}

/** Each of 300 completions is a command of its own, while 2,000 and 20,000 wait. */
async function completions(): Promise<Figure> {
  const [few, many] = [await waitingInstance(2_000), await waitingInstance(20_000)];
  const commands = 300;
  const [fewTimes = [], manyTimes = []] = await alternating(
    ROUNDS,
    [() => few.complete(commands), () => many.complete(commands)],
    cpuSeconds,
  );
  const name = 'completing one of 20,000 parallel user tasks against one of 2,000';
  return perEach({ key: 'completion', name, count: commands }, fewTimes, manyTimes);
}

async function waitingInstance(count: number) {
  const definition = await definitionOf(waiting(count));
  const context = countingContext();
  let state = startInstance(definition, context);
  const keys = [...state.userTasks.keys()];
  return {
    complete(commands: number) {
      for (const userTaskKey of keys.splice(0, commands))
        state = perform(definition, state, { type: 'completeUserTask', userTaskKey, variables: {} }, context);
    },
  };
}

/** Heap that a waiting instance of 20,000 user tasks keeps, and the most that is used while 20,000 pass through. */
async function memory(): Promise<readonly Figure[]> {
  const [kept, passed] = [await definitionOf(waiting(20_000)), await definitionOf(parallel(20_000))];
  const before = heapMegabytes();
  const held: InstanceState[] = [startInstance(kept, countingContext())];
  const each = ((heapMegabytes() - before) * 1024) / 20_000;
  const size = held.splice(0).length;
  const peak = peakMegabytes(passed);
  return [
    shown('heap of one of 20,000 parallel user tasks that wait', each / size, 'kB', { key: 'engine.heap.waitingKb' }),
    shown('most heap while 20,000 in parallel pass through, events included', peak, 'MB', {
      key: 'engine.heap.peakMb',
      beside: 'looked at after each step of 10,000 instructions',
    }),
  ];
}

function peakMegabytes(definition: ProcessDefinition): number {
  const before = heapMegabytes();
  let peak = 0;
  runToEnd(definition, () => {
    peak = Math.max(peak, process.memoryUsage().heapUsed / 2 ** 20);
  });
  return peak - before;
}

function heapMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

function repeat(times: number, definition: ProcessDefinition): void {
  for (let index = 0; index < times; index += 1) runToEnd(definition, () => undefined);
}

async function definitionOf(builder: ModelBuilder): Promise<ProcessDefinition> {
  const { processes, problems } = await parseBpmn(builder.xml);
  const [definition] = processes;
  if (!definition) throw new Error(`Expected a model without problems but found ${problems[0]?.message ?? 'none'}.`);
  return definition;
}
