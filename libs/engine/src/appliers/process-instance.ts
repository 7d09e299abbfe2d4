import type { Appliers } from './index.js';

export const processInstanceAppliers: Pick<
  Appliers,
  'processInstanceCreated' | 'processInstanceCompleted' | 'processInstanceTerminated' | 'processInstancePaused'
> = {
  processInstanceCreated({ state }, event) {
    state.processInstanceKey = event.processInstanceKey;
    state.processDefinitionKey = event.processDefinitionKey;
    state.bpmnProcessId = event.bpmnProcessId;
    state.processVersion = event.processVersion;
    if (event.parent) state.parent = event.parent;
    if (event.startElementId !== undefined) state.startElementId = event.startElementId;
  },
  processInstanceCompleted({ state }) {
    state.status = 'completed';
  },
  processInstanceTerminated({ state }) {
    state.status = 'terminated';
  },
  processInstancePaused({ state }, { pauses = 1 }) {
    state.pauses = pauses;
  },
};
