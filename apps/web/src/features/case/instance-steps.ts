import { useQuery } from '@tanstack/react-query';
import type { Named } from '../../lib/api-types.js';
import { request, requestText } from '../../lib/http.js';

/** A step that runs: its own key, and its element. */
export type RunningStep = { elementInstanceKey: string; elementId: string; elementName: string | null; type: string };
export type Version = { processDefinitionKey: string; version: number; name: string | null };

type Running = { processDefinitionKey: string; processDefinitionId: string; steps: RunningStep[] };

/** What can begin on its own: a step, an event on the way, a gateway or an end; starts and borders cannot. */
const begins = new Set(
  [
    ['task', 'userTask', 'serviceTask', 'scriptTask', 'businessRuleTask', 'sendTask', 'receiveTask', 'manualTask'],
    ['callActivity', 'subProcess', 'adHocSubProcess', 'intermediateCatchEvent', 'intermediateThrowEvent', 'endEvent'],
    ['exclusiveGateway', 'parallelGateway', 'inclusiveGateway', 'eventBasedGateway'],
  ].flat(),
);

/** The version that an instance runs on, and its steps that run, the instance itself not among them. */
export function useRunning(instanceKey: string) {
  return useQuery({
    queryKey: ['instance', instanceKey, 'running'],
    queryFn: async (): Promise<Running> => {
      const instance = await request<Omit<Running, 'steps'>>(`/v2/process-instances/${instanceKey}`);
      const body = { filter: { processInstanceKey: instanceKey, state: 'ACTIVE' }, page: { limit: 200 } };
      const found = await request<{ items: RunningStep[] }>('/v2/element-instances/search', { method: 'POST', body });
      return { ...instance, steps: found.items.filter((one) => one.elementInstanceKey !== instanceKey) };
    },
  });
}

/** Elements of a definition at which something can begin, as people call them; in the order of the file. */
export function useElements(definitionKey: string | undefined, processId: string | undefined) {
  return useQuery({
    queryKey: ['definition', definitionKey, 'elements'],
    enabled: definitionKey !== undefined && processId !== undefined,
    queryFn: async () => elementsIn(await requestText(`/v2/process-definitions/${definitionKey}/xml`), processId!),
  });
}

/** All versions of a process, the newest first. */
export function useVersions(processId: string | undefined) {
  return useQuery({
    queryKey: ['versions', processId],
    enabled: processId !== undefined,
    queryFn: async () => {
      const sort = [{ field: 'version', order: 'DESC' }];
      const body = { filter: { processDefinitionId: processId }, sort, page: { limit: 100 } };
      const path = '/v2/process-definitions/search';
      return (await request<{ items: Version[] }>(path, { method: 'POST', body })).items;
    },
  });
}

function elementsIn(xml: string, processId: string): Named[] {
  const file = new DOMParser().parseFromString(xml, 'text/xml');
  const process = [...file.getElementsByTagName('*')].find(
    (one) => one.localName === 'process' && one.getAttribute('id') === processId,
  );
  const elements = [...(process?.getElementsByTagName('*') ?? [])].filter(
    (one) => begins.has(one.localName) && one.getAttribute('triggeredByEvent') !== 'true',
  );
  return elements.map((one) => ({
    id: one.getAttribute('id') ?? '',
    name: one.getAttribute('name') || (one.getAttribute('id') ?? ''),
  }));
}
