import { label, type ProblemList } from './problem-list.js';
import type { BpmnElement, ElementIndex, ProcessDefinition } from './process-definition.js';

/** An element of one of the processes. */
interface Node {
  readonly definition: ProcessDefinition;
  readonly element: BpmnElement;
  /** What a token that comes here leads to: all of these for certain, or one of them. */
  readonly leadsTo: { readonly every: readonly Node[]; readonly oneOf: readonly Node[] };
}

/**
 * Refuses circles of flows, loops and calls that no choice and no event leads out of and that rest nowhere: a token that
 * came into one would move for ever. What may end, by data or from outside, is bounded while it runs instead.
 */
export function checkEndless(problems: ProblemList, definitions: readonly ProcessDefinition[]): void {
  for (const definition of definitions)
    for (const element of definition.elements)
      if (isEndlessLoop(element) && !isInterruptible(definition, element)) report(problems, element);
  const nodes = nodesOf(definitions);
  const endless = endlessOf(nodes);
  const seen = new Set<Node>();
  for (const node of nodes) {
    const first = circleFrom(node, endless, seen);
    if (first) report(problems, first.element);
  }
}

function report(problems: ProblemList, element: BpmnElement): void {
  problems.error('endlessCircle', element, {
    en: `Expected a way out of the circle at ${label(element)} but it comes back for ever and rests nowhere. Add a choice that leads out, a maximum, or a wait state such as a user task or timer.`,
    zh: `${label(element)} 处的循环没有出口，也没有等待点，将永远运行下去。请增加可以离开的分支、最大次数，或用户任务、定时器等等待点。`,
  });
}

/** Its body passes at once and its condition is the constant true. Source: BPMN 2.0.2, 10.3.8, "Standard Loop". */
function isEndlessLoop(element: BpmnElement): boolean {
  const { standardLoop } = element;
  if (!standardLoop || standardLoop.maximum || !passes({ ...element, outgoing: [0] })) return false;
  return /^\s*=?\s*true\s*$/.test(standardLoop.condition?.source ?? '');
}

function nodesOf(definitions: readonly ProcessDefinition[]): readonly Node[] {
  const byProcess = new Map<string, readonly Node[]>();
  const all = definitions.flatMap((definition) => {
    const nodes = definition.elements.map((element): Mutable => ({ definition, element, leadsTo: NOWHERE }));
    byProcess.set(definition.bpmnProcessId, nodes);
    return nodes;
  });
  for (const node of all) node.leadsTo = leadsTo(node, byProcess);
  return all;
}

type Mutable = { -readonly [part in keyof Node]: Node[part] };
type LeadsTo = Node['leadsTo'];
const NOWHERE: LeadsTo = { every: [], oneOf: [] };

function leadsTo({ definition, element }: Node, byProcess: ReadonlyMap<string, readonly Node[]>): LeadsTo {
  if (isInterruptible(definition, element)) return NOWHERE;
  if (element.type === 'callActivity') return { ...NOWHERE, every: calledBy(element, byProcess) };
  if (element.standardLoop || !passes(element)) return NOWHERE;
  const own = byProcess.get(definition.bpmnProcessId) ?? [];
  const next = element.type === 'process' ? element.startEvent : element.linkTarget;
  if (next !== undefined) return { ...NOWHERE, every: own.slice(next, next + 1) };
  const targets = element.outgoing.flatMap((index) => {
    const flow = definition.flows[index];
    const target = flow && own[flow.target];
    return target ? [{ target, isChosen: flow.condition !== undefined || index === element.defaultFlow }] : [];
  });
  const isChoice = element.type === 'exclusiveGateway' && targets.length > 1;
  const certain = targets.filter(({ isChosen }) => !isChosen && !isChoice).map(({ target }) => target);
  return certain.length > 0 ? { every: certain, oneOf: [] } : { every: [], oneOf: targets.map(({ target }) => target) };
}

/** The start of the process that it calls, where that stands in the same file and is called for certain. */
function calledBy(element: BpmnElement, byProcess: ReadonlyMap<string, readonly Node[]>): readonly Node[] {
  const { calledElement, multiInstance, standardLoop } = element;
  if (!calledElement || multiInstance || standardLoop || !isUndisturbed(element)) return [];
  if (calledElement.bindingType === 'versionTag') return [];
  const called = byProcess.get(staticId(calledElement.processId.source));
  return called ? called.slice(0, 1) : [];
}

/** The id that a text or a FEEL string says; what a variable holds is not known. */
function staticId(source: string): string {
  const [, quoted, plain] = /^\s*(?:=\s*"([^"]*)"|([^="]*?))\s*$/.exec(source) ?? [];
  return quoted ?? plain ?? '';
}

