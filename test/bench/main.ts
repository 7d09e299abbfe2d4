import { cpus } from 'node:os';
import { apiFigures } from './api.bench.js';
import { deadlineFigures } from './deadlines.bench.js';
import { durableFigures } from './durable.bench.js';
import { engineFigures } from './engine.bench.js';
import { feelFigures } from './feel.bench.js';
import type { Figure } from './measure.js';
import { nodeFigures } from './nodes.bench.js';
import { parseFigures } from './parse.bench.js';
import { scaleFigures } from './scale.bench.js';

interface Group {
  readonly section: string;
  readonly title: string;
  measure(): Promise<readonly Figure[]>;
}

const isFull = process.argv.includes('--full');
const [QUICK, FULL] = [
  { waiting: 20_000, history: 50_000 },
  { waiting: 100_000, history: 1_000_000 },
];
const groups: readonly Group[] = [
  { section: 'engine', title: 'engine, in memory', measure: engineFigures },
  { section: 'feel', title: 'FEEL', measure: feelFigures },
  { section: 'runtime', title: 'parsing', measure: parseFigures },
  { section: 'runtime', title: 'durability (SQLite, synchronous=FULL)', measure: durableFigures },
  { section: 'api', title: 'API over HTTP, connections kept open', measure: apiFigures },
  { section: 'deadlines', title: 'deadlines', measure: deadlineFigures },
  { section: 'nodes', title: 'nodes on PostgreSQL, measured and simulated', measure: nodeFigures },
  { section: 'storage', title: 'growth', measure: () => scaleFigures(isFull ? FULL : QUICK) },
];
const sections = [...new Set(groups.map(({ section }) => section))];
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = wanted.find((name) => !sections.includes(name));

if (unknown !== undefined) {
  console.error(`Expected a section (${sections.join(', ')}) but found "${unknown}".`);
  process.exitCode = 1;
} else await measureAll(groups.filter(({ section }) => wanted.length === 0 || wanted.includes(section)));

async function measureAll(chosen: readonly Group[]): Promise<void> {
  console.log(`${cpus().length} cores, Node ${process.versions.node}; both sides of a ratio run in turns, medians.`);
  const figures: Figure[] = [];
  for (const group of chosen) figures.push(...(await show(group)));
  if (!isFull)
    console.log('\nWith `--full` the group "growth" has 100,000 instances waiting and 1,000,000 events of ended ones.');
  const values = figures.map(({ key, name, value }) => [key ?? name, value ?? null] as const);
  console.log(JSON.stringify(Object.fromEntries(values)));
}

async function show({ title, measure }: Group): Promise<readonly Figure[]> {
  console.log(`\n== ${title}`);
  const figures = await measure();
  for (const { name, measured, target, met, beside } of figures) {
    const mark = target === '-' ? '      ' : met ? 'met   ' : 'missed';
    const asked = target === '-' ? '' : ` (target ${target})`;
    console.log(`${mark}  ${name}: ${measured}${asked}${beside === undefined ? '' : `; ${beside}`}`);
  }
  return figures;
}
