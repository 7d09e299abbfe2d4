import { allOf, anyOf, paid } from './catching.js';
import type { ModelBuilder } from './model.js';
import type { ElementOptions } from './model-xml.js';

type Build = (builder: ModelBuilder, id: string) => ModelBuilder;

const tasks = {
  user: (builder, id) =>
    builder.userTask(id, { due: '=now() + duration("PT1H")', outputs: { [`${id}.done`]: '=choice' } }),
  service: (builder, id) => builder.serviceTask(id, { inputs: { amount: '=choice' } }),
  script: (builder, id) => builder.scriptTask(id, '=1 + 1', `${id}Result`),
  rule: (builder, id) => builder.businessRuleTask(id, 'rating', `${id}Result`),
  manual: (builder, id) => builder.manualTask(id),
  undefinedTask: (builder, id) => builder.task(id),
  send: (builder, id) => builder.sendTask(id, paid),
  receive: (builder, id) => builder.receiveTask(id, paid),
  call: (builder, id) => builder.callActivity(id, { process: 'other' }),
  takingCall: (builder, id) => builder.callActivity(id, { process: 'other', allChildVariables: true }),
  guardedCall: (builder, id) =>
    builder
      .callActivity(id, { process: 'other' })
      .boundary(`${id}Late`, id, { escalation: 'late', interrupting: false })
      .end(`${id}LateEnd`)
      .boundary(`${id}Broken`, id, { error: 'broken' })
      .end(`${id}BrokenEnd`)
      .at(id),
  repeated: (builder, id) => builder.userTask(id, { loop: { condition: '=again', maximum: '3' } }),
  everyOne: (builder, id) =>
    builder.userTask(id, { multiInstance: { cardinality: '=3', behavior: { kind: 'One', signal: 'alarm' } } }),
  multiplied: (builder, id) =>
    builder.manualTask(id, { completionQuantity: 2 }).userTask(`${id}All`, { startQuantity: 2 }),
} satisfies Record<string, Build>;

const events = {
  message: (builder, id) => builder.catchEvent(id, { message: paid }),
  timer: (builder, id) => builder.catchEvent(id, { timer: { duration: 'PT1H' } }),
  signal: (builder, id) => builder.catchEvent(id, { signal: 'alarm' }),
  condition: (builder, id) => builder.catchEvent(id, { conditional: '=choice = 2' }),
  either: (builder, id) => builder.catchEvent(id, { all: anyOf }),
  both: (builder, id) => builder.catchEvent(id, { all: allOf, parallelMultiple: true }),
  throwNone: (builder, id) => builder.throwEvent(id),
  throwMessage: (builder, id) => builder.throwEvent(id, { message: paid }),
  throwSignal: (builder, id) => builder.throwEvent(id, { signal: 'alarm' }),
  throwAll: (builder, id) => builder.throwEvent(id, { all: [{ signal: 'alarm' }, { message: paid }] }),
  escalate: (builder, id) => builder.throwEvent(id, { escalation: 'late' }),
  link: (builder, id) => builder.throwEvent(id, { link: id }).catchEvent(`${id}Target`, { link: id }),
} satisfies Record<string, Build>;

const flows = {
  failing: (builder, id) =>
    builder.exclusiveGateway(id, { [`${id}Yes`]: '=ready', [`${id}No`]: 'default' }).branch(`${id}Yes`),
  /** Two flows out of an activity split, two into one do not join. */
  unguarded: (builder, id) =>
    builder
      .task(id)
      .flows([`${id}A`, `${id}B`])
      .branch(`${id}A`)
      .connectTo(`${id}All`)
      .branch(`${id}B`)
      .userTask(`${id}All`),
  conditional: (builder, id) =>
    builder
      .task(id, { defaultFlow: `${id}C` })
      .flows({ [`${id}A`]: '=choice >= 1', [`${id}B`]: '=choice = 2', [`${id}C`]: 'default' })
      .branch(`${id}A`)
      .connectTo(`${id}All`)
      .branch(`${id}B`)
      .connectTo(`${id}All`)
      .branch(`${id}C`)
      .userTask(`${id}All`),
  /** Begins with the first of three tokens and takes the others at its reset. */
  voted: (builder, id) =>
    builder
      .parallelGateway(id, [`${id}A`, `${id}B`, `${id}C`])
      .branch(`${id}A`)
      .userTask(`${id}Ann`)
      .connectTo(`${id}Join`)
      .branch(`${id}B`)
      .userTask(`${id}Bob`)
      .connectTo(`${id}Join`)
      .branch(`${id}C`)
      .manualTask(`${id}Cid`)
      .complexGateway(`${id}Join`, '=activationCount >= 1', {
        [`${id}First`]: '=waitingForStart',
        [`${id}Rest`]: '=not(waitingForStart)',
      })
      .branch(`${id}Rest`)
      .userTask(`${id}Late`)
      .end(`${id}End`)
      .branch(`${id}First`),
} satisfies Record<string, Build>;

