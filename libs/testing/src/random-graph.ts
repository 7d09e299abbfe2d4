import fc from 'fast-check';
import { model, type ModelBuilder } from './model.js';

const nodeKinds = ['user', 'manual', 'exclusive', 'parallel', 'inclusive', 'inclusive', 'complex'] as const;

interface Node {
  readonly kind: (typeof nodeKinds)[number];
  /** Where its flows go, as places among the nodes; one past the last is the end. */
  readonly targets: readonly number[];
  /** Of a user task: where the flow of its boundary event goes, and whether it ends the task. */
  readonly boundary: { readonly target: number; readonly isInterrupting: boolean } | undefined;
}

/**
 * Random graphs of tasks and gateways that are not built of blocks: any node may lead to any other, user tasks also by a
 * boundary event. A flow that leads back leads to a user task, so that every cycle comes to rest.
 */
export function randomGraph(): fc.Arbitrary<ModelBuilder> {
  const node = fc.record<Node>({
    kind: fc.constantFrom(...nodeKinds),
    targets: fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 }),
    boundary: fc.option(fc.record({ target: fc.nat({ max: 9 }), isInterrupting: fc.boolean() }), { nil: undefined }),
  });
  const graph = fc.array(node, { minLength: 3, maxLength: 9 });
  return fc.record({ nodes: graph, isInSubProcess: fc.boolean() }).map(({ nodes, isInSubProcess }) => {
    const process = model('graph').start('begin');
    if (!isInSubProcess) return buildGraph(process.manualTask('first'), nodes);
    return process.subProcess('sub', (inner) => buildGraph(inner.start('first'), nodes)).end('stop');
  });
}

const idOf = (nodes: readonly Node[], index: number) => `${nodes[index]?.kind ?? 'end'}${index}`;

function buildGraph(builder: ModelBuilder, nodes: readonly Node[]): ModelBuilder {
  builder.connectTo(idOf(nodes, 0));
  for (const [index, node] of nodes.entries()) {
    const targets = targetsOf(nodes, index, node.targets);
    const branches = targets.map((target) => `${idOf(nodes, index)}-${target}`);
    addNode(builder.apart(), node, { id: idOf(nodes, index), branches });
    for (const [place, target] of targets.entries())
      builder.branch(branches[place] ?? '').connectTo(idOf(nodes, target));
    addBoundary(builder, nodes, index);
  }
  return builder.apart().end(`end${nodes.length}`);
}

function addBoundary(builder: ModelBuilder, nodes: readonly Node[], index: number): void {
  const { kind, boundary } = nodes[index] ?? {};
  if (kind !== 'user' || !boundary) return;
  const [target = nodes.length] = targetsOf(nodes, index, [boundary.target]);
  builder
    .boundary(`late${index}`, idOf(nodes, index), {
      timer: { duration: 'PT1H' },
      interrupting: boundary.isInterrupting,
    })
    .connectTo(idOf(nodes, target));
}

/** Forward flows as they are, those back only to user tasks; none left: on to the next node. */
function targetsOf(nodes: readonly Node[], index: number, targets: readonly number[]): readonly number[] {
  const wanted = targets.map((target) => target % (nodes.length + 1));
  const allowed = wanted.filter((target) => target > index || nodes[target]?.kind === 'user');
  return allowed.length > 0 ? [...new Set(allowed)] : [index + 1];
}

function addNode(
  builder: ModelBuilder,
  { kind }: Node,
  { id, branches }: { readonly id: string; readonly branches: readonly string[] },
): void {
  const chosen = Object.fromEntries(
    branches.map((branch, place) => [branch, place === 0 ? 'default' : `=choice >= ${place}`]),
  );
  if (kind === 'user') builder.userTask(id).flows(branches);
  else if (kind === 'manual') builder.manualTask(id).flows(branches);
  else if (kind === 'exclusive') builder.exclusiveGateway(id, chosen);
  else if (kind === 'parallel') builder.parallelGateway(id, branches);
  else if (kind === 'inclusive') builder.inclusiveGateway(id, chosen);
  else builder.complexGateway(id, '=activationCount >= 2 or choice = 0', chosen);
}
