import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseBpmn } from './parse-bpmn.js';
import type { Problem } from './process-definition.js';

/** Read apart: who parses with the imported descriptor changes it. */
const zeebe = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('zeebe-bpmn-moddle/resources/zeebe.json'), 'utf8'),
) as { readonly types: readonly { name: string; properties?: readonly { name: string }[] }[] };

/** Where a property of the descriptor stands in a file: `@` is the place of the property, which is there or not. */
interface Sample {
  readonly bearer: keyof typeof bearers;
  readonly around: string;
  readonly given: string;
}
type Outcome = 'read' | 'refused' | 'unnamed' | 'kept';

const extended = (content: string) => `<bpmn:extensionElements>${content}</bpmn:extensionElements>`;
const task = (name: string, content: string, attributes = '') =>
  `<bpmn:${name} id="x"${attributes}>${content}</bpmn:${name}>`;
const job = '<zeebe:taskDefinition type="pay"/>';
/** The file around the sample; roots stand beside the process. */
const bearers = {
  attribute: (given: string) => ({ inside: task('serviceTask', extended(job), ` ${given}`) }),
  serviceTask: (given: string) => ({ inside: task('serviceTask', extended(given)) }),
  job: (given: string) => ({ inside: task('serviceTask', extended(job + given)) }),
  userTask: (given: string) => ({ inside: task('userTask', extended(given)) }),
  scriptTask: (given: string) => ({ inside: task('scriptTask', extended(given)) }),
  businessRuleTask: (given: string) => ({ inside: task('businessRuleTask', extended(given)) }),
  callActivity: (given: string) => ({ inside: task('callActivity', extended(given)) }),
  adHoc: (given: string) => ({ inside: task('adHocSubProcess', `${extended(given)}<bpmn:task id="y"/>`) }),
  loop: (given: string) => ({
    inside: task(
      'task',
      `<bpmn:multiInstanceLoopCharacteristics>${extended(given)}</bpmn:multiInstanceLoopCharacteristics>`,
    ),
  }),
  conditional: (given: string) => ({
    inside: `<bpmn:intermediateCatchEvent id="x"><bpmn:conditionalEventDefinition>${extended(given)}<bpmn:condition>=a</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:intermediateCatchEvent>`,
  }),
  process: (given: string) => ({ own: extended(given), inside: '<bpmn:task id="x"/>' }),
  message: (given: string) => ({
    root: `<bpmn:message id="m" name="paid">${extended(given)}</bpmn:message>`,
    inside: '<bpmn:receiveTask id="x" messageRef="m"/>',
  }),
  messageAttribute: (given: string) => ({
    root: `<bpmn:message id="m" name="paid" ${given}>${extended('<zeebe:subscription correlationKey="=a"/>')}</bpmn:message>`,
    inside: '<bpmn:receiveTask id="x" messageRef="m"/>',
  }),
};

const at = (bearer: keyof typeof bearers, around: string, given: string): Sample => ({ bearer, around, given });
const mapping = (name: string, attributes: string) =>
  `<zeebe:ioMapping><zeebe:${name} ${attributes}/></zeebe:ioMapping>`;
const listener = (kind: 'execution' | 'task', content: string) =>
  `<zeebe:${kind}Listeners><zeebe:${kind}Listener ${content}</zeebe:${kind}Listeners>`;
const decision = '<zeebe:calledDecision decisionId="d" resultVariable="r" @/>';
const header = (attributes: string) => `<zeebe:taskHeaders><zeebe:header ${attributes}/></zeebe:taskHeaders>`;

