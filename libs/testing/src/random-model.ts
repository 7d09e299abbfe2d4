import fc from 'fast-check';
import { model, type ModelBuilder } from './model.js';
import type { ElementOptions, EventOptions } from './model-xml.js';
import { allOf, buildRareLeaf, buildTransaction, rareKinds, type Ids, type RareKind } from './rare-blocks.js';

/** A piece of a process with one way in and one way out. */
export type Block =
  | {
      readonly kind:
        | 'user'
        | 'service'
        | 'script'
        | 'manual'
        | 'call'
        | 'message'
        | 'timer'
        | 'signal'
        | 'throwSignal'
        | 'escalate'
        | 'link'
        | 'failing'
        | RareKind;
    }
  /** A transaction that cancels itself where `again` is true. */
  | { readonly kind: 'transaction'; readonly body: Block }
  | { readonly kind: 'sequence'; readonly blocks: readonly Block[] }
  /** `join` may be of another kind than the split: stuck and doubled tokens must be survived too. */
  | {
      readonly kind: 'split';
      readonly split: GatewayKind;
      readonly join: GatewayKind;
      readonly branches: readonly Block[];
    }
  | { readonly kind: 'events'; readonly first: Block; readonly second: Block }
  | { readonly kind: 'loop'; readonly body: Block }
  | {
      readonly kind: 'sub';
      readonly body: Block;
      readonly boundary: BoundaryKind;
      readonly loop: LoopKind;
      readonly listener: ListenerKind;
      readonly ending: EndKind;
    };

type GatewayKind = 'exclusive' | 'parallel' | 'inclusive' | 'complex';
const boundaries = [
  'none',
  'timer',
  'cycle',
  'error',
  'message',
  'escalation',
  'overtake',
  'condition',
  'both',
] as const;
type BoundaryKind = (typeof boundaries)[number];
const loops = ['none', 'parallel', 'sequential', 'counted', 'standard', 'each'] as const;
type LoopKind = (typeof loops)[number];
const listenerKinds = [
  'none',
  'interrupting',
  'nonInterrupting',
  'error',
  'escalation',
  'condition',
  'compensation',
] as const;
type ListenerKind = (typeof listenerKinds)[number];
const ends = ['none', 'terminate', 'error', 'escalation', 'compensation', 'all'] as const;
type EndKind = (typeof ends)[number];

const leaf = fc
  .constantFrom(
    'user',
    'service',
    'script',
    'manual',
    'call',
    'message',
    'timer',
    'signal',
    'throwSignal',
    'escalate',
    'link',
    'failing',
    ...rareKinds,
  )
  .map((kind) => ({ kind }) as Block);
const gateway = fc.constantFrom<GatewayKind>('exclusive', 'parallel', 'inclusive', 'complex');

const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ kind: fc.constant('sequence'), blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }) }),
    fc.record({
      kind: fc.constant('split'),
      split: gateway,
      join: gateway,
      branches: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('transaction'), body: tie('block') }),
    fc.record({ kind: fc.constant('events'), first: tie('block'), second: tie('block') }),
    fc.record({ kind: fc.constant('loop'), body: tie('block') }),
    fc.record({
      kind: fc.constant('sub'),
      body: tie('block'),
      boundary: fc.constantFrom(...boundaries),
      loop: fc.constantFrom(...loops),
      listener: fc.constantFrom(...listenerKinds),
      ending: fc.constantFrom(...ends),
    }),
  ) as fc.Arbitrary<Block>,
}));

/** Random processes: blocks within blocks, with joins that do not always fit their splits. */
export function randomModel(): fc.Arbitrary<ModelBuilder> {
  return block.map((body) => buildModel(body));
}
export const plainModel = () => randomModel().filter((m) => !m.xml.includes('istener'));

function buildModel(body: Block): ModelBuilder {
  const ids = counter();
  return build(model('random').start(), body, ids).end();
}

function counter(): Ids {
  let last = 0;
  return (prefix) => `${prefix}${(last += 1)}`;
}