const PASSING = new Set(['task', 'manualTask', 'scriptTask', 'businessRuleTask', 'exclusiveGateway', 'startEvent']);
const MERGING = new Set(['inclusiveGateway', 'parallelGateway']);

/** Whether a token that comes goes on at once, in the same command, without asking anybody. */
function passes(element: BpmnElement): boolean {
  const { type, job, event, incoming } = element;
  if (!isUndisturbed(element) || job || element.multiInstance || element.isForCompensation) return false;
  if (MERGING.has(type)) return incoming.length <= 1;
  if (type === 'intermediateCatchEvent') return event?.kind === 'link';
  if (type === 'intermediateThrowEvent') return ['none', 'link', 'message', 'signal'].includes(event?.kind ?? 'none');
  return PASSING.has(type) || (type === 'process' && element.startEvent !== undefined);
}

const isUndisturbed = ({ boundaryEvents, executionListeners, startQuantity }: BpmnElement): boolean =>
  boundaryEvents.length === 0 && executionListeners.length === 0 && (startQuantity ?? 1) === 1;

/** Something at or in one of its scopes can end what goes on inside, whatever the circle itself does. */
function isInterruptible(definition: ProcessDefinition, element: BpmnElement): boolean {
  const terminated = terminatedScopes(definition);
  let scope: ElementIndex = element.type === 'process' ? element.index : element.flowScope;
  while (scope >= 0) {
    const holder = definition.elements[scope];
    if (!holder || mayEnd(holder) || terminated.has(scope)) return true;
    scope = holder.flowScope;
  }
  return false;
}

/** By an event, or since enough of an ad-hoc sub-process or of a multi-instance has completed. */
const mayEnd = ({ boundaryEvents, eventSubProcesses, adHoc, multiInstance }: BpmnElement): boolean =>
  boundaryEvents.length > 0 ||
  eventSubProcesses.length > 0 ||
  adHoc?.completionCondition !== undefined ||
  multiInstance?.completionCondition !== undefined;

const terminatedOf = new WeakMap<ProcessDefinition, ReadonlySet<ElementIndex>>();

/** Scopes that a terminate end event stands in; found once for each definition, which may have very many elements. */
function terminatedScopes(definition: ProcessDefinition): ReadonlySet<ElementIndex> {
  const known = terminatedOf.get(definition);
  if (known) return known;
  const ends = definition.elements.filter(({ event }) => event?.kind === 'terminate');
  const scopes = new Set(ends.map(({ flowScope }) => flowScope));
  terminatedOf.set(definition, scopes);
  return scopes;
}

/** The greatest set of which each element leads into it again, whatever is chosen. */
function endlessOf(nodes: readonly Node[]): ReadonlySet<Node> {
  const endless = new Set(nodes);
  const before = new Map<Node, Node[]>(nodes.map((node) => [node, []]));
  for (const node of nodes)
    for (const next of [...node.leadsTo.every, ...node.leadsTo.oneOf]) before.get(next)?.push(node);
  const doubtful = [...nodes];
  for (let node = doubtful.pop(); node; node = doubtful.pop()) {
    if (!endless.has(node) || staysIn(node, endless)) continue;
    endless.delete(node);
    doubtful.push(...(before.get(node) ?? []));
  }
  return endless;
}

function staysIn({ leadsTo: { every, oneOf } }: Node, endless: ReadonlySet<Node>): boolean {
  return every.some((node) => endless.has(node)) || (oneOf.length > 0 && oneOf.every((node) => endless.has(node)));
}

/** Goes on from an endless element until it comes back: the first element of a circle that was not seen yet. */
function circleFrom(start: Node, endless: ReadonlySet<Node>, seen: Set<Node>): Node | undefined {
  const path = new Set<Node>();
  let node: Node | undefined = endless.has(start) ? start : undefined;
  while (node && !seen.has(node)) {
    seen.add(node);
    path.add(node);
    node = nextOf(node, endless);
  }
  return node && path.has(node) ? visible(node, endless) : undefined;
}

const nextOf = ({ leadsTo: { every, oneOf } }: Node, endless: ReadonlySet<Node>): Node | undefined =>
  [...every, ...oneOf].find((next) => endless.has(next));

/** A circle of calls comes back to a process; what somebody can see and mend is the call. */
function visible(node: Node, endless: ReadonlySet<Node>): Node {
  let found = node;
  for (
    let steps = 0;
    found.element.type !== 'callActivity' && ['process', 'startEvent'].includes(found.element.type);
    steps += 1
  ) {
    const next = steps < 3 ? nextOf(found, endless) : undefined;
    if (!next) return found;
    found = next;
  }
  return found;
}
