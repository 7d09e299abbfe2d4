import type { EngineEvent } from '#engine';

/** Events in short, one text each, without keys and times. */
export function traceOf(events: readonly EngineEvent[]): readonly string[] {
  return events.map(textOf);
}

function textOf(event: EngineEvent): string {
  switch (event.type) {
    case 'elementActivating':
      return `${event.elementId} activating`;
    case 'elementTransitioned':
      return `${event.elementId} ${event.to}`;
    case 'sequenceFlowTaken':
      return `flow ${flowText(event.flowId)}`;
    case 'variablesSet':
      return `variables ${Object.keys(event.variables).join(',')}`;
    case 'incidentCreated':
      return `incidentCreated ${event.elementId} ${event.errorType}`;
    default:
      return 'elementId' in event ? `${event.type} ${event.elementId}` : event.type;
  }
}

/** Id of a flow that the model does not name; `->` is not allowed in an XML id. */
export function flowId(source: string, target: string): string {
  return `${source}.to.${target}`;
}

/** How a flow is shown: `start->check`. */
export function flowText(id: string): string {
  return id.replace('.to.', '->');
}