function build(builder: ModelBuilder, part: Block, ids: Ids): ModelBuilder {
  switch (part.kind) {
    case 'sequence':
      return part.blocks.reduce((built, each) => build(built, each, ids), builder);
    case 'split':
      return buildSplit(builder, part, ids);
    case 'events':
      return buildEvents(builder, part, ids);
    case 'loop':
      return buildLoop(builder, part, ids);
    case 'transaction':
      return buildTransaction(builder, ids, (inner) => build(inner, part.body, ids));
    case 'sub':
      return buildSub(builder, part, ids);
    default:
      return buildLeaf(builder, part.kind, ids(part.kind));
  }
}

type LeafKind = Exclude<Block['kind'], 'sequence' | 'split' | 'events' | 'loop' | 'transaction' | 'sub'>;

function buildLeaf(builder: ModelBuilder, kind: LeafKind, id: string): ModelBuilder {
  switch (kind) {
    case 'user':
      return builder.userTask(id, { due: '=now() + duration("PT1H")', outputs: { [`${id}.done`]: '=choice' } });
    case 'service':
      return builder.serviceTask(id, { inputs: { amount: '=choice' } });
    case 'script':
      return builder.scriptTask(id, '=1 + 1', `${id}Result`);
    case 'manual':
      return builder.manualTask(id);
    case 'call':
      return builder.callActivity(id, { process: 'other' });
    case 'message':
      return builder.catchEvent(id, { message: { name: 'paid', key: '="k"' } });
    case 'timer':
      return builder.catchEvent(id, { timer: { duration: 'PT1H' } });
    case 'signal':
      return builder.catchEvent(id, { signal: 'alarm' });
    case 'throwSignal':
      return builder.throwEvent(id, { signal: 'alarm' });
    case 'escalate':
      return builder.throwEvent(id, { escalation: 'late' });
    case 'link':
      return builder.throwEvent(id, { link: id }).catchEvent(`${id}Target`, { link: id });
    case 'failing':
      return builder.exclusiveGateway(id, { [`${id}Yes`]: '=ready', [`${id}No`]: 'default' }).branch(`${id}Yes`);
    default:
      return buildRareLeaf(builder, kind, id);
  }
}

type Kind<K extends Block['kind']> = Extract<Block, { readonly kind: K }>;

function buildSplit(builder: ModelBuilder, { split, join, branches }: Kind<'split'>, ids: Ids): ModelBuilder {
  const [fork, merge] = [ids('fork'), ids('merge')];
  const names = branches.map((_, index) => `${fork}-${index}`);
  const conditions = Object.fromEntries(
    names.map((name, index) => [name, index === 0 ? 'default' : `=choice >= ${index}`]),
  );
  if (split === 'parallel') builder.parallelGateway(fork, names);
  else if (split === 'exclusive') builder.exclusiveGateway(fork, conditions);
  else if (split === 'complex') builder.complexGateway(fork, undefined, conditions);
  else builder.inclusiveGateway(fork, conditions);
  branches.forEach((each, index) => build(builder.branch(names[index] ?? ''), each, ids).connectTo(merge));
  if (join === 'parallel') return builder.parallelGateway(merge);
  if (join === 'complex') return builder.complexGateway(merge, '=activationCount >= 2 or choice = 0');
  return join === 'exclusive' ? builder.exclusiveGateway(merge) : builder.inclusiveGateway(merge);
}

function buildEvents(builder: ModelBuilder, { first, second }: Kind<'events'>, ids: Ids): ModelBuilder {
  const [fork, merge] = [ids('race'), ids('merge')];
  const names = [`${fork}-0`, `${fork}-1`] as const;
  builder.eventBasedGateway(fork, names);
  build(builder.branch(names[0]).catchEvent(ids('timer'), { timer: { duration: 'PT2H' } }), first, ids).connectTo(
    merge,
  );
  build(
    builder.branch(names[1]).catchEvent(ids('message'), { message: { name: 'paid', key: '="k"' } }),
    second,
    ids,
  ).connectTo(merge);
  return builder.exclusiveGateway(merge);
}

