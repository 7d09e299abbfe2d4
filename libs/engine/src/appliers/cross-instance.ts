import { put, remove } from './draft.js';
import type { Appliers } from './index.js';

export const crossInstanceAppliers: Pick<
  Appliers,
  | 'processCallRequested'
  | 'processCallCanceled'
  | 'messageThrown'
  | 'signalThrown'
  | 'errorPropagatedToCaller'
  | 'escalationPropagatedToCaller'
> = {
  processCallRequested(draft, { elementInstanceKey, childKey, bpmnProcessId, bindingType }) {
    put(draft, 'calls', [elementInstanceKey, { elementInstanceKey, childKey, bpmnProcessId, bindingType }]);
  },
  processCallCanceled: (draft, { elementInstanceKey }) => remove(draft, 'calls', elementInstanceKey),
  messageThrown() {},
  signalThrown() {},
  errorPropagatedToCaller() {},
  escalationPropagatedToCaller() {},
};