const compensations = {
  booked: (builder, id) => booked(builder, id),
  bookedEach: (builder, id) =>
    handled(builder.serviceTask(id, { multiInstance: { cardinality: '=2', sequential: true } }), id),
  bookedInside: (builder, id) =>
    builder.subProcess(id, (inner) => booked(inner.start(`${id}Start`), `${id}Inner`).end(`${id}End`)),
  /** Reached at once, so that the order of what is compensated shows in most runs. */
  bookedTwice: (builder, id) => bookedTwice(builder, id),
  bookedTwiceInside: (builder, id) => bookedScope(builder, id),
  bookedTwiceEach: (builder, id) => bookedScope(builder, id, { multiInstance: { cardinality: '=2' } }),
  undoTwice: (builder, id) => bookedTwice(builder, id).throwEvent(`${id}Back`, { compensate: '' }),
  undoTwiceInside: (builder, id) =>
    bookedTwice(bookedScope(builder, id), `${id}More`).throwEvent(`${id}Back`, { compensate: '' }),
  undoTwiceEach: (builder, id) =>
    bookedScope(builder, id, { multiInstance: { cardinality: '=2', sequential: true } }).throwEvent(`${id}Back`, {
      compensate: id,
    }),
  undo: (builder, id) => builder.throwEvent(id, { compensate: '' }),
  undoOne: (builder, id) =>
    booked(builder, id).userTask(`${id}Check`).throwEvent(`${id}Back`, { compensate: id, waitForCompletion: false }),
} satisfies Record<string, Build>;

const adHocs = {
  adHoc: (builder, id) =>
    builder.adHoc(id, (inner) => inner.userTask(`${id}A`).manualTask(`${id}B`).apart().serviceTask(`${id}C`), {
      activeElements: `=["${id}A", "${id}C"]`,
      sequential: id.length % 2 === 0,
      completionCondition: '=choice = 1',
    }),
  adHocFree: (builder, id) =>
    builder.adHoc(id, (inner) => inner.userTask(`${id}A`).manualTask(`${id}B`).apart().serviceTask(`${id}C`), {
      activeElements: `=["${id}C"]`,
      completionCondition: '=choice = 2',
      cancelRemaining: false,
      outputCollection: `${id}Out`,
      outputElement: '=choice',
    }),
  adHocOpen: (builder, id) =>
    builder.adHoc(id, (inner) => inner.userTask(`${id}A`).apart().userTask(`${id}C`), {
      activeElements: `=["${id}A", "${id}C"]`,
      sequential: true,
    }),
} satisfies Record<string, Build>;

/** Camunda 8 has them, the standard does not. */
const listened = {
  adHocByWorker: (builder, id) =>
    builder.adHoc(id, (inner) => inner.userTask(`${id}A`).manualTask(`${id}B`).apart().serviceTask(`${id}C`), {
      worker: 'decide',
      sequential: id.length % 2 === 0,
      outputCollection: `${id}Out`,
      outputElement: '=choice',
    }),
  listenedTask: (builder, id) =>
    builder.userTask(id, {
      startListeners: ['before'],
      endListeners: ['after', 'after'],
      taskListeners: { creating: ['check'], completing: ['check'], assigning: ['check'], updating: ['check'] },
      assignee: 'ann',
    }),
  /** Rests while it is ended, whether its own event, a scope or an operator ends it. */
  canceledTask: (builder, id) =>
    builder
      .userTask(id, { taskListeners: { canceling: ['last', 'last'] } })
      .boundary(`${id}Late`, id, { timer: { duration: 'PT1H' } })
      .end(`${id}LateEnd`)
      .at(id),
  canceledEach: (builder, id) =>
    builder.userTask(id, {
      taskListeners: { completing: ['check'], canceling: ['last'] },
      multiInstance: { cardinality: '=3', condition: '=choice = 1' },
    }),
  listenedScope: (builder, id) =>
    builder.subProcess(id, (inner) => inner.start(`${id}Start`).manualTask(`${id}In`).end(`${id}End`), {
      startListeners: ['before'],
      endListeners: ['after'],
      properties: [`${id}Note`],
    }),
} satisfies Record<string, Build>;

const standard = { ...tasks, ...events, ...flows, ...compensations, ...adHocs };
const all: Readonly<Record<LeafKind, Build>> = { ...standard, ...listened };

export type LeafKind = keyof typeof standard | keyof typeof listened;

const names = <K extends string>(builds: Readonly<Record<K, Build>>) => Object.keys(builds) as K[];
export const standardLeaves: readonly LeafKind[] = names(standard);
export const allLeaves: readonly LeafKind[] = names(all);

/** A piece that stands for one element, or a few that belong together. */
export function buildLeaf(builder: ModelBuilder, kind: LeafKind, id: string): ModelBuilder {
  return all[kind](builder, id);
}

function handled(builder: ModelBuilder, id: string): ModelBuilder {
  return builder.compensation(id, `${id}Undo`).serviceTask(`${id}Undo`, { isForCompensation: true }).at(id);
}

function bookedTwice(builder: ModelBuilder, id: string): ModelBuilder {
  return handled(handled(builder.manualTask(`${id}One`), `${id}One`).manualTask(`${id}Two`), `${id}Two`);
}

/** A sub-process whose two tasks are compensated with it. */
function bookedScope(builder: ModelBuilder, id: string, options: ElementOptions = {}): ModelBuilder {
  return builder.subProcess(id, (inner) => bookedTwice(inner.start(`${id}Start`), id).end(`${id}End`), options);
}

/** A task with the handler that compensates it. */
export function booked(builder: ModelBuilder, id: string): ModelBuilder {
  return handled(builder.serviceTask(id), id);
}
