import type { Key } from '#engine';
import type { CommittedUnit, RuntimeReads } from './ports.js';

export type TargetKind = Parameters<RuntimeReads['instanceOf']>[0];

/** Keys that are kept of each kind, the oldest goes first: about 100 bytes each. */
const KEPT = 50_000;
const KIND_OF = new Map<string, TargetKind>([
  ['user_tasks', 'userTask'],
  ['jobs', 'job'],
]);

/** Instances of the tasks and jobs that this node made or was asked for. A task never moves, so an entry stays true. */
export class KnownTargets {
  private readonly known = new Map<TargetKind, Map<Key, Key>>();

  instanceOf(kind: TargetKind, key: Key): Key | undefined {
    return this.known.get(kind)?.get(key);
  }

  remember(kind: TargetKind, key: Key, instanceKey: Key): void {
    let keys = this.known.get(kind);
    if (!keys) this.known.set(kind, (keys = new Map()));
    keys.set(key, instanceKey);
    if (keys.size > KEPT) keys.delete(keys.keys().next().value!);
  }

  /** Remembers what was just committed. */
  take(units: readonly CommittedUnit[]): void {
    for (const { instanceKey, rows } of units) {
      if (instanceKey === undefined) continue;
      for (const row of rows) {
        const kind = 'insert' in row ? KIND_OF.get(row.insert) : undefined;
        if (kind !== undefined && 'insert' in row) this.remember(kind, String(row.row.key), instanceKey);
      }
    }
  }
}
