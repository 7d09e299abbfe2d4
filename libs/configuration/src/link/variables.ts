import { singleEventsOf, type BpmnElement } from '#bpmn';
import type { ProcessEntry } from '../configuration-set.js';
import { constantOf, expressionsOf, useNames, variableOf, variablesRead } from './expressions.js';
import { builtInJobTypes } from './job-links.js';
import { type LinkContext, reportElement, type Sentence } from './link-context.js';
import { messagesCaught, messagesThrown } from './message-links.js';
import type { RoomsFile } from '../rooms-file.js';

/** Variables that the platform or the engine sets itself. */
const platformVariables: readonly string[] = [
  'caseNo',
  'caseKey',
  'loopCounter',
  'numberOfInstances',
  'numberOfActiveInstances',
  'numberOfCompletedInstances',
  'numberOfTerminatedInstances',
  'activationCount',
  'activationCounts',
  'waitingForStart',
];

/** Warns of expressions and decision inputs that read a variable which nothing in the set ever gives the process. */
export function linkVariables(
  context: LinkContext,
  known: ReadonlyMap<string, ReadonlySet<string>>,
  process: ProcessEntry,
): void {
  const variables = known.get(process.id) ?? new Set<string>();
  const report = (element: BpmnElement, what: Sentence, names: readonly string[]) => {
    for (const name of names.filter((one) => !variables.has(one))) {
      const text: Sentence = [
        `Nothing sets the variable "${name}" that ${what[0]} of "${element.name || element.id}" reads.`,
        `“${element.name || element.id}”的${what[1]}读取变量“${name}”，但没有任何表单、映射或消息设置它。`,
      ];
      reportElement(context, process, element, { code: 'link.unknownVariable', severity: 'warning', text });
    }
  };
  for (const { element, use, expression } of expressionsOf(process.definition))
    report(element, useNames[use], variablesRead(expression));
  for (const element of process.definition.elements) {
    const decision = context.set.decisions.find(({ id }) => id === element.calledDecision?.decisionId);
    if (decision) report(element, [`the decision "${decision.name}"`, `决策“${decision.name}”`], decision.reads);
  }
}

/** By process id: every name that a form, a mapping, a result, a message or a caller may give it. */
export function knownVariables(context: LinkContext): ReadonlyMap<string, ReadonlySet<string>> {
  const { processes } = context.set;
  const known = new Map(processes.map((process) => [process.id, ownVariables(context, process)]));
  const calls = processes.flatMap((process) => callsOf(process));
  for (let grown = true; grown;) {
    grown = false;
    for (const { from, to, names } of calls) {
      const target = known.get(to);
      const before = target?.size;
      for (const name of names ?? known.get(from) ?? []) target?.add(name);
      grown ||= target !== undefined && target.size !== before;
    }
  }
  return known;
}

/** What comes with the message that `ct.intervention` names. */
const interventionVariables = ['caseNo', 'intervention', 'interventionReason', 'ended'];

/** What comes with the message of an action of a room: the account, and the moment as ISO text. */
const actingVariables = ['actor', 'actedAt'];

const actionsOf = (rooms: RoomsFile) => Object.values(rooms).flatMap(({ actions = [] }) => actions);

interface Call {
  readonly from: string;
  readonly to: string;
  /** Absent: all. */
  readonly names?: readonly string[];
}

function callsOf(process: ProcessEntry): readonly Call[] {
  return process.definition.elements.flatMap((element) => {
    const called = constantOf(element.calledElement?.processId);
    if (typeof called !== 'string' || !element.calledElement) return [];
    const { propagateAllParentVariables, propagateAllChildVariables } = element.calledElement;
    const inputs = element.inputMappings.map(({ target }) => variableOf(target));
    const down: Call = propagateAllParentVariables
      ? { from: process.id, to: called }
      : { from: process.id, to: called, names: inputs };
    const readBack = element.outputMappings.flatMap(({ source }) => variablesRead(source));
    const up: Call = propagateAllChildVariables
      ? { from: called, to: process.id }
      : { from: called, to: process.id, names: readBack };
    return [down, up];
  });
}

function ownVariables(context: LinkContext, process: ProcessEntry): Set<string> {
  const { set } = context;
  const names = new Set(platformVariables);
  for (const formId of process.formIds)
    Object.keys(set.forms.get(formId)?.schema.properties ?? {}).forEach((name) => names.add(name));
  for (const name of process.definition.elements.flatMap(setBy)) names.add(name);
  for (const { variables = {} } of set.scheduleDeclarations.filter(({ processId }) => processId === process.id))
    for (const name of ['scheduledFor', ...Object.keys(variables)]) names.add(name);
  const caught = new Set(messagesCaught(process.definition).flatMap(({ name }) => name ?? []));
  for (const { message, variables = {} } of set.portal?.tracking?.actions ?? [])
    if (caught.has(message)) Object.keys(variables).forEach((name) => names.add(name));
  for (const { processId, variables = {} } of set.launchers)
    if (processId === process.id) Object.keys(variables).forEach((name) => names.add(name));
  for (const { element, name } of set.processes.flatMap(({ definition }) => messagesThrown(definition))) {
    if (name !== undefined && caught.has(name))
      element.inputMappings.forEach(({ target }) => names.add(variableOf(target)));
  }
  for (const { variables = {} } of actionsOf(set.rooms).filter(({ message }) => caught.has(message)))
    [...actingVariables, ...Object.keys(variables)].forEach((name) => names.add(name));
  if (set.processes.some(({ interventionMessage = '' }) => caught.has(interventionMessage)))
    interventionVariables.forEach((name) => names.add(name));
  for (const { declaration } of set.readModel.deadlines)
    for (const { do: act } of declaration.marks ?? []) {
      const isCaught = act.message !== undefined && caught.has(act.message.name);
      const given = act.start?.processId === process.id ? act.start.variables : isCaught ? act.message?.variables : {};
      Object.keys(given ?? {}).forEach((name) => names.add(name));
    }
  return names;
}

function setBy(element: BpmnElement): readonly string[] {
  const type = constantOf(element.job?.type);
  return [
    ...[...element.inputMappings, ...element.outputMappings].map(({ target }) => variableOf(target)),
    ...givenAtStart(element),
    element.script?.resultVariable,
    element.calledDecision?.resultVariable,
    element.multiInstance?.inputElement,
    element.multiInstance?.outputCollection,
    element.job?.headers['resultVariable'],
    element.job?.headers['internal'],
    ...(typeof type === 'string' ? (builtInJobTypes[type] ?? unknownResults(element)) : []),
  ].filter((name): name is string => name !== undefined && name !== '');
}

/** Who has the conditions of a start event asked gives what they read. */
function givenAtStart(element: BpmnElement): readonly string[] {
  if (element.type !== 'startEvent') return [];
  return singleEventsOf(element).flatMap((event) =>
    event.kind === 'conditional' ? variablesRead(event.condition) : [],
  );
}

/** What an external worker gives back shows only where a mapping reads it. */
function unknownResults(element: BpmnElement): readonly string[] {
  return element.outputMappings.flatMap(({ source }) => variablesRead(source));
}
