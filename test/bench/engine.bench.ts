import { deepStrictEqual } from 'node:assert/strict';
import { parseBpmn, type ProcessDefinition } from '#bpmn';
import { model } from '#testing';
import { bpmnElementsSide } from './bpmn-elements-side.js';
import { growthFigures } from './engine-growth.bench.js';
import { ourSide, type Side } from './engine-side.js';
import { atLeast, cpuSeconds, median, ratios, rounded, shown, spread, type Figure } from './measure.js';

const ROUNDS = 7;
/** Processor seconds that one side may take in a round; the peer is left out of a row that would take longer. */
const ROUND_SECONDS = 0.1;
const LONGEST_RUN_SECONDS = 20;

interface Row {
  readonly key: string;
  readonly title: string;
  readonly xml: string;
  /** A row that is this one with less to do and takes this share of it: tells whether the peer can do it in time. */
  readonly foreseenBy?: { readonly xml: string; readonly share: number };
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);
const loops = (id: string, options: Parameters<ReturnType<typeof model>['manualTask']>[1]) =>
  model(id).start().manualTask('work', options).end().xml;
const parallel = (count: number) => loops('parallel', { multiInstance: { cardinality: String(count) } });

function tenTasks(): string {
  return names(10)
    .reduce((to, id) => to.manualTask(id), model('sequence').start())
    .end().xml;
}

function forkAndJoin(): string {
  const [first = '', ...others] = names(5);
  const forked = model('forking')
    .start()
    .parallelGateway(
      'fork',
      names(5).map((id) => `to-${id}`),
    );
  const joined = forked.branch(`to-${first}`).manualTask(first).parallelGateway('join').end();
  return others.reduce((to, id) => to.branch(`to-${id}`).manualTask(id).connectTo('join'), joined).xml;
}

const rows: readonly Row[] = [
  { key: 'startEnd', title: 'start, end', xml: model('short').start().end().xml },
  { key: 'tenTasks', title: 'ten tasks in sequence', xml: tenTasks() },
  { key: 'forkJoin', title: 'fork and join of 5', xml: forkAndJoin() },
  { key: 'userTask', title: 'user task: start, wait, complete', xml: model('task').start().userTask('work').end().xml },
  { key: 'loop1000', title: 'loop of 1,000', xml: loops('loop', { loop: { maximum: '1000' } }) },
  { key: 'parallel100', title: 'parallel multi-instance of 100', xml: parallel(100) },
  {
    key: 'parallel20000',
    title: 'parallel multi-instance of 20,000',
    xml: parallel(20_000),
    foreseenBy: { xml: parallel(1_000), share: 0.05 },
  },
];

/** The same files on both engines, whole instances in memory from start to end; ours makes all its events. */
export async function engineFigures(): Promise<readonly Figure[]> {
  const measured: RowResult[] = [];
  for (const row of rows) measured.push(await measureRow(row));
  return [...measured.flatMap(({ figures }) => figures), ...overall(measured), ...(await growthFigures())];
}

interface RowResult {
  readonly key: string;
  readonly perSecond: number;
  readonly ratio: number | undefined;
  readonly figures: readonly Figure[];
}

async function measureRow(row: Row): Promise<RowResult> {
  const ours = ourSide(await definitionOf(row.xml));
  const theirs = await bpmnElementsSide(row.xml);
  const foreseen = await foreseenSeconds(row);
  if (foreseen > LONGEST_RUN_SECONDS) return alone(row, ours, foreseen);
  const activations = countedOnBoth(row, ours, theirs);
  const [ourTimes, theirTimes] = [timesWithin(ours), timesWithin(theirs)];
  const [our = [], their = []] = inTurns([
    { side: ours, times: ourTimes },
    { side: theirs, times: theirTimes },
  ]);
  const rates = our.map((time) => (ourTimes * activations) / time);
  const peerRates = their.map((time) => (theirTimes * activations) / time);
  const against = ratios(rates, peerRates);
  const beside = `bpmn-elements ${spread(peerRates, '')}; times ${spread(against, '')}`;
  return resultOf(row, rates, beside, against);
}

