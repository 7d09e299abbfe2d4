import { NOTHING, placeOf } from './projection.js';
import type { Projection } from './projection.js';

const ENDED = { completed: 'COMPLETED', terminated: 'TERMINATED' } as const;

/** Elements, variables and decisions. */
export const elementRows: Projection = (event, context) => {
  switch (event.type) {
    case 'elementActivating':
      return [
        {
          insert: 'element_instances',
          row: {
            key: event.elementInstanceKey,
            ...placeOf(context),
            element_id: event.elementId,
            element_name: context.elementOf(event.elementId)?.name ?? '',
            element_type: event.elementType,
            flow_scope_key: event.flowScopeKey ?? null,
            state: 'ACTIVE',
            has_incident: false,
            start_at: event.at,
            end_at: null,
          },
        },
      ];
    case 'elementTransitioned':
      if (event.to !== 'completed' && event.to !== 'terminated') return NOTHING;
      return [
        {
          update: 'element_instances',
          key: { key: event.elementInstanceKey },
          set: { state: ENDED[event.to], has_incident: false, end_at: event.at },
        },
      ];
    case 'variablesSet':
      return Object.entries(event.variables).map(([name, value]) => ({
        upsert: 'variables',
        row: {
          scope_key: event.scopeKey,
          name,
          key: context.nextKey(),
          value: JSON.stringify(value ?? null),
          process_instance_key: context.record.key,
        },
      }));
    case 'decisionEvaluated':
      return [
        {
          insert: 'decision_evaluations',
          row: {
            key: context.nextKey(),
            process_instance_key: context.record.key,
            element_instance_key: event.elementInstanceKey,
            element_id: event.elementId,
            decision_id: event.decisionId,
            inputs: JSON.stringify(event.inputs),
            output: JSON.stringify(event.output ?? null),
            matched_rules: JSON.stringify(event.matchedRules),
            at: context.now,
          },
        },
      ];
    default:
      return NOTHING;
  }
};
