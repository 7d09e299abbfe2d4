import type { Key } from '#engine';
import { isAtGateway } from './gateway-starts.js';
import { notOfCases } from './hidden-cases.js';
import { type Hit, isOfSet, type Message, setEntry, startEntry } from './message-rows.js';
import type { Given, Row } from './ports.js';
import type { CaseQuery } from './work-items.js';

export interface HitOptions {
  /** Cases that do not exist for the sender: their instances are not met, and keep no other away from it. */
  readonly hidden: CaseQuery | undefined;
  readonly nextKey: () => Key;
}

/**
 * Start events; with a correlation key only where no instance that is started with it still runs, or is about to: to
 * that one, a message of the same gateway still belongs.
 */
export async function startHits(
  given: Given,
  message: Message,
  { hidden, nextKey }: HitOptions,
): Promise<readonly Hit[]> {
  const starts = await given.query(`SELECT * FROM start_subscriptions WHERE kind = 'message' AND name = ?`, [
    message.name,
  ]);
  if (starts.length === 0) return [];
  const { held, toBegin } = message.correlationKey === '' ? nobody : await holders(given, message);
  const busy = held.length > 0 && hidden ? await visibleOf(given, message, hidden) : held;
  const isBusy = (row: Row, id: string): boolean => busy.includes(id) && !(isAtGateway(row) && toBegin.includes(id));
  return starts
    .filter((row) => !isBusy(row, String(row.bpmn_process_id)))
    .map((row) => {
      const id = String(row.bpmn_process_id);
      if (!held.includes(id)) return startHit(row, message, nextKey);
      const isBeside = isAtGateway(row) && !toBegin.includes(id);
      return withoutHold(startHit(isBeside ? { ...row, event_index: null } : row, message, nextKey));
    });
}

interface Holders {
  /** Processes that an instance holds the correlation key of. */
  readonly held: readonly string[];
  /** Those whose instance has not begun yet. */
  readonly toBegin: readonly string[];
}

const nobody: Holders = { held: [], toBegin: [] };

async function holders(given: Given, { name, correlationKey }: Message): Promise<Holders> {
  const sql = `SELECT s.bpmn_process_id, p."key" AS begun FROM message_starts s
    LEFT JOIN process_instances p ON p."key" = s.process_instance_key WHERE s.message_name = ? AND s.correlation_key = ?`;
  const rows = await given.query(sql, [name, correlationKey]);
  const idsOf = (some: readonly Row[]): string[] => some.map((row) => String(row.bpmn_process_id));
  return { held: idsOf(rows), toBegin: idsOf(rows.filter(({ begun }) => begun === null)) };
}

/** The same without hidden instances, and with those that were started beside them and hold nothing. */
async function visibleOf(
  given: Given,
  { name, correlationKey }: Message,
  hidden: CaseQuery,
): Promise<readonly string[]> {
  const holds = notOfCases('s.process_instance_key', hidden);
  const runs = notOfCases('i."key"', hidden);
  const rows = await given.query(
    `SELECT bpmn_process_id FROM message_starts s WHERE message_name = ? AND correlation_key = ?${holds.sql}
     UNION SELECT bpmn_process_id FROM process_instances i
     WHERE start_message_name = ? AND start_correlation_key = ? AND state = 'ACTIVE'${runs.sql}`,
    [name, correlationKey, ...holds.params, name, correlationKey, ...runs.params],
  );
  return rows.map((row) => String(row.bpmn_process_id));
}

/** The key stays with the instance that has it. */
function withoutHold({ bpmnProcessId, processInstanceKey, entry }: Hit): Hit {
  return { bpmnProcessId, processInstanceKey, entry };
}

function startHit(row: Row, message: Message, nextKey: () => Key): Hit {
  const { variables, caseKey, caseNo, name, correlationKey } = message;
  if (isOfSet(row)) {
    const of = { messageKey: message.key, messageName: name, correlationKey, visibleTo: message.visibleTo };
    const entry = setEntry(row, { variables, caseKey, caseNo, ...of });
    return { bpmnProcessId: String(row.bpmn_process_id), processInstanceKey: null, entry };
  }
  const key = nextKey();
  const entry = startEntry(row, key, { variables, caseKey, caseNo, messageName: name, correlationKey });
  const bpmnProcessId = String(row.bpmn_process_id);
  if (correlationKey === '') return { bpmnProcessId, processInstanceKey: key, entry };
  const held = { message_name: name, correlation_key: correlationKey, bpmn_process_id: bpmnProcessId };
  const holds = { insert: 'message_starts', row: { ...held, process_instance_key: key } };
  return { bpmnProcessId, processInstanceKey: key, entry, holds };
}
