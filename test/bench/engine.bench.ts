import { deepStrictEqual } from 'node:assert/strict';
import { model } from '#testing';
import { growthFigures } from './engine-growth.bench.js';
import { atLeast, median, ratios, rounded, shown, spread, type Figure } from './measure.js';
import { openSide, type RemoteSide } from './side-worker.js';

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
  const ours = openSide({ engine: 'ours', xml: row.xml });
  const theirs = openSide({ engine: 'theirs', xml: row.xml });
  try {
    const foreseen = await foreseenSeconds(row);
    if (foreseen > LONGEST_RUN_SECONDS) return await alone(row, ours, foreseen);
    return await sideBySide(row, ours, theirs);
  } finally {
    await ours.close();
    await theirs.close();
  }
}

async function sideBySide(row: Row, ours: RemoteSide, theirs: RemoteSide): Promise<RowResult> {
  const activations = await countedOnBoth(row, ours, theirs);
  const [our, their] = [await roundOf(ours), await roundOf(theirs)];
  const [rates, peerRates]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    rates.push((our * activations) / (await ours.seconds(our)));
    peerRates.push((their * activations) / (await theirs.seconds(their)));
  }
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

async function alone(row: Row, ours: RemoteSide, foreseen: number): Promise<RowResult> {
  const activations = sum(await ours.completed());
  const times = await roundOf(ours);
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) rates.push((times * activations) / (await ours.seconds(times)));
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

/** Both reach the end, and each element has completed as often. */
async function countedOnBoth({ title }: Row, ours: RemoteSide, theirs: RemoteSide): Promise<number> {
  const [our, their] = [await ours.completed(), await theirs.completed()];
  deepStrictEqual(Object.fromEntries(our), Object.fromEntries(their), `${title}: both sides do the same`);
  return sum(our);
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, each) => all + each, 0);

async function foreseenSeconds({ foreseenBy }: Row): Promise<number> {
  if (!foreseenBy) return 0;
  const side = openSide({ engine: 'theirs', xml: foreseenBy.xml });
  const time = await side.seconds(1);
  await side.close();
  return time / foreseenBy.share;
}

/** How many instances fill a round, after enough of them to have compiled code. */
async function roundOf(side: RemoteSide): Promise<number> {
  const first = await side.seconds(1);
  if (first > ROUND_SECONDS) return 1;
  const warm = Math.ceil((2 * ROUND_SECONDS) / first);
  await side.seconds(warm);
  return Math.max(1, Math.round((ROUND_SECONDS * warm) / (await side.seconds(warm))));
}
