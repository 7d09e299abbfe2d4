import { dependenciesFirst } from './dependencies-first.js';
import type { DrgFile, DrgNode, Requirement } from './drg.js';
import { unbound } from './logic.js';

/** A cycle of requirements in a file; undefined if there is none. */
export function cycleIn({ nodes }: DrgFile): readonly DrgNode[] | undefined {
  const found = dependenciesFirst(nodes.values(), requiredBy);
  return 'cycle' in found ? found.cycle : undefined;
}

function requiredBy({ requires }: DrgNode): DrgNode[] {
  return requires.map(({ node }) => node);
}

/** Free names of each node with those of all that it requires; names that a requirement gives are bound. The graph has no cycle. */
export function readsByNode(file: DrgFile): ReadonlyMap<DrgNode, readonly string[]> {
  const found = dependenciesFirst(file.nodes.values(), requiredBy);
  const reads = new Map<DrgNode, readonly string[]>();
  for (const node of 'order' in found ? found.order : []) {
    const required = node.requires.flatMap((each) => readsThrough(each, reads.get(each.node) ?? []));
    reads.set(node, [...new Set([...ownReads(node), ...required])]);
  }
  return reads;
}

function ownReads(node: DrgNode): string[] {
  const bound = node.requires
    .filter(({ node: required, through }) => required.kind !== 'input' || through?.name)
    .map(({ node: required, through }) => through?.name || required.name);
  return unbound(node.logic.reads, node.kind === 'knowledge' ? [...bound, node.name] : bound);
}

/** Input data of an imported file stands below the name of the import. */
function readsThrough({ node, through }: Requirement, reads: readonly string[]): readonly string[] {
  if (!through?.name) return reads;
  return node.kind === 'input' ? [`${through.name}.${node.name}`] : reads.map((read) => `${through.name}.${read}`);
}
