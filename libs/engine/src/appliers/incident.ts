import { remove, writable } from './draft.js';
import type { Appliers } from './index.js';

export const incidentAppliers: Pick<Appliers, 'incidentCreated' | 'incidentResolved'> = {
  incidentCreated(draft, { incidentKey, elementInstanceKey, jobKey, errorType }) {
    writable(draft, 'incidents')[incidentKey] = {
      elementInstanceKey,
      ...(jobKey !== undefined && { jobKey }),
      errorType,
    };
  },
  incidentResolved: (draft, { incidentKey }) => remove(draft, 'incidents', incidentKey),
};