/** A task stands in each loop, so that a run always comes to rest. */
function buildLoop(builder: ModelBuilder, { body }: Kind<'loop'>, ids: Ids): ModelBuilder {
  const [task, gate] = [ids('again'), ids('gate')];
  build(builder.userTask(task), body, ids).exclusiveGateway(gate, {
    [`${gate}-back`]: '=again = true',
    [`${gate}-on`]: 'default',
  });
  return builder.branch(`${gate}-back`).connectTo(task).branch(`${gate}-on`);
}

/** How often the sub-process runs. */
function loopOf(kind: LoopKind, id: string): ElementOptions {
  const loop = { collection: '=[1, 2]', element: 'item', outputCollection: `${id}Out`, outputElement: '=choice' };
  const counted = { cardinality: '=2', outputCollection: `${id}Out`, outputElement: '=choice' };
  switch (kind) {
    case 'none':
      return {};
    case 'standard':
      return { loop: { condition: '=choice = 2', maximum: '2' } };
    case 'each':
      return { multiInstance: { ...counted, behavior: { kind: 'None', signal: 'alarm' } } };
    case 'counted':
      return { multiInstance: counted };
    default:
      return { multiInstance: { ...loop, sequential: kind === 'sequential' } };
  }
}

function buildSub(builder: ModelBuilder, part: Kind<'sub'>, ids: Ids): ModelBuilder {
  const [id, merge] = [ids('sub'), ids('merge')];
  builder.subProcess(id, (inner) => buildInner(inner, part, ids), loopOf(part.loop, id));
  if (part.boundary === 'none') return builder;
  builder.connectTo(merge);
  const event = ids('boundary');
  if (part.boundary === 'timer') builder.boundary(event, id, { timer: { duration: 'PT3H' } });
  if (part.boundary === 'cycle') builder.boundary(event, id, { timer: { cycle: 'R2/PT1H' }, interrupting: false });
  if (part.boundary === 'error') builder.boundary(event, id, { error: 'broken' });
  if (part.boundary === 'escalation') builder.boundary(event, id, { escalation: 'late', interrupting: false });
  if (part.boundary === 'overtake') builder.boundary(event, id, { escalation: '' });
  if (part.boundary === 'condition') builder.boundary(event, id, { conditional: '=choice = 1', interrupting: false });
  if (part.boundary === 'both') builder.boundary(event, id, { all: allOf, parallelMultiple: true });
  if (part.boundary === 'message')
    builder.boundary(event, id, { message: { name: 'paid', key: '="k"' }, interrupting: false });
  return builder.manualTask(ids('manual')).connectTo(merge).exclusiveGateway(merge);
}

const endings: Readonly<Record<EndKind, EventOptions>> = {
  none: {},
  terminate: { terminate: true },
  error: { error: 'broken' },
  escalation: { escalation: 'late' },
  compensation: { compensate: '' },
  all: { all: [{ signal: 'alarm' }, { escalation: 'late' }, { compensate: '' }] },
};

const listeners: Readonly<Record<Exclude<ListenerKind, 'none'>, EventOptions>> = {
  interrupting: { signal: 'alarm', interrupting: true },
  nonInterrupting: { signal: 'alarm', interrupting: false },
  error: { error: '' },
  escalation: { escalation: 'late', interrupting: false },
  condition: { conditional: '=choice = 2', interrupting: false },
  compensation: { compensate: '' },
};

function buildInner(inner: ModelBuilder, { body, listener, ending }: Kind<'sub'>, ids: Ids): ModelBuilder {
  build(inner.start(ids('start')), body, ids);
  inner.end(ids('end'), endings[ending]);
  if (listener === 'none') return inner;
  const event = listeners[listener];
  return inner.eventSubProcess(ids('listener'), (own) =>
    own.start(ids('start'), event).userTask(ids('user')).end(ids('end')),
  );
}
