import type { BeginningKind, Block, RandomProcess } from './blocks.js';
import { anyOf, catching, endings, loopOf, paid } from './catching.js';
import { booked, buildLeaf } from './leaf-blocks.js';
import { model, type ModelBuilder } from './model.js';

/** Makes ids that differ. */
type Ids = (prefix: string) => string;

export function buildProcess({ hasNoneStart, beginnings, body }: RandomProcess): ModelBuilder {
  const ids = counter();
  const builder = model('random');
  if (hasNoneStart) builder.start();
  builder.manualTask('begin');
  for (const kind of beginnings) buildBeginning(builder.apart(), kind, ids(kind)).connectTo('begin');
  return build(builder.at('begin'), body, ids).end();
}

function counter(): Ids {
  let last = 0;
  return (prefix) => `${prefix}${(last += 1)}`;
}

function buildBeginning(builder: ModelBuilder, kind: BeginningKind, id: string): ModelBuilder {
  switch (kind) {
    case 'message':
      return builder.start(id, { message: { name: id } });
    case 'timer':
      return builder.start(id, { timer: { cycle: 'R/PT1H' } });
    case 'signal':
      return builder.start(id, { signal: 'alarm' });
    case 'condition':
      return builder.start(id, { conditional: '=choice = 2' });
    case 'either':
      return builder.start(id, { all: [{ message: { name: id } }, { signal: 'alarm' }] });
    case 'both':
      return builder.start(id, { all: [{ message: { name: id } }, { signal: 'alarm' }], parallelMultiple: true });
    case 'receive':
      return builder.receiveTask(id, { name: id }, { instantiate: true });
    default:
      return buildRace(builder, id, kind === 'all');
  }
}

/** Any of the events creates the instance; the parallel gateway waits for the other one then. */
function buildRace(builder: ModelBuilder, id: string, isParallel: boolean): ModelBuilder {
  const branches = [`${id}-0`, `${id}-1`] as const;
  builder.eventBasedGateway(id, branches, {
    instantiate: true,
    ...(isParallel && { eventGatewayType: 'Parallel' as const }),
  });
  builder.branch(branches[0]).catchEvent(`${id}Message`, { message: paid }).connectTo('begin');
  return builder.branch(branches[1]).catchEvent(`${id}Other`, { message: { name: 'other', key: '="k"' } });
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
      return buildTransaction(builder, part, ids);
    case 'sub':
      return buildSub(builder, part, ids);
    default:
      return buildLeaf(builder, part.kind, ids(part.kind));
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
  const names = [`${fork}-0`, `${fork}-1`, `${fork}-2`] as const;
  builder.eventBasedGateway(fork, names);
  const timer = builder.branch(names[0]).catchEvent(ids('timer'), { timer: { duration: 'PT2H' } });
  build(timer, first, ids).connectTo(merge);
  build(builder.branch(names[1]).catchEvent(ids('either'), { all: anyOf }), second, ids).connectTo(merge);
  builder.branch(names[2]).receiveTask(ids('receive'), paid).connectTo(merge);
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

/** Begins with what can be compensated and cancels itself where `again` is true. */
function buildTransaction(builder: ModelBuilder, { body }: Kind<'transaction'>, ids: Ids): ModelBuilder {
  const [id, merge, gate] = [ids('deal'), ids('merge'), ids('gate')];
  builder.transaction(id, (inner) => {
    build(booked(inner.start(ids('start')), ids('booked')), body, ids).exclusiveGateway(gate, {
      [`${gate}-no`]: '=again = true',
      [`${gate}-yes`]: 'default',
    });
    return inner.branch(`${gate}-no`).end(ids('cancel'), { cancel: true }).branch(`${gate}-yes`).end(ids('end'));
  });
  builder.connectTo(merge).boundary(ids('boundary'), id, { cancel: true });
  return builder.manualTask(ids('manual')).connectTo(merge).exclusiveGateway(merge);
}

function buildSub(builder: ModelBuilder, part: Kind<'sub'>, ids: Ids): ModelBuilder {
  const [id, merge] = [ids('sub'), ids('merge')];
  const boundary = catching(part.boundary);
  builder.subProcess(id, (inner) => buildInner(inner, part, ids), loopOf(part.loop, id));
  if (!boundary) return builder;
  builder.connectTo(merge).boundary(ids('boundary'), id, boundary);
  return builder.manualTask(ids('manual')).connectTo(merge).exclusiveGateway(merge);
}

function buildInner(inner: ModelBuilder, { body, listener, ending }: Kind<'sub'>, ids: Ids): ModelBuilder {
  build(inner.start(ids('start')), body, ids);
  inner.end(ids('end'), endings[ending]);
  const event = catching(listener);
  if (!event) return inner;
  return inner.eventSubProcess(ids('listener'), (own) =>
    own.start(ids('start'), event).userTask(ids('user')).end(ids('end')),
  );
}
