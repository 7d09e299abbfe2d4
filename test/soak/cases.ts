const ADMIN = `Basic ${Buffer.from('admin:demo').toString('base64')}`;

/** One user task between start and end; each case is a start, a look for its task and a completion. */
export const soakBpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="http://changtong/soak">
  <bpmn:process id="soak" isExecutable="true">
    <bpmn:startEvent id="begin" />
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="sign" />
    <bpmn:userTask id="sign" name="sign"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="admin" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="sign" targetRef="done" />
    <bpmn:endEvent id="done" />
  </bpmn:process>
</bpmn:definitions>`;

export type Step = 'start' | 'search' | 'complete';

/** What is asked of the server, as an administrator of the demo. */
export class Cases {
  constructor(
    private readonly url: string,
    /** Is told how long each answer took, in milliseconds. */
    private readonly took: (step: Step, ms: number) => void,
  ) {}

  async deploy(): Promise<void> {
    const form = new FormData();
    form.append('resources', new Blob([soakBpmn]), 'soak.bpmn');
    await this.accepted(await fetch(`${this.url}/v2/deployments`, { method: 'POST', headers, body: form }));
  }

  async runOne(order: number): Promise<void> {
    const started = await this.post('start', '/v2/process-instances', {
      processDefinitionId: 'soak',
      variables: { order },
    });
    const { processInstanceKey } = started as { processInstanceKey: string };
    const found = await this.post('search', '/v2/user-tasks/search', { filter: { processInstanceKey } });
    const [task] = (found as { items: readonly { userTaskKey: string }[] }).items;
    if (task === undefined) throw new Error(`Expected a task of case ${order} but found none.`);
    await this.post('complete', `/v2/user-tasks/${task.userTaskKey}/completion`, {});
  }

  /** Bytes, by the server's own metrics. */
  async memory(): Promise<{ readonly resident: number; readonly heap: number }> {
    const text = await (await this.accepted(await fetch(`${this.url}/metrics`, { headers }))).text();
    const value = (name: string) => {
      const found = new RegExp(`^${name} ([0-9.e+]+)$`, 'm').exec(text)?.[1];
      if (found === undefined) throw new Error(`Expected the metric ${name} but found none.`);
      return Number(found);
    };
    return {
      resident: value('changtong_process_resident_memory_bytes'),
      heap: value('changtong_nodejs_heap_size_used_bytes'),
    };
  }

  private async post(step: Step, path: string, body: object): Promise<unknown> {
    const begin = performance.now();
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await (await this.accepted(response)).text();
    this.took(step, performance.now() - begin);
    return text === '' ? undefined : JSON.parse(text);
  }

  private async accepted(response: Response): Promise<Response> {
    if (!response.ok) throw new Error(`Expected success but found ${response.status}: ${await response.text()}`);
    return response;
  }
}

const headers = { authorization: ADMIN };
