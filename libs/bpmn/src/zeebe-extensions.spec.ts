import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseBpmn } from './index.js';

interface Type {
  readonly name: string;
  readonly superClass?: readonly string[];
  readonly properties?: readonly { readonly name: string; readonly isAttr?: boolean }[];
  readonly meta?: { readonly allowedIn?: readonly string[] };
}

const require = createRequire(import.meta.url);
const descriptor = JSON.parse(readFileSync(require.resolve('zeebe-bpmn-moddle/resources/zeebe.json'), 'utf8')) as {
  readonly types: readonly Type[];
};

/** What stands where an extension may stand, by its abstract name in the descriptor. */
const bearers: Readonly<Record<string, string>> = {
  'zeebe:ZeebeServiceTask': 'bpmn:ServiceTask',
  'bpmn:Event': 'bpmn:IntermediateThrowEvent',
  'bpmn:Activity': 'bpmn:ManualTask',
};
/** Those that stand within another extension, or within no element with an extension of its own. */
const within: readonly string[] = [
  'Input',
  'Output',
  'ExecutionListener',
  'TaskListener',
  'Header',
  'Property',
  'LinkedResource',
  'InputOutputParameter',
];
/** What the engine reads of each extension, beside what stands within it. */
const read: Readonly<Record<string, readonly string[]>> = {
  TaskDefinition: ['type', 'retries'],
  LoopCharacteristics: ['inputCollection', 'inputElement', 'outputCollection', 'outputElement'],
  CalledElement: [
    'processId',
    'propagateAllChildVariables',
    'propagateAllParentVariables',
    'bindingType',
    'versionTag',
  ],
  FormDefinition: ['formId', 'bindingType', 'versionTag'],
  CalledDecision: ['decisionId', 'resultVariable', 'bindingType', 'versionTag'],
  AssignmentDefinition: ['assignee', 'candidateGroups', 'candidateUsers'],
  PriorityDefinition: ['priority'],
  TaskSchedule: ['dueDate', 'followUpDate'],
  Script: ['expression', 'resultVariable'],
  VersionTag: ['value'],
  AdHoc: ['activeElementsCollection', 'outputCollection', 'outputElement'],
  ConditionalFilter: ['variableNames', 'variableEvents'],
  Subscription: ['correlationKey'],
};

const tag = (name: string): string => `zeebe:${name[0]!.toLowerCase()}${name.slice(1)}`;
const extension = (name: string, attributes: string): string =>
  `<bpmn:extensionElements><${tag(name)} ${attributes}/></bpmn:extensionElements>`;

/** A process in which one element of a kind carries an extension. */
function carrying(kind: string, ext: string): string {
  const name = `${kind[5]!.toLowerCase()}${kind.slice(6)}`;
  const own = `<bpmn:${name} id="it" name="它">${ext}`;
  const element: Readonly<Record<string, string>> = {
    multiInstanceLoopCharacteristics: `<bpmn:manualTask id="it" name="它"><bpmn:multiInstanceLoopCharacteristics id="mi">${ext}</bpmn:multiInstanceLoopCharacteristics></bpmn:manualTask>`,
    conditionalEventDefinition: `<bpmn:intermediateCatchEvent id="it" name="它"><bpmn:conditionalEventDefinition id="c">${ext}<bpmn:condition>=true</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:intermediateCatchEvent>`,
    adHocSubProcess: `${own}<bpmn:manualTask id="in"/></bpmn:adHocSubProcess>`,
    subProcess: `${own}<bpmn:manualTask id="in"/></bpmn:subProcess>`,
    process: '',
  };
  const body = element[name] ?? `${own}</bpmn:${name}>`;
  return `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
<bpmn:process id="p" isExecutable="true">${name === 'process' ? ext : ''}<bpmn:startEvent id="s"/>${body}</bpmn:process></bpmn:definitions>`;
}

const extensions = descriptor.types.filter(
  ({ name, superClass = [] }) => superClass.includes('Element') && !within.includes(name),
);
const places = extensions.map((type) => {
  const [first = 'bpmn:ServiceTask'] = type.meta?.allowedIn ?? [];
  return { type, kind: bearers[first] ?? first };
});
const problemsOf = async (xml: string) =>
  (await parseBpmn(xml)).problems.map(({ code, message }) => `${code}: ${message}`);

describe('every extension of zeebe-bpmn-moddle', () => {
  it.each(places.filter(({ type }) => !(type.name in read)).map(({ type, kind }) => [type.name, kind]))(
    '%s at %s is read, or refused by its name',
    async (name, kind) => {
      const problems = await problemsOf(carrying(kind!, extension(name!, '')));

      expect(problems.filter((text) => text.startsWith('bpmn.unreadable'))).toEqual([]);
      expect([
        name,
        problems.some((text) => text.startsWith('bpmn.unsupportedExtension') && text.includes(name!)),
      ]).toEqual([
        name,
        ['UserTaskForm', 'LinkedResources', 'JobPriorityDefinition', 'AgentDefinition'].includes(name!),
      ]);
    },
  );

  const attributes = places.flatMap(({ type, kind }) =>
    (type.properties ?? [])
      .filter(({ name, isAttr }) => isAttr && type.name in read && !read[type.name]!.includes(name))
      .map(({ name }) => [type.name, name, kind] as const),
  );
  it.each(attributes)('%s: what %s says is named, since it has no effect', async (type, attribute, kind) => {
    const own = type === 'CalledElement' ? 'processId="other" ' : '';
    const problems = await problemsOf(carrying(kind, extension(type, `${own}${attribute}="x"`)));

    expect(problems.filter((text) => text.includes(attribute) || text.includes('of another kind'))).not.toEqual([]);
  });
});
