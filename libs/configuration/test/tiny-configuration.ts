import { compileConfiguration, type CompileOptions, type ConfigurationSource } from '../src/index.js';

/** A small set without a fault: one case process with a form, a decision, a document and its settings. */
export function tinyConfiguration(
  overrides: Readonly<Record<string, string | object | null>> = {},
): ConfigurationSource {
  const all = { ...goodFiles(), ...overrides };
  const texts = Object.entries(all).flatMap(([path, content]) =>
    content === null ? [] : [[path, textOf(content)] as const],
  );
  return { files: new Map(texts) };
}

/** Codes, elements and sentences of the problems a set has with these files. */
export async function problemsOf(
  overrides: Readonly<Record<string, string | object | null>>,
  options?: CompileOptions,
) {
  const { problems } = await compileConfiguration(tinyConfiguration(overrides), options);
  return problems;
}

function textOf(content: string | object): string {
  return typeof content === 'string' ? content : JSON.stringify(content, null, 2);
}

export const paths = {
  process: 'workflows/claim/claim.bpmn',
  decision: 'workflows/claim/D1.dmn',
  documents: 'workflows/claim/documents.json',
  template: 'workflows/claim/documents/T1.hbs',
  scenarios: 'workflows/claim/claim.scenarios.json',
  form: 'forms/F1.form.json',
  roles: 'workflows/roles.json',
  organization: 'workflows/organization.json',
  portal: 'workflows/portal.json',
  launchers: 'workflows/launchers.json',
  rooms: 'workflows/rooms.json',
  calendar: 'workflows/calendar/2026.json',
  parameters: 'workflows/parameters.json',
} as const;

function goodFiles(): Readonly<Record<string, string | object>> {
  return {
    [paths.process]: claimProcess(),
    [paths.decision]: urgencyDecision('amount'),
    [paths.documents]: [{ id: 'T1', title: '回执', template: 'documents/T1.hbs', roles: ['clerk'], receipt: true }],
    [paths.template]: '<p>{{organization.name}} {{amount}}</p>',
    [paths.scenarios]: [
      {
        name: '小额',
        start: { process: 'claim', as: 'clerk', at: '2026-03-02T09:00:00+08:00' },
        steps: [{ do: 'complete', as: 'clerk', element: 'register', form: 'F1' }],
      },
    ],
    [paths.form]: claimForm(),
    [paths.roles]: rolesFile,
    [paths.organization]: organizationFile,
    'workflows/numbering.json': { XF: { name: '信访件号', pattern: 'XF-{yyyy}-{00000}' } },
    'workflows/dictionaries.json': { channel: [{ value: 'letter', label: '来信' }] },
    [paths.parameters]: { days: { name: '期限', value: 15, default: 15, min: 1, max: 15, clause: 'own rule' } },
    [paths.calendar]: { year: 2026, holidays: ['2026-01-01'], workdays: ['2026-02-14'] },
    [paths.portal]: portalFile,
    [paths.launchers]: [launcher],
    [paths.rooms]: { claim: { title: '处置室', countdown: ['register'], actions: [roomAction] } },
  };
}

export const rolesFile = {
  classes: [
    { id: 'ident', name: '身份', sealed: true },
    { id: 'stat', name: '统计', sealed: false },
    { id: 'open', name: '公开', sealed: false },
  ],
  roles: [
    { id: 'clerk', name: '登记岗', permissions: ['supervise'], sees: { ident: 'masked' } },
    { id: 'handler', name: '承办岗', unit: 'hr' },
  ],
};

export const organizationFile = {
  name: '示例单位',
  units: [
    { id: 'mine', name: '总部' },
    { id: 'hr', name: '人力资源部', parent: 'mine' },
  ],
  accounts: [{ id: 'clerk', name: '登记岗', roles: ['clerk'], unit: 'hr' }],
};

export const launcher = {
  id: 'register',
  title: '登记',
  processId: 'claim',
  formId: 'F1',
  roles: ['clerk'],
  receipt: 'T1',
  room: true,
};
export const roomAction = { id: 'log', title: '记一笔', message: 'claim.note', formId: 'F1', roles: ['clerk'] };
export const portalEntry = {
  id: 'report',
  title: '我要反映',
  processId: 'claim',
  startMessage: 'claim.submitted',
  formId: 'F1',
  receipt: 'T1',
};
export const portalFile = { title: '反映问题', entries: [portalEntry] };

/** The form F1 with other fields beside its own. */
export function claimForm(fields: object = {}): object {
  return {
    id: 'F1',
    title: '登记',
    schema: {
      type: 'object',
      properties: {
        amount: { type: 'number', title: '金额', 'x-class': 'stat' },
        anonymous: { type: 'boolean', title: '匿名', 'x-class': 'stat' },
        name: { type: 'string', title: '姓名', 'x-class': 'ident' },
        ...fields,
      },
    },
  };
}

