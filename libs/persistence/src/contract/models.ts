import { createHash } from 'node:crypto';
import type { DeploymentSet } from '#runtime';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A BPMN file around the elements of one process. */
export function bpmn(id: string, body: string, rest = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d_${id}" targetNamespace="http://changtong/test">
${rest}<bpmn:process id="${id}" name="${id}" isExecutable="true">${body}</bpmn:process>
</bpmn:definitions>`;
}

export const properties = (values: Readonly<Record<string, string>>): string =>
  `<bpmn:extensionElements><zeebe:properties>${Object.entries(values)
    .map(([name, value]) => `<zeebe:property name="${name}" value="${value}" />`)
    .join('')}</zeebe:properties></bpmn:extensionElements>`;

export const flow = (source: string, target: string): string =>
  `<bpmn:sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}" />`;
export const start = (inner = ''): string => `<bpmn:startEvent id="start">${inner}</bpmn:startEvent>`;
export const end = (inner = ''): string => `<bpmn:endEvent id="end">${inner}</bpmn:endEvent>`;
export const userTask = (id: string, group = 'clerk'): string =>
  `<bpmn:userTask id="${id}" name="${id}"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="F01" bindingType="deployment" /><zeebe:assignmentDefinition candidateGroups="${group}" /></bpmn:extensionElements></bpmn:userTask>`;
export const form = '{"id":"F01","title":"Form","schema":{"type":"object"}}';
export const serviceTask = (id: string, type: string): string =>
  `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${type}" /></bpmn:extensionElements></bpmn:serviceTask>`;
export const message = (name: string, correlationKey?: string): string =>
  `<bpmn:message id="m_${name}" name="${name}">${correlationKey ? `<bpmn:extensionElements><zeebe:subscription correlationKey="${correlationKey}" /></bpmn:extensionElements>` : ''}</bpmn:message>`;
export const messageEvent = (name: string): string => `<bpmn:messageEventDefinition messageRef="m_${name}" />`;
export const timerEvent = (duration: string): string =>
  `<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition>`;
export const callActivity = (id: string, processId: string): string =>
  `<bpmn:callActivity id="${id}"><bpmn:extensionElements><zeebe:calledElement processId="${processId}" bindingType="deployment" propagateAllChildVariables="true" /></bpmn:extensionElements></bpmn:callActivity>`;

/** A set of BPMN files from the configuration folder. */
export function folderSet(files: Readonly<Record<string, string>>): DeploymentSet {
  const entries = Object.entries(files).map(([path, content]) => ({ path, content, digest: sha(content) }));
  return { hash: sha(JSON.stringify(files)), source: 'folder', files: entries };
}

export const taskProcess = bpmn(
  'order',
  start() + userTask('review', 'clerk@office') + end() + flow('start', 'review') + flow('review', 'end'),
);

/** Its title says what is not there, too. */
export const titledProcess = bpmn(
  'titled',
  properties({ 'ct.title': '=if kind = null then &quot;of no kind&quot; else kind' }) +
    start() +
    userTask('review') +
    end() +
    flow('start', 'review') +
    flow('review', 'end'),
);

export const caseProcess = bpmn(
  'petition',
  properties({ 'ct.case': 'XF', 'ct.title': '=&quot;Case &quot; + caseNo' }) +
    start() +
    userTask('review') +
    end() +
    flow('start', 'review') +
    flow('review', 'end'),
);

export const timerProcess = bpmn(
  'wait',
  start() +
    `<bpmn:intermediateCatchEvent id="pause">${timerEvent('PT1H')}</bpmn:intermediateCatchEvent>` +
    userTask('after') +
    end() +
    flow('start', 'pause') +
    flow('pause', 'after') +
    flow('after', 'end'),
);

export const messageProcess = bpmn(
  'listen',
  start() +
    `<bpmn:intermediateCatchEvent id="catch">${messageEvent('answer')}</bpmn:intermediateCatchEvent>` +
    userTask('after') +
    end() +
    flow('start', 'catch') +
    flow('catch', 'after') +
    flow('after', 'end'),
  message('answer', '=caseNo'),
);

export const messageStartProcess = bpmn(
  'started',
  start(messageEvent('begin')) + userTask('first') + end() + flow('start', 'first') + flow('first', 'end'),
  message('begin'),
);

export const parentProcess = bpmn(
  'parent',
  start() +
    callActivity('call', 'child') +
    `<bpmn:boundaryEvent id="failed" attachedToRef="call"><bpmn:errorEventDefinition errorRef="e_refused" /></bpmn:boundaryEvent>` +
    userTask('done') +
    userTask('repair') +
    end() +
    flow('start', 'call') +
    flow('call', 'done') +
    flow('failed', 'repair') +
    flow('done', 'end') +
    flow('repair', 'end'),
  '<bpmn:error id="e_refused" name="refused" errorCode="refused" />',
);

export const childProcess = bpmn(
  'child',
  start() + serviceTask('work', 'test.work') + end() + flow('start', 'work') + flow('work', 'end'),
);

export const decisionProcess = bpmn(
  'decide',
  start() +
    `<bpmn:businessRuleTask id="rate"><bpmn:extensionElements><zeebe:calledDecision decisionId="urgency" resultVariable="urgency" bindingType="deployment" /></bpmn:extensionElements></bpmn:businessRuleTask>` +
    userTask('after') +
    end() +
    flow('start', 'rate') +
    flow('rate', 'after') +
    flow('after', 'end'),
);

/** People of 5 or more are urgent. */
export const decisionTable = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="table" name="table" namespace="http://changtong/test">
  <decision id="urgency" name="urgency"><decisionTable id="t" hitPolicy="FIRST">
    <input id="i" label="people"><inputExpression id="ie" typeRef="number"><text>people</text></inputExpression></input>
    <output id="o" name="urgency" typeRef="string" />
    <rule id="many"><inputEntry id="r1i"><text>&gt;= 5</text></inputEntry><outputEntry id="r1o"><text>"urgent"</text></outputEntry></rule>
    <rule id="few"><inputEntry id="r2i"><text>-</text></inputEntry><outputEntry id="r2o"><text>"normal"</text></outputEntry></rule>
  </decisionTable></decision>
</definitions>`;

export const timerStartProcess = bpmn(
  'daily',
  `<bpmn:startEvent id="start"><bpmn:timerEventDefinition><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R2/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>` +
    userTask('first') +
    end() +
    flow('start', 'first') +
    flow('first', 'end'),
);

export const throwProcess = bpmn(
  'thrower',
  start() +
    `<bpmn:intermediateThrowEvent id="throw"><bpmn:extensionElements><zeebe:ioMapping><zeebe:input source="=topic" target="topic" /></zeebe:ioMapping></bpmn:extensionElements>${messageEvent('begin')}</bpmn:intermediateThrowEvent>` +
    end() +
    flow('start', 'throw') +
    flow('throw', 'end'),
  message('begin'),
);

export const signalProcess = bpmn(
  'alarmed',
  start(`<bpmn:signalEventDefinition signalRef="s_alarm" />`) +
    userTask('answer') +
    end() +
    flow('start', 'answer') +
    flow('answer', 'end') +
    `<bpmn:boundaryEvent id="again" attachedToRef="answer" cancelActivity="false"><bpmn:signalEventDefinition signalRef="s_alarm" /></bpmn:boundaryEvent>` +
    userTask('repeat') +
    flow('again', 'repeat'),
  '<bpmn:signal id="s_alarm" name="alarm" />',
);
