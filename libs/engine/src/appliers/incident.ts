import { disown, own } from './draft.js';
import type { Appliers } from './index.js';

export const incidentAppliers: Pick<Appliers, 'incidentCreated' | 'incidentResolved'> = {
  incidentCreated(draft, { incidentKey, elementInstanceKey, jobKey, errorType }) {
    own(draft, 'incidents', incidentKey, {
      elementInstanceKey,
      ...(jobKey !== undefined && { jobKey }),
      errorType,
    });
  },
  incidentResolved: (draft, { incidentKey }) => disown(draft, 'incidents', incidentKey),
};
