import { relatedOf, type ConfigurationSet, type Relation } from '#configuration';
import { StoreUnavailable, type FollowedRows, type LedgerStore } from '#persistence';
import { followInstance, type Declarations } from './follow-instance.js';

export interface LedgerFollowerParts {
  readonly ledgers: LedgerStore;
  /** The set in force; asked anew for each batch. */
  readonly current: () => Declarations & Pick<ConfigurationSet, 'hash'>;
  /** The latest set with this content; 0 where there is none. */
  readonly setId: (hash: string) => Promise<number>;
  /** Called when all that a set makes stale is worked off. */
  readonly onCaughtUp?: (setId: number) => Promise<void>;
  /** Engine time, epoch ms. */
  readonly now: () => number;
  readonly timeZone: string;
  readonly log: { error(fields: object, message: string): void };
}

function relatedBy({ readModel }: Declarations, relation: Relation): readonly string[] {
  const entries = [...readModel.ledgers, ...readModel.indicators];
  return [...new Set(entries.flatMap((entry) => relatedOf(entry, relation)))];
}

const REFUSED = 'Expected rows that the database takes but it refused those of the instance.';
/** Instances of one transaction: short enough for those who wait behind it. */
const BATCH = 50;

/**
 * Keeps the rows of ledgers and indicators up to date (ADR 18): works off the marks that steps leave, and marks what was
 * made by other declarations. Any number of nodes may follow; each instance is one node's at a time.
 */
export class LedgerFollower {
  private running: Promise<void> | undefined;
  private isAskedAgain = false;
  private isClosed = false;
  /** Hash of the set whose declarations all rows were compared with. */
  private compared: string | undefined;
  private setId = 0;
  private hasCaughtUp = false;

  constructor(private readonly parts: LedgerFollowerParts) {}

  /** Works off all marks; calls that overlap run once more at the end. Never throws: what failed keeps its mark. */
  async follow(): Promise<void> {
    if (this.isClosed) return;
    this.isAskedAgain = this.running !== undefined;
    this.running ??= this.run().finally(() => (this.running = undefined));
    await this.running;
  }

  /** Ends after the batch under way. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.running;
  }

  /** Makes all rows again, whatever they were made by. */
  async rebuild(): Promise<void> {
    await this.parts.ledgers.forgetPositions();
    this.compared = undefined;
    await this.follow();
  }

  private async run(): Promise<void> {
    do {
      this.isAskedAgain = false;
      try {
        await this.compare();
        while (!this.isClosed && (await this.batch()));
        await this.tell();
      } catch (cause) {
        this.parts.log.error({ err: cause }, 'ledgers could not be followed; what is left keeps its mark');
        return;
      }
    } while (this.isAskedAgain && !this.isClosed);
  }

  /** Once for each set of configuration: at the start, and after each publication. */
  private async compare(): Promise<void> {
    const { hash, readModel } = this.parts.current();
    if (this.compared === hash) return;
    this.hasCaughtUp = false;
    this.setId = await this.parts.setId(hash);
    let last: string | undefined = '0';
    while (last !== undefined && !this.isClosed) last = await this.parts.ledgers.markStale(readModel.hashes, last);
    if (!this.isClosed) this.compared = hash;
  }

  /** Once for each set: what it made stale is done when no mark is left, of this node or another. */
  private async tell(): Promise<void> {
    if (this.hasCaughtUp || this.isClosed || (await this.parts.ledgers.isPending())) return;
    await this.parts.onCaughtUp?.(this.setId);
    this.hasCaughtUp = true;
  }

  /** Whether there was something to do and it was done. */
  private async batch(): Promise<boolean> {
    const { ledgers, current, timeZone, now } = this.parts;
    if (!(await ledgers.isPending())) return false;
    const marks = await ledgers.claim(BATCH);
    if (marks.length === 0) return false;
    const set = current();
    const pausing = set.readModel.deadlines.flatMap(({ declaration }) => declaration.pause ?? []);
    const found = await ledgers.instances(
      marks.map(({ processInstanceKey }) => processInstanceKey),
      {
        pausing: [...new Set(pausing)],
        related: relatedBy(set, 'sameCase'),
        naming: relatedBy(set, 'naming'),
      },
    );
    const world = { set, setId: this.setId, timeZone, now: now() };
    const byKey = new Map(found.map((instance) => [instance.key, instance]));
    const followed: FollowedRows[] = [];
    for (const mark of marks) {
      followed.push(followInstance(mark, byKey.get(mark.processInstanceKey), world));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return this.put(followed);
  }

  /** Where the database refuses them together each is put alone, so that one holds up no other. */
  private async put(followed: readonly FollowedRows[]): Promise<boolean> {
    try {
      return await this.parts.ledgers.put(followed);
    } catch (cause) {
      if (cause instanceof StoreUnavailable) throw cause;
      for (const one of followed) if (!(await this.putAlone(one))) return false;
      return true;
    }
  }

  /** What is refused gives no rows but a fault, and is tried again after the next step and the next start. */
  private async putAlone(one: FollowedRows): Promise<boolean> {
    const { ledgers, log } = this.parts;
    try {
      return await ledgers.put([one]);
    } catch (cause) {
      if (cause instanceof StoreUnavailable || one.declarations === undefined) throw cause;
      const { mark, declarations } = one;
      log.error({ err: cause, processInstanceKey: mark.processInstanceKey }, 'ledger rows of an instance were refused');
      return ledgers.put([{ mark, revision: 0, declarations, fault: REFUSED, rows: [], cells: [], facts: [] }]);
    }
  }
}
