import type { Changes, CommittedUnit, Outcome, RowWrite, Unit } from '#runtime';
import { changeOf } from './audit/audited-tables.js';
import type { Batch } from './batch.js';
import { passEdge } from './edges.js';

/** A unit that its batch has asked. */
export interface Decided {
  readonly outcome: Outcome<unknown>;
  readonly committed: CommittedUnit;
}

/** Asks one unit; one whose claim has ended is refused unasked. */
export async function decideOne(batch: Batch, unit: Unit<unknown>, epoch: number): Promise<Decided> {
  if (unit.claim !== undefined && unit.claim !== epoch)
    return { outcome: claimLost(unit.claim), committed: committedUnit(unit, {}) };
  const { outcome, changes } = await batch.decide(unit, Date.now());
  return { outcome, committed: committedUnit(unit, changes) };
}

const claimLost = (claim: number): Outcome<never> => ({
  ok: false,
  rejection: {
    code: 'conflict',
    message: `Expected the work to be claimed by this node still but its epoch ${claim} has ended.`,
  },
});

const committedUnit = ({ instanceKey }: Unit<unknown>, { rows = [], writes = [] }: Changes): CommittedUnit => ({
  ...(instanceKey === undefined ? {} : { instanceKey }),
  rows,
  written: writes.flatMap(writtenBy),
});

/** Tables that a write changes; none for a statement that is no plain change. */
function writtenBy(write: RowWrite): readonly string[] {
  const table = 'insert' in write ? write.insert : changeOf(write.sql)?.table;
  return table === undefined ? [] : [table];
}

const ACKNOWLEDGMENTS = new Set(['completeJob', 'failJob', 'throwJobError']);

/** Says at which edges the units of a commit are, on either side of it. */
export function passUnitEdges(units: readonly Unit<unknown>[], side: 'before' | 'after'): void {
  for (const unit of units) {
    if (unit.kind === 'deploy') passEdge('inDeployment');
    if (ACKNOWLEDGMENTS.has(unit.kind ?? ''))
      passEdge(side === 'before' ? 'beforeJobAcknowledgment' : 'afterJobAcknowledgment');
    if (unit.kind === 'acknowledgeDelivery')
      passEdge(side === 'before' ? 'beforeDeliveryAcknowledgment' : 'afterDeliveryAcknowledgment');
    if (unit.kind === 'claimDeliveries' && side === 'after') passEdge('beforeDelivery');
  }
}
