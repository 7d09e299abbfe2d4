import { catchesErrorOf, type Key } from '#engine';
import type { Definitions } from './definitions.js';
import type { Given } from './ports.js';
import { stepInstance, type StepRequest, type Stepped } from './stepping.js';

type Query = Given['query'];

/**
 * Steps an instance. An error that leaves it needs to know whether a caller catches it, and that needs reads: only then
 * the step is taken back and made again with the answer. Others stay without them.
 */
export function stepKnowingCallers(
  request: StepRequest,
  definitions: Definitions,
  query: Query,
): Stepped | Promise<Stepped> {
  if (request.record.parentElementInstanceKey === null) return stepInstance(request);
  const left = new Set<string>();
  const asking = (errorCode: string) => left.add(errorCode).has(errorCode);
  const stepped = stepInstance({ ...request, world: { ...request.world, callersCatch: asking } });
  return left.size === 0 ? stepped : stepAgain(request, definitions, query);
}

async function stepAgain(request: StepRequest, definitions: Definitions, query: Query): Promise<Stepped> {
  const callers = await callersOf(request.record.parentElementInstanceKey, definitions, query);
  const callersCatch = (errorCode: string) =>
    callers.some(({ process, elementId }) => catchesErrorOf(process, elementId, errorCode));
  return stepInstance({ ...request, world: { ...request.world, callersCatch } });
}

/** The chain of callers, nearest first; a call activity that has ended meanwhile cancels what it called by itself. */
async function callersOf(calling: Key | null, definitions: Definitions, query: Query) {
  const callers = [];
  for (let key = calling; key !== null;) {
    const [row] = await query(
      `SELECT e.element_id, p.process_definition_key, p.parent_element_instance_key
       FROM element_instances e JOIN process_instances p ON p."key" = e.process_instance_key WHERE e."key" = ?`,
      [key],
    );
    const loaded = row && (await definitions.byKey(String(row.process_definition_key)));
    if (!loaded) break;
    callers.push({ process: loaded.process, elementId: String(row.element_id) });
    key = row.parent_element_instance_key === null ? null : String(row.parent_element_instance_key);
  }
  return callers;
}
