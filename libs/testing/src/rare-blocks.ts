import type { ModelBuilder } from './model.js';

/** Makes ids that differ. */
export type Ids = (prefix: string) => string;

/** Pieces of random models that stand for one element of a rarer kind, or a few that belong together. */
export const rareKinds = [
  'condition',
  'either',
  'both',
  'repeated',
  'listened',
  'booked',
  'undo',
  'multiplied',
  'adHoc',
  'anyOf',
] as const;
export type RareKind = (typeof rareKinds)[number];

const anyOf = [{ message: { name: 'paid', key: '="k"' } }, { timer: { duration: 'PT1H' } }, { signal: 'alarm' }];
export const allOf = [{ signal: 'alarm' }, { timer: { duration: 'PT1H' } }, { conditional: '=choice >= 1' }];

export function buildRareLeaf(builder: ModelBuilder, kind: RareKind, id: string): ModelBuilder {
  switch (kind) {
    case 'condition':
      return builder.catchEvent(id, { conditional: '=choice = 2' });
    case 'either':
      return builder.catchEvent(id, { all: anyOf });
    case 'both':
      return builder.catchEvent(id, { all: allOf, parallelMultiple: true });
    case 'repeated':
      return builder.userTask(id, { loop: { condition: '=again', maximum: '3' } });
    case 'listened':
      return buildListened(builder, id);
    case 'booked':
      return booked(builder, id);
    case 'undo':
      return builder.throwEvent(id, { compensate: '' });
    case 'multiplied':
      return builder.manualTask(id, { completionQuantity: 2 }).userTask(`${id}All`, { startQuantity: 2 });
    case 'adHoc':
      return buildAdHoc(builder, id);
    case 'anyOf':
      return builder.userTask(id, { multiInstance: { cardinality: '=3', behavior: { kind: 'One', signal: 'alarm' } } });
  }
}

function buildListened(builder: ModelBuilder, id: string): ModelBuilder {
  return builder.userTask(id, {
    startListeners: ['before'],
    endListeners: ['after', 'after'],
    taskListeners: { completing: ['check'], assigning: ['check'] },
    assignee: 'ann',
  });
}

/** A task with the handler that compensates it. */
export function booked(builder: ModelBuilder, id: string): ModelBuilder {
  return builder
    .serviceTask(id)
    .compensation(id, `${id}Undo`)
    .serviceTask(`${id}Undo`, { isForCompensation: true })
    .at(id);
}

function buildAdHoc(builder: ModelBuilder, id: string): ModelBuilder {
  return builder.adHoc(id, (inner) => inner.userTask(`${id}A`).manualTask(`${id}B`).apart().serviceTask(`${id}C`), {
    activeElements: `=["${id}A", "${id}C"]`,
    sequential: id.length % 2 === 0,
    completionCondition: '=choice = 1',
  });
}

/** A transaction that begins with what can be compensated and cancels itself where `again` is true. */
export function buildTransaction(
  builder: ModelBuilder,
  ids: Ids,
  build: (inner: ModelBuilder) => ModelBuilder,
): ModelBuilder {
  const [id, merge, gate] = [ids('deal'), ids('merge'), ids('gate')];
  builder.transaction(id, (inner) => {
    const first = ids('booked');
    build(booked(inner.start(ids('start')), first)).exclusiveGateway(gate, {
      [`${gate}-no`]: '=again = true',
      [`${gate}-yes`]: 'default',
    });
    return inner.branch(`${gate}-no`).end(ids('cancel'), { cancel: true }).branch(`${gate}-yes`).end(ids('end'));
  });
  builder.connectTo(merge).boundary(ids('boundary'), id, { cancel: true });
  return builder.manualTask(ids('manual')).connectTo(merge).exclusiveGateway(merge);
}
