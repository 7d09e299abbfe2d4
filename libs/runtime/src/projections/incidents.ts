import { NOTHING, placeOf } from './projection.js';
import type { Projection } from './projection.js';

/** Incidents, and the mark on the element that is stuck. */
export const incidentRows: Projection = (event, context) => {
  switch (event.type) {
    case 'incidentCreated':
      return [
        {
          insert: 'incidents',
          row: {
            key: event.incidentKey,
            ...placeOf(context),
            element_id: event.elementId,
            element_instance_key: event.elementInstanceKey,
            job_key: event.jobKey ?? null,
            error_type: event.errorType,
            error_message: event.errorMessage,
            state: 'ACTIVE',
            created_at: event.at,
            resolved_at: null,
            resolved_by: null,
          },
        },
        { update: 'element_instances', key: { key: event.elementInstanceKey }, set: { has_incident: true } },
      ];
    case 'incidentResolved': {
      const element = context.before?.incidents.get(event.incidentKey)?.elementInstanceKey;
      return [
        {
          update: 'incidents',
          key: { key: event.incidentKey },
          set: { state: 'RESOLVED', resolved_at: event.at, resolved_by: event.by ?? null },
        },
        ...(element === undefined
          ? []
          : [{ update: 'element_instances', key: { key: element }, set: { has_incident: false } }]),
      ];
    }
    default:
      return NOTHING;
  }
};
