import type { Random } from '../support/seeded-random.js';

const open =
  '<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="http://changtong/test">';

/** What an instance of the tree is started as, and what it starts in turn. */
export interface Branch {
  /** `case`: a message begins a case of its own. `joined`: a message, the case goes on. `called`: a case that is waited for. */
  readonly kind: 'case' | 'joined' | 'called';
  readonly name: string;
  readonly children: readonly Branch[];
}

const caseOf = (series: string): string =>
  `<bpmn:extensionElements><zeebe:properties><zeebe:property name="ct.case" value="${series}" /></zeebe:properties></bpmn:extensionElements>`;

/** Starts its children (messages and calls), and has a task for the office meanwhile. */
const process = (id: string, series: string | undefined): string => `${open}
  <bpmn:message id="started" name="branch.${id}" />
  <bpmn:message id="toCase" name="branch.branchCase" />
  <bpmn:message id="toJoined" name="branch.branchJoined" />
  <bpmn:process id="${id}" name="${id}" isExecutable="true">
    ${series === undefined ? '' : caseOf(series)}
    <bpmn:startEvent id="begin"><bpmn:outgoing>f0</bpmn:outgoing></bpmn:startEvent>
    <bpmn:startEvent id="message"><bpmn:outgoing>f1</bpmn:outgoing><bpmn:messageEventDefinition id="messageEvent" messageRef="started" /></bpmn:startEvent>
    <bpmn:parallelGateway id="fork"><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing><bpmn:outgoing>f4</bpmn:outgoing><bpmn:outgoing>f5</bpmn:outgoing><bpmn:outgoing>f6</bpmn:outgoing></bpmn:parallelGateway>
    <bpmn:exclusiveGateway id="join"><bpmn:incoming>f0</bpmn:incoming><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:userTask id="work" name="Work">
      <bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="xf_office_director, xf_clerk" /></bpmn:extensionElements>
      <bpmn:incoming>f3</bpmn:incoming>
    </bpmn:userTask>
    ${throwing('toCase', 'case', 'f4')}
    ${throwing('toJoined', 'joined', 'f5')}
    <bpmn:callActivity id="calls" name="Call">
      <bpmn:extensionElements><zeebe:calledElement processId="branchCalled" propagateAllChildVariables="false" />
        <zeebe:ioMapping><zeebe:input source="=branch.children" target="children" /><zeebe:input source="=branch.name" target="name" /></zeebe:ioMapping></bpmn:extensionElements>
      <bpmn:incoming>f6</bpmn:incoming>
      ${each('called', '=children[kind = "called"]')}
    </bpmn:callActivity>
    ${[
      'f0 begin join',
      'f1 message join',
      'f2 join fork',
      'f3 fork work',
      'f4 fork sendcase',
      'f5 fork sendjoined',
      'f6 fork calls',
    ]
      .map((flow) => flow.split(' '))
      .map(([flow, from, to]) => `<bpmn:sequenceFlow id="${flow}" sourceRef="${from}" targetRef="${to}" />`)
      .join('')}
  </bpmn:process>
</bpmn:definitions>
`;

const each = (kind: string, list: string): string =>
  `<bpmn:multiInstanceLoopCharacteristics id="each${kind}"><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection='${list}' inputElement="branch" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`;

const throwing = (message: string, kind: string, flow: string): string => `
    <bpmn:sendTask id="send${kind}" name="Send" messageRef="${message}">
      <bpmn:extensionElements><zeebe:ioMapping><zeebe:input source="=branch.children" target="children" /><zeebe:input source="=branch.name" target="name" /></zeebe:ioMapping></bpmn:extensionElements>
      <bpmn:incoming>${flow}</bpmn:incoming>
      ${each(kind, `=children[kind = "${kind}"]`)}
    </bpmn:sendTask>`;

export const branchProcesses: Readonly<Record<string, string>> = {
  'branch-case.bpmn': process('branchCase', 'DB'),
  'branch-joined.bpmn': process('branchJoined', undefined),
  'branch-called.bpmn': process('branchCalled', 'MD'),
};

/** A tree of at most `depth` levels below its root, each with up to three branches of any kind. */
export function randomBranch(random: Random, name: string, depth: number): Branch {
  const kinds = ['case', 'joined', 'called'] as const;
  const width = depth === 0 ? 0 : 1 + Math.floor(random() * 2);
  return {
    kind: kinds[Math.floor(random() * kinds.length)]!,
    name,
    children: Array.from({ length: width }, (_, index) => randomBranch(random, `${name}${index}`, depth - 1)),
  };
}

export const branchesOf = (branch: Branch): readonly Branch[] => [branch, ...branch.children.flatMap(branchesOf)];
