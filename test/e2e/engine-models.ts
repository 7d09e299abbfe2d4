const open =
  '<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="http://changtong/test">';

/** Start, user task for `admin`, job `charge`, wait for the message `paid`, end. */
export const orderBpmn = (processId = 'order'): string => `${open}
  <bpmn:message id="paid" name="paid">
    <bpmn:extensionElements><zeebe:subscription correlationKey="=orderId" /></bpmn:extensionElements>
  </bpmn:message>
  <bpmn:process id="${processId}" name="Order" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="check" name="Check order">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:formDefinition formId="check" bindingType="deployment" />
        <zeebe:assignmentDefinition candidateGroups="admin" />
        <zeebe:taskHeaders><zeebe:header key="screen" value="wide" /></zeebe:taskHeaders>
      </bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:serviceTask id="charge" name="Charge">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="charge" retries="3" />
        <zeebe:taskHeaders><zeebe:header key="currency" value="CNY" /></zeebe:taskHeaders>
      </bpmn:extensionElements>
      <bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:intermediateCatchEvent id="payment" name="Paid?">
      <bpmn:incoming>f3</bpmn:incoming><bpmn:outgoing>f4</bpmn:outgoing>
      <bpmn:messageEventDefinition id="paidEvent" messageRef="paid" />
    </bpmn:intermediateCatchEvent>
    <bpmn:endEvent id="end"><bpmn:incoming>f4</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="check" />
    <bpmn:sequenceFlow id="f2" sourceRef="check" targetRef="charge" />
    <bpmn:sequenceFlow id="f3" sourceRef="charge" targetRef="payment" />
    <bpmn:sequenceFlow id="f4" sourceRef="payment" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>
`;

/** Decision `discount`: 10 for amounts over 100, else 0. */
export const discountDmn = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="discountGraph" name="Discount graph" namespace="http://changtong/test">
  <decision id="discount" name="Discount">
    <decisionTable id="discountTable" hitPolicy="UNIQUE">
      <input id="amountInput" label="Amount"><inputExpression id="amountExpression" typeRef="number"><text>amount</text></inputExpression></input>
      <output id="percentOutput" label="Percent" name="percent" typeRef="number" />
      <rule id="big"><inputEntry id="bigIn"><text>&gt; 100</text></inputEntry><outputEntry id="bigOut"><text>10</text></outputEntry></rule>
      <rule id="small"><inputEntry id="smallIn"><text>&lt;= 100</text></inputEntry><outputEntry id="smallOut"><text>0</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
`;

/** Form of the task `check`. */
export const checkForm = JSON.stringify({
  id: 'check',
  title: 'Check',
  schema: {
    type: 'object',
    additionalProperties: false,
    properties: { checked: { type: 'boolean', title: 'Checked', 'x-class': 'open' } },
  },
});

/** A task of the type `ct.webhook` that sends to `url`; `inputs` are its input mappings. */
/** A task of the type `ct.http` with inputs by name (FEEL or text) and headers; an error of it ends at `refused`. */
export function httpBpmn(
  processId: string,
  inputs: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const mappings = Object.entries(inputs).map(
    ([target, source]) => `<zeebe:input source="${escaped(source)}" target="${target}" />`,
  );
  const lines = Object.entries({ resultVariable: 'reply', ...headers }).map(
    ([key, value]) => `<zeebe:header key="${key}" value="${value}" />`,
  );
  return `${open}
  <bpmn:error id="refusedError" errorCode="refused" />
  <bpmn:process id="${processId}" name="Ask" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:serviceTask id="ask" name="Ask">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="ct.http" retries="3" />
        <zeebe:taskHeaders>${lines.join('')}</zeebe:taskHeaders>
        <zeebe:ioMapping>${mappings.join('')}</zeebe:ioMapping>
      </bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:boundaryEvent id="onRefused" attachedToRef="ask">
      <bpmn:outgoing>f3</bpmn:outgoing><bpmn:errorEventDefinition id="refusal" errorRef="refusedError" />
    </bpmn:boundaryEvent>
    <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:endEvent id="refused"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="ask" />
    <bpmn:sequenceFlow id="f2" sourceRef="ask" targetRef="end" />
    <bpmn:sequenceFlow id="f3" sourceRef="onRefused" targetRef="refused" />
  </bpmn:process>
</bpmn:definitions>
`;
}

export function webhookBpmn(processId: string, url: string, inputs: Readonly<Record<string, string>> = {}): string {
  const mappings = Object.entries(inputs).map(
    ([target, source]) => `<zeebe:input source="${source}" target="${target}" />`,
  );
  return `${open}
  <bpmn:process id="${processId}" name="Webhook" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:serviceTask id="tell" name="Tell">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="ct.webhook" retries="3" />
        <zeebe:taskHeaders><zeebe:header key="url" value="${url}" /><zeebe:header key="name" value="ledger" /></zeebe:taskHeaders>
        <zeebe:ioMapping>${mappings.join('')}</zeebe:ioMapping>
      </bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="tell" />
    <bpmn:sequenceFlow id="f2" sourceRef="tell" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>
`;
}