/** Every property of every type of the descriptor. */
const samples: Readonly<Record<string, readonly [Outcome, Sample]>> = {
  'ZeebeServiceTask.retryCounter': ['refused', at('attribute', '@', 'zeebe:retryCounter="2"')],
  'IoMapping.ioMapping': ['refused', at('job', '<zeebe:ioMapping>@</zeebe:ioMapping>', '<zeebe:ioMapping/>')],
  'IoMapping.inputParameters': [
    'read',
    at('job', '<zeebe:ioMapping>@</zeebe:ioMapping>', '<zeebe:input source="=a" target="b"/>'),
  ],
  'IoMapping.outputParameters': [
    'read',
    at('job', '<zeebe:ioMapping>@</zeebe:ioMapping>', '<zeebe:output source="=a" target="b"/>'),
  ],
  'InputOutputParameter.source': ['read', at('job', mapping('input', 'target="b" @'), 'source="=a"')],
  'InputOutputParameter.target': ['read', at('job', mapping('output', 'source="=a" @'), 'target="b"')],
  'Subscription.correlationKey': ['read', at('message', '<zeebe:subscription @/>', 'correlationKey="=a"')],
  'TaskHeaders.values': [
    'read',
    at('job', '<zeebe:taskHeaders>@</zeebe:taskHeaders>', '<zeebe:header key="a" value="b"/>'),
  ],
  'Header.id': ['kept', at('job', header('key="a" value="b" @'), 'id="h"')],
  'Header.key': ['read', at('job', header('value="b" @'), 'key="a"')],
  'Header.value': ['read', at('job', header('key="a" @'), 'value="b"')],
  'TaskDefinition.type': ['read', at('serviceTask', '<zeebe:taskDefinition @/>', 'type="pay"')],
  'TaskDefinition.retries': ['read', at('serviceTask', '<zeebe:taskDefinition type="a" @/>', 'retries="7"')],
  'LoopCharacteristics.inputCollection': ['read', at('loop', '<zeebe:loopCharacteristics @/>', 'inputCollection="=a"')],
  'LoopCharacteristics.inputElement': [
    'read',
    at('loop', '<zeebe:loopCharacteristics inputCollection="=a" @/>', 'inputElement="b"'),
  ],
  'LoopCharacteristics.outputCollection': [
    'read',
    at('loop', '<zeebe:loopCharacteristics inputCollection="=a" outputElement="=b" @/>', 'outputCollection="c"'),
  ],
  'LoopCharacteristics.outputElement': [
    'read',
    at('loop', '<zeebe:loopCharacteristics inputCollection="=a" outputCollection="c" @/>', 'outputElement="=b"'),
  ],
  'CalledElement.processId': ['read', at('callActivity', '<zeebe:calledElement @/>', 'processId="q"')],
  'CalledElement.processIdExpression': [
    'refused',
    at('callActivity', '<zeebe:calledElement processId="q" @/>', 'processIdExpression="a"'),
  ],
  'CalledElement.propagateAllChildVariables': [
    'read',
    at('callActivity', '<zeebe:calledElement processId="q" @/>', 'propagateAllChildVariables="false"'),
  ],
  'CalledElement.propagateAllParentVariables': [
    'read',
    at('callActivity', '<zeebe:calledElement processId="q" @/>', 'propagateAllParentVariables="false"'),
  ],
  'CalledElement.businessId': [
    'refused',
    at('callActivity', '<zeebe:calledElement processId="q" @/>', 'businessId="=a"'),
  ],
  'UserTaskForm.id': ['refused', at('process', '<zeebe:userTaskForm @/>', 'id="f"')],
  'UserTaskForm.body': ['refused', at('process', '<zeebe:userTaskForm>@</zeebe:userTaskForm>', '{}')],
  'FormDefinition.formKey': ['refused', at('userTask', '<zeebe:formDefinition formId="f" @/>', 'formKey="k"')],
  'FormDefinition.formId': ['read', at('userTask', '<zeebe:formDefinition @/>', 'formId="f"')],
  'FormDefinition.externalReference': [
    'refused',
    at('userTask', '<zeebe:formDefinition formId="f" @/>', 'externalReference="k"'),
  ],
  'LinkedResource.resourceId': [
    'refused',
    at('job', '<zeebe:linkedResources><zeebe:linkedResource @/></zeebe:linkedResources>', 'resourceId="a"'),
  ],
  'LinkedResource.resourceType': [
    'refused',
    at('job', '<zeebe:linkedResources><zeebe:linkedResource @/></zeebe:linkedResources>', 'resourceType="RPA"'),
  ],
  'LinkedResource.linkName': [
    'refused',
    at('job', '<zeebe:linkedResources><zeebe:linkedResource @/></zeebe:linkedResources>', 'linkName="a"'),
  ],
  'LinkedResources.values': [
    'refused',
    at('job', '@', '<zeebe:linkedResources><zeebe:linkedResource/></zeebe:linkedResources>'),
  ],
  'CalledDecision.decisionId': [
    'read',
    at('businessRuleTask', '<zeebe:calledDecision resultVariable="r" @/>', 'decisionId="d"'),
  ],
  'CalledDecision.resultVariable': [
    'read',
    at('businessRuleTask', '<zeebe:calledDecision decisionId="d" @/>', 'resultVariable="r"'),
  ],
  'AssignmentDefinition.assignee': ['read', at('userTask', '<zeebe:assignmentDefinition @/>', 'assignee="a"')],
  'AssignmentDefinition.candidateGroups': [
    'read',
    at('userTask', '<zeebe:assignmentDefinition @/>', 'candidateGroups="a"'),
  ],
  'AssignmentDefinition.candidateUsers': [
    'read',
    at('userTask', '<zeebe:assignmentDefinition @/>', 'candidateUsers="a"'),
  ],
  'PriorityDefinition.priority': ['read', at('userTask', '<zeebe:priorityDefinition @/>', 'priority="7"')],
  'JobPriorityDefinition.priority': ['refused', at('job', '<zeebe:jobPriorityDefinition @/>', 'priority="7"')],
  'TaskSchedule.dueDate': ['read', at('userTask', '<zeebe:taskSchedule @/>', 'dueDate="=a"')],
  'TaskSchedule.followUpDate': ['read', at('userTask', '<zeebe:taskSchedule @/>', 'followUpDate="=a"')],
  'Properties.properties': [
    'read',
    at('process', '<zeebe:properties>@</zeebe:properties>', '<zeebe:property name="a" value="b"/>'),
  ],
  'Property.name': [
    'read',
    at('process', '<zeebe:properties><zeebe:property value="b" @/></zeebe:properties>', 'name="a"'),
  ],
  'Property.value': [
    'read',
    at('process', '<zeebe:properties><zeebe:property name="a" @/></zeebe:properties>', 'value="b"'),
  ],
  'TemplateSupported.modelerTemplate': ['kept', at('attribute', '@', 'zeebe:modelerTemplate="t"')],
  'TemplateSupported.modelerTemplateVersion': ['kept', at('attribute', '@', 'zeebe:modelerTemplateVersion="2"')],
  'TemplateSupported.modelerTemplateIcon': ['kept', at('attribute', '@', 'zeebe:modelerTemplateIcon="data:,"')],
  'ConfigurationSupported.modelerConfigurationTemplate': [
    'kept',
    at('job', mapping('input', 'source="=a" target="b" @'), 'modelerConfigurationTemplate="t"'),
  ],
  'ConfigurationSupported.modelerConfigurationName': [
    'kept',
    at('job', mapping('input', 'source="=a" target="b" @'), 'modelerConfigurationName="n"'),
  ],
  'TemplatedRootElement.modelerTemplate': ['kept', at('messageAttribute', '@', 'zeebe:modelerTemplate="t"')],
  'Script.expression': ['read', at('scriptTask', '<zeebe:script resultVariable="r" @/>', 'expression="=1"')],
  'Script.resultVariable': ['read', at('scriptTask', '<zeebe:script expression="=1" @/>', 'resultVariable="r"')],
  'ExecutionListeners.listeners': [
    'read',
    at(
      'job',
      '<zeebe:executionListeners>@</zeebe:executionListeners>',
      '<zeebe:executionListener eventType="start" type="a"/>',
    ),
  ],
  'ExecutionListener.eventType': ['read', at('job', listener('execution', 'type="a" @/>'), 'eventType="end"')],
  'ExecutionListener.retries': [
    'read',
    at('job', listener('execution', 'eventType="end" type="a" @/>'), 'retries="7"'),
  ],
  'ExecutionListener.type': ['read', at('job', listener('execution', 'eventType="end" @/>'), 'type="a"')],
  'ExecutionListener.headers': [
    'read',
    at(
      'job',
      listener('execution', 'eventType="end" type="a">@</zeebe:executionListener>'),
      header('key="a" value="b"'),
    ),
  ],
  'TaskListeners.listeners': [
    'read',
    at(
      'userTask',
      '<zeebe:taskListeners>@</zeebe:taskListeners>',
      '<zeebe:taskListener eventType="creating" type="a"/>',
    ),
  ],
  'TaskListener.eventType': ['read', at('userTask', listener('task', 'type="a" @/>'), 'eventType="completing"')],
  'TaskListener.retries': [
    'read',
    at('userTask', listener('task', 'eventType="completing" type="a" @/>'), 'retries="7"'),
  ],
  'TaskListener.type': ['read', at('userTask', listener('task', 'eventType="completing" @/>'), 'type="a"')],
  'VersionTag.value': ['read', at('process', '<zeebe:versionTag @/>', 'value="v1"')],
  'BindingTypeSupported.bindingType': ['read', at('businessRuleTask', decision, 'bindingType="deployment"')],
  'BindingTypeSupported.versionTag': [
    'read',
    at('callActivity', '<zeebe:calledElement processId="q" bindingType="versionTag" @/>', 'versionTag="v1"'),
  ],
  'AdHoc.activeElementsCollection': ['read', at('adHoc', '<zeebe:adHoc @/>', 'activeElementsCollection="=a"')],
  'AdHoc.outputCollection': ['read', at('adHoc', '<zeebe:adHoc outputElement="=a" @/>', 'outputCollection="b"')],
  'AdHoc.outputElement': ['read', at('adHoc', '<zeebe:adHoc outputCollection="b" @/>', 'outputElement="=a"')],
  'ConditionalFilter.variableNames': ['read', at('conditional', '<zeebe:conditionalFilter @/>', 'variableNames="a"')],
  'ConditionalFilter.variableEvents': [
    'read',
    at('conditional', '<zeebe:conditionalFilter @/>', 'variableEvents="create"'),
  ],
  'AgentDefinition.agentType': ['refused', at('job', '<zeebe:agentDefinition @/>', 'agentType="a"')],
};