/** A decision table with one input expression. */
export function urgencyDecision(input: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="definitions_D1" name="D1" namespace="http://example.org">
  <decision id="D1" name="紧急程度">
    <decisionTable id="D1_table" hitPolicy="FIRST">
      <input id="D1_in"><inputExpression id="D1_expr" typeRef="number"><text>${input}</text></inputExpression></input>
      <output id="D1_out" name="urgency" typeRef="string" />
      <rule id="D1_r1"><inputEntry id="D1_r1_i"><text>-</text></inputEntry><outputEntry id="D1_r1_o"><text>"normal"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>`;
}

interface ProcessParts {
  readonly properties?: string;
  readonly formId?: string;
  readonly binding?: string;
  readonly groups?: string;
  readonly dueDate?: string;
  readonly decisionId?: string;
  readonly mapping?: string;
  readonly condition?: string;
  readonly job?: string;
  readonly jobHeaders?: string;
  readonly thrown?: string;
  readonly timer?: string;
}

/** The process `claim`, start to end, with the parts that a spec wants to be otherwise. Values go into XML attributes as they are. */
export function claimProcess(parts: ProcessParts = {}): string {
  const {
    formId = 'F1',
    binding = 'deployment',
    groups = 'clerk',
    dueDate = '=working days after(now(), parameter(&quot;days&quot;))',
  } = parts;
  const {
    decisionId = 'D1',
    mapping = '',
    condition = '=urgency = &quot;high&quot;',
    job = 'ct.document',
    timer = 'P1D',
  } = parts;
  const {
    properties = '<zeebe:property name="ct.case" value="XF" />',
    jobHeaders = '<zeebe:header key="document" value="T1" />',
    thrown = 'claim.note',
  } = parts;
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="http://example.org">
  <bpmn:process id="claim" name="事项" isExecutable="true">
    <bpmn:extensionElements><zeebe:properties>${properties}</zeebe:properties></bpmn:extensionElements>
    <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:startEvent id="submitted"><bpmn:outgoing>f0</bpmn:outgoing><bpmn:messageEventDefinition id="submitted_def" messageRef="message_submitted" /></bpmn:startEvent>
    <bpmn:sequenceFlow id="f0" sourceRef="submitted" targetRef="register" />
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="register" />
    <bpmn:userTask id="register" name="登记">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:formDefinition formId="${formId}" bindingType="${binding}" />
        <zeebe:assignmentDefinition candidateGroups="${groups}" />
        <zeebe:taskSchedule dueDate="${dueDate}" />
      </bpmn:extensionElements>
      <bpmn:incoming>f0</bpmn:incoming><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:boundaryEvent id="late" attachedToRef="register" cancelActivity="false"><bpmn:outgoing>f7</bpmn:outgoing><bpmn:timerEventDefinition id="late_def"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${timer}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f7" sourceRef="late" targetRef="endLate" />
    <bpmn:endEvent id="endLate"><bpmn:incoming>f7</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f2" sourceRef="register" targetRef="judge" />
    <bpmn:businessRuleTask id="judge" name="判定">
      <bpmn:extensionElements><zeebe:calledDecision decisionId="${decisionId}" resultVariable="urgency" bindingType="deployment" />${mapping}</bpmn:extensionElements>
      <bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing>
    </bpmn:businessRuleTask>
    <bpmn:sequenceFlow id="f3" sourceRef="judge" targetRef="which" />
    <bpmn:exclusiveGateway id="which" name="紧急？" default="f5"><bpmn:incoming>f3</bpmn:incoming><bpmn:outgoing>f4</bpmn:outgoing><bpmn:outgoing>f5</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="f4" sourceRef="which" targetRef="wait"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f5" sourceRef="which" targetRef="print" />
    <bpmn:intermediateCatchEvent id="wait"><bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f8</bpmn:outgoing><bpmn:messageEventDefinition id="wait_def" messageRef="message_note" /></bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="f8" sourceRef="wait" targetRef="endWaited" />
    <bpmn:endEvent id="endWaited"><bpmn:incoming>f8</bpmn:incoming></bpmn:endEvent>
    <bpmn:serviceTask id="print" name="打印">
      <bpmn:extensionElements><zeebe:taskDefinition type="${job}" /><zeebe:taskHeaders>${jobHeaders}</zeebe:taskHeaders></bpmn:extensionElements>
      <bpmn:incoming>f5</bpmn:incoming><bpmn:outgoing>f6</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="f6" sourceRef="print" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f6</bpmn:incoming><bpmn:messageEventDefinition id="end_def" messageRef="message_thrown" /></bpmn:endEvent>
  </bpmn:process>
  <bpmn:message id="message_submitted" name="claim.submitted" />
  <bpmn:message id="message_note" name="claim.note"><bpmn:extensionElements><zeebe:subscription correlationKey="=caseNo" /></bpmn:extensionElements></bpmn:message>
  <bpmn:message id="message_thrown" name="${thrown}"><bpmn:extensionElements><zeebe:subscription correlationKey="=caseNo" /></bpmn:extensionElements></bpmn:message>
</bpmn:definitions>`;
}
