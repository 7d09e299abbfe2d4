import { activate } from '../parts/activation.js';
import type { ElementBehavior } from './behavior.js';

/**
 * Begins at its start event, or at all that no flow leads to; completes when its last path has ended. Holds for embedded
 * and event sub-processes and for transactions. Source: BPMN 2.0.2, 13.3.4, "Sub-Process".
 */
export const subProcess: ElementBehavior = {
  activate({ startEvent, implicitStarts }, scope) {
    if (!scope.wait()) return;
    const starts = startEvent === undefined ? implicitStarts : [startEvent];
    for (const index of starts) activate(scope.execution, scope.execution.element(index), scope.key);
  },
};
