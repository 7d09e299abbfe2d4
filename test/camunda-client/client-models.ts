/** One step of a straight process: the element without its flows. */
export interface Step {
  readonly tag: string;
  readonly id: string;
  /** Inside `bpmn:extensionElements`. */
  readonly extensions?: string;
  /** After the flows, as event definitions are. */
  readonly inside?: string;
  readonly attributes?: string;
}

const namespaces =
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** A process that goes from `start` through the steps to `end`; `before` stands beside the process, such as messages. */
export function straightProcess(id: string, steps: readonly Step[], before = ''): string {
  const all: readonly Step[] = [{ tag: 'startEvent', id: 'start' }, ...steps, { tag: 'endEvent', id: 'end' }];
  const elements = all.map(({ tag, id: elementId, extensions, inside = '', attributes = '' }, index) => {
    const incoming = index > 0 ? `<bpmn:incoming>f${index}</bpmn:incoming>` : '';
    const outgoing = index < all.length - 1 ? `<bpmn:outgoing>f${index + 1}</bpmn:outgoing>` : '';
    const extended = extensions ? `<bpmn:extensionElements>${extensions}</bpmn:extensionElements>` : '';
    return `<bpmn:${tag} id="${elementId}" name="${elementId}" ${attributes}>${extended}${incoming}${outgoing}${inside}</bpmn:${tag}>`;
  });
  const flows = all
    .slice(1)
    .map(
      (step, index) => `<bpmn:sequenceFlow id="f${index + 1}" sourceRef="${all[index]!.id}" targetRef="${step.id}" />`,
    );
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions ${namespaces} id="definitions-${id}" targetNamespace="http://changtong/test">${before}
  <bpmn:process id="${id}" name="${id} process" isExecutable="true">
    ${[...elements, ...flows].join('\n    ')}
  </bpmn:process>
</bpmn:definitions>
`;
}

export const serviceTask = (id: string, type: string, more = ''): Step => ({
  tag: 'serviceTask',
  id,
  extensions: `<zeebe:taskDefinition type="${type}" retries="3" />${more}`,
});

export const ruleTask = (id: string, decisionId: string): Step => ({
  tag: 'businessRuleTask',
  id,
  extensions: `<zeebe:calledDecision decisionId="${decisionId}" resultVariable="result" bindingType="deployment" />`,
});

export const callActivity = (id: string, processId: string): Step => ({
  tag: 'callActivity',
  id,
  extensions: `<zeebe:calledElement processId="${processId}" propagateAllChildVariables="false" />`,
});

/** `candidateGroups` as in the model, for example `admin`. */
export const userTask = (id: string, candidateGroups: string, more = ''): Step => ({
  tag: 'userTask',
  id,
  extensions: `<zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="${candidateGroups}" />${more}`,
});

/** Waits for the message `paid` with the variable `orderId`; needs `paidMessage` beside the process. */
export const paidCatch: Step = {
  tag: 'intermediateCatchEvent',
  id: 'payment',
  inside: '<bpmn:messageEventDefinition id="paidEvent" messageRef="paid" />',
};

export const paidMessage = `<bpmn:message id="paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderId" /></bpmn:extensionElements></bpmn:message>`;

export const fileOf = (name: string, content: string): File => new File([content], name);
