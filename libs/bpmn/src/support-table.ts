import type { BpmnElementType } from './process-definition.js';
import {
  eventKinds,
  inertAttributes,
  translatedAttributes,
  zeebeExtensions,
  type EventPlace,
} from './supported-elements.js';

export interface SupportRow {
  readonly type: BpmnElementType;
  readonly element: string;
  /** Event definitions it is executed with, and what it carries. */
  readonly executedWith: string;
  /** Section of BPMN 2.0.2. */
  readonly section: string;
}

const eventRow = (type: BpmnElementType, element: string, place: EventPlace, section: string): SupportRow => ({
  type,
  element,
  executedWith: `${eventKinds[place].join(', ')}; multiple, parallel multiple`,
  section,
});
const throwRow = (type: BpmnElementType, element: string, place: EventPlace, section: string): SupportRow => ({
  type,
  element,
  executedWith: `${eventKinds[place].join(', ')}; multiple`,
  section,
});

const everyActivity = 'multi-instance, standard loop, quantities, compensation handler, listeners, mappings';

/** The support table: what is executed, and with what. */
export const supportedElements: readonly SupportRow[] = [
  {
    type: 'process',
    element: 'process',
    executedWith: 'start events; without any, all that no flow leads to',
    section: '13.2',
  },
  eventRow('startEvent', 'start event', 'startEvent', '10.5.2'),
  eventRow('startEvent', 'start event of an event sub-process', 'eventSubProcessStart', '10.5.2'),
  eventRow('intermediateCatchEvent', 'intermediate catch event', 'intermediateCatchEvent', '10.5.4'),
  throwRow('intermediateThrowEvent', 'intermediate throw event', 'intermediateThrowEvent', '10.5.4'),
  eventRow('boundaryEvent', 'boundary event', 'boundaryEvent', '10.5.4'),
  throwRow('endEvent', 'end event', 'endEvent', '10.5.3'),
  {
    type: 'userTask',
    element: 'user task',
    executedWith: `form by id, assignment, human performer and potential owners, due dates, priority, task listeners (creating, assigning, updating, completing; canceling outside of transactions), role of its lane; ${everyActivity}`,
    section: '10.3.3',
  },
  {
    type: 'serviceTask',
    element: 'service task',
    executedWith: `zeebe:taskDefinition; ${everyActivity}`,
    section: '10.3.3',
  },
  {
    type: 'scriptTask',
    element: 'script task',
    executedWith: `FEEL in zeebe:script or bpmn:script, or zeebe:taskDefinition; ${everyActivity}`,
    section: '10.3.3',
  },
  {
    type: 'businessRuleTask',
    element: 'business rule task',
    executedWith: `zeebe:calledDecision, or zeebe:taskDefinition; ${everyActivity}`,
    section: '10.3.3',
  },
  {
    type: 'sendTask',
    element: 'send task',
    executedWith: `message, or zeebe:taskDefinition; ${everyActivity}`,
    section: '10.3.3',
  },
  {
    type: 'receiveTask',
    element: 'receive task',
    executedWith: `message with correlation key; instantiate; ${everyActivity}`,
    section: '10.3.3',
  },
  { type: 'manualTask', element: 'manual task', executedWith: `passes through; ${everyActivity}`, section: '10.3.3' },
  { type: 'task', element: 'undefined task', executedWith: `passes through; ${everyActivity}`, section: '10.3.3' },
  {
    type: 'callActivity',
    element: 'call activity',
    executedWith: `zeebe:calledElement or calledElement, a process or a global task; binding latest, deployment, versionTag; ${everyActivity}`,
    section: '10.3.6',
  },
  { type: 'subProcess', element: 'sub-process', executedWith: everyActivity, section: '10.3.5' },
  {
    type: 'eventSubProcess',
    element: 'event sub-process',
    executedWith: 'interrupting or not; compensation of its sub-process',
    section: '10.3.5',
  },
  {
    type: 'adHocSubProcess',
    element: 'ad-hoc sub-process',
    executedWith: `ordering, completion condition, cancelRemainingInstances, elements chosen by collection, command or job worker (zeebe:taskDefinition), output collection; ${everyActivity}`,
    section: '10.3.5, 13.3.5',
  },
  {
    type: 'transaction',
    element: 'transaction',
    executedWith: `cancel with compensation, hazard; ${everyActivity}`,
    section: '10.3.5, 13.3.6',
  },
  {
    type: 'exclusiveGateway',
    element: 'exclusive gateway',
    executedWith: 'conditions, default flow',
    section: '13.4.2',
  },
  { type: 'parallelGateway', element: 'parallel gateway', executedWith: 'split and join', section: '13.4.1' },
  {
    type: 'inclusiveGateway',
    element: 'inclusive gateway',
    executedWith: 'conditions, default flow; joins when no other token can arrive',
    section: '13.4.3',
  },
  {
    type: 'eventBasedGateway',
    element: 'event-based gateway',
    executedWith: 'exclusive; instantiating, then also parallel',
    section: '13.4.4',
  },
  {
    type: 'complexGateway',
    element: 'complex gateway',
    executedWith: 'activation condition over activationCount and activationCounts, waitingForStart, reset',
    section: '13.4.5',
  },
];

/** The table as Markdown, with the extensions that are read. */
export function supportTable(): string {
  const rows = supportedElements.map((row) => `| ${row.element} | ${row.executedWith} | ${row.section} |`);
  const translated = Object.entries(translatedAttributes).map(
    ([element, names]) => `- ${element}: ${names.join(', ')}`,
  );
  return [
    '# What is executed',
    '',
    'Written by the tests from the tables of the code (`UPDATE_DOCS=1`); what does not stand here is refused at deployment with the name of the element.',
    '',
    '| element | executed with | BPMN 2.0.2 |',
    '| --- | --- | --- |',
    ...rows,
    '',
    '## Extensions of Camunda 8',
    '',
    [...zeebeExtensions].map((name) => `\`${name}\``).join(', '),
    '',
    '## Attributes of Camunda 7, Operaton, Flowable and Activiti',
    '',
    'Read as their zeebe counterparts, with a warning; simple expressions such as `${amount > 100}` become FEEL:',
    '',
    ...translated,
    '',
    `Without effect here, with a warning: ${[...inertAttributes].join(', ')}. Every other one is refused by name.`,
    '',
  ].join('\n');
}
