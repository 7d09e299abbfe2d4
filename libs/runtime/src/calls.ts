import type { Key, Variables } from '#engine';
import { cascadeOf, type Cascade, type Cascades } from './cascades.js';
import type { Instances } from './instances.js';
import type { InboxRow, InstanceRecord, Outcome, RowWrite, RuntimeStore, StoredDefinition } from './ports.js';

export interface CallsOptions {
  readonly store: RuntimeStore;
  readonly instances: Instances;
  readonly cascades: Cascades;
}

/** Processes that may call one another in a chain. */
const MAX_CALL_DEPTH = 100;
/** Callers whose place in their chain is remembered. */
const DEPTHS_KEPT = 10_000;

/** Starts processes that call activities asked for. Source: BPMN 2.0.2, "Call Activity". */
export class Calls {
  private readonly depths = new Map<Key, number>();

  constructor(private readonly options: CallsOptions) {}

  /** The row is worked off whatever comes of it: a process, a failed call, or nothing where nobody calls any more. */
  async start(row: InboxRow, payload: Variables, done: RowWrite): Promise<Outcome<unknown>> {
    const parentKey = String(payload.parentKey);
    const elementInstanceKey = String(payload.elementInstanceKey);
    if (!(await this.isCalling(elementInstanceKey)))
      return reject('notFound', `Expected ${elementInstanceKey} to call a process still but it has ended.`);
    const parent = await this.options.store.reads.instanceRecord(parentKey);
    const definition = parent && (await this.calledDefinition(payload, parent.setId));
    const fail = (errorMessage: string) =>
      this.options.instances.execute({
        instanceKey: parentKey,
        command: { type: 'failCalledProcess', elementInstanceKey, errorMessage },
        writes: [done],
        cascade: cascadeOf(payload),
      });
    const cascade = cascadeOf(payload);
    const excess = parent && (await this.excessOf(parent, cascade));
    if (excess !== undefined)
      return fail(
        `Expected at most ${excess} but "${String(payload.bpmnProcessId)}" would be one more. Look for a process that calls itself.`,
      );
    if (!definition) return fail(`Expected the process ${String(payload.bpmnProcessId)} to be deployed but it is not.`);
    const outcome = await this.options.instances.create(
      {
        processDefinitionKey: definition.key,
        variables: payload.variables as Variables,
        processInstanceKey: row.target,
      },
      { parent: { record: parent, elementInstanceKey }, extraWrites: [done, stillCalls(elementInstanceKey)], cascade },
    );
    if (outcome.ok || outcome.rejection.code === 'conflict' || outcome.rejection.code === 'overloaded') return outcome;
    return fail(outcome.rejection.message);
  }

  private async isCalling(elementInstanceKey: Key): Promise<boolean> {
    const outcome = await this.options.store.commit({
      decide: async (given) => {
        const rows = await given.query(
          `SELECT 1 AS found FROM element_instances WHERE "key" = ? AND state = 'ACTIVE'`,
          [elementInstanceKey],
        );
        return { ok: true, reply: rows.length > 0, changes: {} };
      },
    });
    return !outcome.ok || outcome.reply;
  }

  /** Which bound another call of this caller would exceed. */
  private async excessOf(caller: InstanceRecord, cascade: Cascade | undefined): Promise<string | undefined> {
    const depth = await this.depthOf(caller);
    if (depth >= MAX_CALL_DEPTH) return `${MAX_CALL_DEPTH} processes to call one another`;
    return cascade && this.options.cascades.excessOf(cascade);
  }

  /** Processes in the chain of callers, itself included. It never changes, so that the one above is mostly known. */
  private async depthOf(caller: InstanceRecord): Promise<number> {
    const { reads } = this.options.store;
    const chain: Key[] = [];
    let record: InstanceRecord | undefined = caller;
    while (record && !this.depths.has(record.key) && chain.length < MAX_CALL_DEPTH) {
      chain.push(record.key);
      record = record.parentInstanceKey === null ? undefined : await reads.instanceRecord(record.parentInstanceKey);
    }
    const above = (record && this.depths.get(record.key)) ?? 0;
    for (const [index, key] of chain.toReversed().entries()) this.depths.set(key, above + index + 1);
    while (this.depths.size > DEPTHS_KEPT) this.depths.delete(this.depths.keys().next().value!);
    return above + chain.length;
  }

  private calledDefinition(
    { bpmnProcessId, bindingType, versionTag }: Variables,
    setId: number,
  ): Promise<StoredDefinition | undefined> {
    const { reads } = this.options.store;
    const id = String(bpmnProcessId);
    if (bindingType === 'deployment') return reads.definitionInSet(id, setId);
    if (bindingType === 'versionTag') return reads.definitionByVersionTag(id, String(versionTag));
    return reads.latestDefinition(id);
  }
}

/** Commits with the start of the called process: its cancellation, worked off by another node, may have come before. */
const stillCalls = (elementInstanceKey: Key): RowWrite => ({
  sql: `UPDATE element_instances SET state = state WHERE "key" = ? AND state = 'ACTIVE'`,
  params: [elementInstanceKey],
  expectRows: 1,
});

const reject = (code: 'notFound', message: string): Outcome<never> => ({ ok: false, rejection: { code, message } });