/** These carry no property: their presence is the whole meaning. */
const bare: Readonly<Record<string, readonly [Outcome, Sample]>> = {
  UserTask: ['kept', at('userTask', '@', '<zeebe:userTask/>')],
};

const subtypes = ['Input', 'Output'];
const read = ({ bearer, around }: Sample, given: string) => {
  const { inside, own = '', root = '' } = bearers[bearer](around.replace('@', given)) as Record<string, string>;
  return parseBpmn(
    `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">${root}<bpmn:process id="p" isExecutable="true">${own}<bpmn:startEvent id="s"/>${inside}<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="x"/></bpmn:process></bpmn:definitions>`,
  );
};
const errors = (problems: readonly Problem[]) => problems.filter(({ severity }) => severity === 'error');

/** What reading makes of a property: refused by an error that names it or not, read into the definition, or only kept in the file. */
async function outcomeOf(name: string, sample: Sample): Promise<Outcome> {
  const [present, absent] = [await read(sample, sample.given), await read(sample, '')];
  const faults = errors(present.problems);
  const names = name.toLowerCase().split('.');
  const isNamed = faults.some(({ message }) => names.some((text) => message.toLowerCase().includes(text)));
  if (faults.length > 0) return isNamed ? 'refused' : 'unnamed';
  if (errors(absent.problems).length > 0) return 'read';
  return JSON.stringify(present.processes) === JSON.stringify(absent.processes) ? 'kept' : 'read';
}

describe('the descriptor of zeebe-bpmn-moddle', () => {
  it('has no type or property that is not decided on here', () => {
    const { types } = zeebe;
    const declared = types.flatMap(({ name, properties = [] }) =>
      properties.length > 0 ? properties.map((property) => `${name}.${property.name}`) : [name],
    );

    expect(declared.toSorted()).toEqual([...Object.keys(samples), ...Object.keys(bare), ...subtypes].toSorted());
  });

  it.each([...Object.entries(samples), ...Object.entries(bare)])('decides on %s', async (name, [outcome, sample]) => {
    expect(await outcomeOf(name, sample)).toBe(outcome);
  });
});
