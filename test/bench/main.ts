import { cpus } from 'node:os';
import { durableFigures } from './durable.bench.js';
import { engineFigures } from './engine.bench.js';
import { feelFigures } from './feel.bench.js';
import type { Figure } from './measure.js';
import { parseFigures } from './parse.bench.js';
import { scaleFigures } from './scale.bench.js';

const isFull = process.argv.includes('--full');
console.log(`${cpus().length} cores, Node ${process.versions.node}; both sides of a ratio run in turns, medians.`);

await group('engine', engineFigures);
await group('FEEL', feelFigures);
await group('parsing', parseFigures);
await group('durability (SQLite, synchronous=FULL)', durableFigures);
await group('growth', () => scaleFigures(isFull ? 100_000 : 20_000));
if (!isFull) console.log('\nWith `npm run bench -- --full` the last group waits on 100,000 instances.');

async function group(title: string, measure: () => Promise<readonly Figure[]>): Promise<void> {
  console.log(`\n== ${title}`);
  for (const { name, measured, target, met } of await measure()) {
    console.log(`${met ? 'met   ' : 'missed'}  ${name}: ${measured} (target ${target})`);
  }
}