function resultOf(
  { key, title }: Row,
  rates: readonly number[],
  beside: string,
  against: readonly number[],
): RowResult {
  const perSecond = median(rates);
  const figure = shown(title, perSecond, 'activations/s', { key: `engine.${key}.perSecond`, beside });
  const rate = { ...figure, measured: spread(rates, 'activations/s') };
  if (against.length === 0) return { key, perSecond, ratio: undefined, figures: [rate] };
  const ratio = median(against);
  const name = `${title}, against bpmn-elements 17`;
  return { key, perSecond, ratio, figures: [rate, shown(name, ratio, 'times', { key: `engine.${key}.ratio` })] };
}

async function alone(row: Row, ours: Side, foreseen: number): Promise<RowResult> {
  const activations = sum(ours.completed());
  const times = timesWithin(ours);
  const [our = []] = inTurns([{ side: ours, times }]);
  const rates = our.map((time) => (times * activations) / time);
  return resultOf(row, rates, `bpmn-elements left out: about ${rounded(foreseen)} s an instance`, []);
}

/** The row that is asked for: start to end, and the middle of all rows against the peer. */
function overall(measured: readonly RowResult[]): readonly Figure[] {
  const sequence = measured.find(({ key }) => key === 'tenTasks');
  if (!sequence) return [];
  const all = measured.flatMap(({ ratio }) => (ratio === undefined ? [] : [ratio]));
  return [
    atLeast('ten tasks, start to end', sequence.perSecond, 100_000, 'activations/s', { key: 'engine.perSecond' }),
    atLeast('ten tasks, against bpmn-elements 17', sequence.ratio ?? NaN, 300, 'times', {
      key: 'engine.ratio',
      beside: `all rows ${spread(all, 'times')}`,
    }),
  ];
}

async function definitionOf(xml: string): Promise<ProcessDefinition> {
  const [definition] = (await parseBpmn(xml)).processes;
  if (!definition) throw new Error('Expected a model without problems.');
  return definition;
}

/** Both reach the end, and each element has completed as often. */
function countedOnBoth({ title }: Row, ours: Side, theirs: Side): number {
  const [our, their] = [ours.completed(), theirs.completed()];
  deepStrictEqual(Object.fromEntries(our), Object.fromEntries(their), `${title}: both sides do the same`);
  return sum(our);
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, each) => all + each, 0);

async function foreseenSeconds({ foreseenBy }: Row): Promise<number> {
  if (!foreseenBy) return 0;
  const side = await bpmnElementsSide(foreseenBy.xml);
  return cpuSeconds(() => side.run()) / foreseenBy.share;
}

/** How many instances fill a round, after enough of them to have compiled code. */
function timesWithin(side: Side): number {
  const warm = (count: number) => cpuSeconds(() => repeat(count, side)) / count;
  const first = warm(1);
  const each = first > ROUND_SECONDS ? first : warm(Math.ceil(ROUND_SECONDS / Math.max(first, 1e-4)));
  return Math.max(1, Math.round(ROUND_SECONDS / each));
}

/** Processor seconds of each side, round after round. */
function inTurns(sides: readonly { readonly side: Side; readonly times: number }[]): readonly (readonly number[])[] {
  const measured: number[][] = sides.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { side, times }] of sides.entries()) measured[index]?.push(warmSeconds(side, times));
  }
  return measured;
}

/**
 * The garbage of the other side is collected before. That throws compiled code away too, because no instance lives then,
 * so a part of the round runs without being measured.
 */
function warmSeconds(side: Side, times: number): number {
  globalThis.gc?.();
  repeat(Math.floor(times / 4), side);
  return cpuSeconds(() => repeat(times, side));
}

function repeat(times: number, side: Side): void {
  for (let index = 0; index < times; index++) side.run();
}
