const event = (kind: string, id: string, inner: string): string => `<bpmn:${kind} id="${id}">${inner}</bpmn:${kind}>`;
const job = (id: string, type: string, mapping = ''): string =>
  event(
    'serviceTask',
    id,
    `<bpmn:extensionElements><zeebe:taskDefinition type="${type}" />${mapping}</bpmn:extensionElements>`,
  );
const notice = (id: string): string =>
  job(
    id,
    'ct.notify',
    `<zeebe:ioMapping><zeebe:input source="=&quot;admin&quot;" target="roles" /><zeebe:input source="=&quot;${id}&quot;" target="text" /></zeebe:ioMapping>`,
  );
const steps = ['start', 'workA', 'noteA', 'pause', 'workB', 'noteB', 'paid', 'check', 'end'];
const flows = steps
  .slice(1)
  .map((target, index) => `<bpmn:sequenceFlow id="f${index}" sourceRef="${steps[index]}" targetRef="${target}" />`);

/** Jobs of an instance: two for workers outside, two for handlers in the server. */
export const JOBS_PER_INSTANCE = 4;
export const NOTICES_PER_INSTANCE = 2;

/** Jobs inside and outside, a timer, a message and a user task, one after the other. */
export const raceProcess = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="races" targetNamespace="http://changtong/test">
<bpmn:message id="m_paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderId" /></bpmn:extensionElements></bpmn:message>
<bpmn:process id="race" name="Race" isExecutable="true">
${event('startEvent', 'start', '')}
${job('workA', 'race.work')}
${notice('noteA')}
${event('intermediateCatchEvent', 'pause', '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1S</bpmn:timeDuration></bpmn:timerEventDefinition>')}
${job('workB', 'race.work')}
${notice('noteB')}
${event('intermediateCatchEvent', 'paid', '<bpmn:messageEventDefinition messageRef="m_paid" />')}
${event('userTask', 'check', '<bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="admin" /></bpmn:extensionElements>')}
${event('endEvent', 'end', '')}
${flows.join('\n')}
</bpmn:process></bpmn:definitions>`;
