import fc from 'fast-check';
import { beginnings, caught, ends, loops, type Block, type Catch, type GatewayKind } from './blocks.js';
import { buildProcess } from './build-blocks.js';
import { allLeaves, standardLeaves, type LeafKind } from './leaf-blocks.js';
import type { ModelBuilder } from './model.js';

const gateway = fc.constantFrom<GatewayKind>('exclusive', 'parallel', 'inclusive', 'complex');
const caughtAtBoundary = fc.record<Catch>({
  kind: fc.constantFrom('none', 'none', ...caught),
  isInterrupting: fc.boolean(),
});
const caughtInside = fc.record<Catch>({
  kind: fc.constantFrom('none', 'none', ...caught, 'compensation'),
  isInterrupting: fc.boolean(),
});

/** Blocks within blocks, of these leaves. */
function blocksOf(leaves: readonly LeafKind[]): fc.Arbitrary<Block> {
  const leaf = fc.constantFrom(...leaves).map((kind): Block => ({ kind }));
  return fc.letrec<{ block: Block }>((tie) => ({
    block: fc.oneof(
      { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: leaf },
      ...compositeBlocks(tie('block')).map((arbitrary) => ({ weight: 1, arbitrary })),
    ),
  })).block;
}

function compositeBlocks(block: fc.Arbitrary<Block>): readonly fc.Arbitrary<Block>[] {
  return [
    fc.record({ kind: fc.constant('sequence' as const), blocks: fc.array(block, { minLength: 1, maxLength: 3 }) }),
    fc.record({
      kind: fc.constant('split' as const),
      split: gateway,
      join: gateway,
      branches: fc.array(block, { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('transaction' as const), body: block }),
    fc.record({ kind: fc.constant('events' as const), first: block, second: block }),
    fc.record({ kind: fc.constant('loop' as const), body: block }),
    fc.record({
      kind: fc.constant('sub' as const),
      body: block,
      boundary: caughtAtBoundary,
      listener: caughtInside,
      loop: fc.constantFrom(...loops),
      ending: fc.constantFrom(...ends),
    }),
  ];
}

function processesOf(leaves: readonly LeafKind[]): fc.Arbitrary<ModelBuilder> {
  const begins = fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...beginnings), { minLength: 1, maxLength: 2 }) },
  );
  const body = fc
    .array(blocksOf(leaves), { minLength: 1, maxLength: 3 })
    .map((blocks): Block => ({ kind: 'sequence', blocks }));
  return fc.record({ hasNoneStart: fc.boolean(), beginnings: begins, body }).map(buildProcess);
}

/** Random processes: blocks within blocks, with joins that do not always fit their splits. */
export function randomModel(): fc.Arbitrary<ModelBuilder> {
  return processesOf(allLeaves).filter(({ xml }) => !(hasTransaction(xml) && xml.includes('eventType="canceling"')));
}

/** In a transaction nobody listens to what is cancelled. */
const hasTransaction = (xml: string) => xml.includes('<bpmn:transaction');

/** The same of what the standard knows; without listeners. */
export function standardModel(): fc.Arbitrary<ModelBuilder> {
  return processesOf(standardLeaves);
}
