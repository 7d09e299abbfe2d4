import type { BpmnElement } from '#bpmn';
import type { ElementScope } from '../parts/element-scope.js';
import { activate } from '../parts/activation.js';
import { makeHappened } from '../parts/triggers.js';
import type { ElementBehavior } from './behavior.js';

/**
 * Begins at the event that was asked for, else at the none start event, else at all that no flow leads to. Source: BPMN
 * 2.0.2, 13.2, "Process Instantiation and Termination".
 */
export const process: ElementBehavior = {
  activate({ startEvent, implicitStarts }, scope) {
    const { execution, key } = scope;
    if (!scope.wait()) return;
    const { startElementId } = execution.state;
    if (startElementId !== undefined) return beginAt(execution.elementById(startElementId), scope);
    const starts = startEvent === undefined ? implicitStarts : [startEvent];
    for (const index of starts) activate(execution, execution.element(index), key);
  },
};

/** An instantiating receive task, or an event after an instantiating gateway, has happened; of a parallel gateway the others are waited for. */
function beginAt(start: BpmnElement, { execution, key }: ElementScope): void {
  if (start.type === 'startEvent') return void activate(execution, start, key);
  const { flows } = execution.definition;
  const gateway = start.incoming.map((flow) => execution.element(flows[flow]?.source ?? 0))[0];
  const others = gateway?.eventGateway?.isParallel ? gateway.outgoing.map((flow) => flows[flow]?.target ?? 0) : [];
  for (const index of others) {
    if (index !== start.index) activate(execution, execution.element(index), key);
  }
  makeHappened(execution, start, key, {});
}
