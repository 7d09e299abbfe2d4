import { singleEventsOf, type BpmnElement, type BpmnElementType, type SingleEventDefinition } from '#bpmn';
import { adHocAround, endsAdHoc, enterAdHoc } from './ad-hoc.js';
import { cancelTransaction, enterRemade, remember, throwCompensation } from './compensation.js';
import { bring, mapOutputs, prepare, valueOf } from './data.js';
import { implicitSplit, produce } from './flows.js';
import { flowsOutOf } from './joins.js';
import { listen } from './listening.js';
import { enterBody, leaveRun } from './loops.js';
import { textOf, throwAtOnce, throwError } from './throwing.js';
import { begin, elementOf, empty, find, get, isBody, remove, toStage, type Instance, type World } from './world.js';

/** A token has arrived: the node begins. BPMN 2.0.2, 13.3 to 13.5. */
export function enter(world: World, instance: Instance): void {
  const element = elementOf(world, instance);
  if (instance.isRemade) return enterRemade(world, instance);
  if (isBody(world, instance)) {
    if (!enterBody(world, instance)) instance.isStuck = true;
    return;
  }
  prepare(world, instance, element);
  entering(element)(world, instance, element);
}

type Entering = (world: World, instance: Instance, element: BpmnElement) => void;

const waiting: ReadonlySet<BpmnElementType> = new Set([
  'userTask',
  'receiveTask',
  'callActivity',
  'intermediateCatchEvent',
  'eventBasedGateway',
] as const);
const holding: ReadonlySet<BpmnElementType> = new Set([
  'process',
  'subProcess',
  'eventSubProcess',
  'transaction',
] as const);

function entering({ type, job, event }: BpmnElement): Entering {
  if (event?.kind === 'link' && type === 'intermediateCatchEvent') return pass;
  if (job || waiting.has(type)) return wait;
  if (holding.has(type)) return enterScope;
  if (type === 'adHocSubProcess') return (world, scope) => void (enterAdHoc(world, scope) ?? (scope.isStuck = true));
  if (type.endsWith('Gateway')) return enterGateway;
  if (type === 'endEvent' || type === 'intermediateThrowEvent' || type === 'sendTask') return enterThrowing;
  return type === 'scriptTask' ? enterScript : pass;
}

const pass: Entering = (world, instance) => toStage(world, instance, 'leaving');

const wait: Entering = (world, instance) => {
  listen(world, instance);
  toStage(world, instance, 'active');
};

/** Reading: without start event all begins that no flow leads to. BPMN 2.0.2, 13.2 and 13.3.4. */
const enterScope: Entering = (world, scope, { startEvent, implicitStarts }) => {
  wait(world, scope, elementOf(world, scope));
  for (const index of startEvent === undefined ? implicitStarts : [startEvent]) begin(world, index, scope.id);
};

const enterScript: Entering = (world, instance, { script }) => {
  if (script && script.resultVariable !== '')
    bring(world, instance, { [script.resultVariable]: valueOf(world, instance, script.expression) });
  toStage(world, instance, 'leaving');
};

const enterGateway: Entering = (world, instance, gateway) => {
  const scope = get(world, instance.scope);
  const flows = flowsOutOf(world, scope, gateway);
  if (!flows) {
    instance.isStuck = true;
    return;
  }
  remove(world, instance);
  produce(world, scope, flows);
};

/** Throws all that is thrown at once; one of the rest decides how it ends. BPMN 2.0.2, 10.5.3 and 13.5.6. */
const enterThrowing: Entering = (world, instance, element) => {
  const deciding = singleEventsOf(element).filter((event) => {
    return find(world, instance.id) !== undefined && !throwAtOnce(world, instance, event);
  });
  if (!find(world, instance.id)) return;
  if (element.linkTarget !== undefined) begin(world, element.linkTarget, instance.scope);
  endWith(world, instance, deciding.at(-1));
};

function endWith(world: World, instance: Instance, event: SingleEventDefinition | undefined): void {
  if (event?.kind === 'compensation') return throwCompensation(world, instance, event);
  if (event?.kind === 'cancel') return cancelTransaction(world, instance);
  if (event?.kind === 'terminate') return terminateScope(world, instance);
  if (event?.kind !== 'error') return toStage(world, instance, 'leaving');
  const code = textOf(world, instance, event.errorCode, event.errorCodeExpression);
  throwError(world, instance, code, { ...instance.variables });
}

/** All in the scope ends, and with it the scope. BPMN 2.0.2, 13.5.6, "Terminate End Event". */
function terminateScope(world: World, end: Instance): void {
  const scope = get(world, end.scope);
  empty(world, scope);
  if (scope.stage === 'active') toStage(world, scope, 'leaving');
}

/** The work of a node is done: it ends and its tokens go on. */
export function leave(world: World, instance: Instance): void {
  const element = elementOf(world, instance);
  if (!instance.isRemade && !isBody(world, instance)) mapOutputs(world, instance);
  if (instance.counter !== undefined) return leaveRun(world, instance);
  const isQuiet = instance.isRemade === true || instance.compensation?.hasLeft === true || element.type === 'process';
  const flows = isQuiet ? [] : implicitSplit(world, { element, from: instance });
  if (!flows) {
    instance.isStuck = true;
    return;
  }
  const scope = find(world, instance.scope);
  const adHoc = adHocAround(world, instance);
  remember(world, instance);
  remove(world, instance);
  if (!scope) world.state.status = 'completed';
  else if (!adHoc || !endsAdHoc(world, adHoc))
    for (let count = element.completionQuantity ?? 1; count > 0; count -= 1) produce(world, scope, flows);
}
