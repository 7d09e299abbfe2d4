import type { Statement } from '../writer-connection.js';

/** The node's lease had run out at the end of a transaction: others may have taken its work. All of it is rolled back. */
export class FencedOut extends Error {
  override readonly name = 'FencedOut';

  constructor(readonly epoch: number) {
    super(`Expected node epoch ${epoch} to hold its lease but the lease has run out.`);
  }
}

/** Another process serves the same SQLite file. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';
}

/** This process among the nodes of a database: its epoch and lease (ADR 17). */
export interface Membership {
  /** 0 until it is registered. Work is claimed in its name. */
  readonly epoch: number;
  /** First statement of a transaction. */
  readonly begin: string;
  /** How far the database's clock is ahead of this machine's, whole ms; 0 until it is registered. */
  readonly clockOffsetMs: number;
  /** How many nodes hold a lease, as of the last renewal of this one's; 0 until it is registered. */
  readonly liveNodes: number;
  /** Registers the node and keeps its lease. */
  join(): Promise<void>;
  /** Before a transaction: registers the node where that is due, and gives the epoch that the transaction runs in. */
  ready(): Promise<number>;
  /** The last statement of a transaction that changed something; throws `FencedOut` where the lease of its epoch has run out. */
  guard(run: Statement, epoch: number): Promise<void>;
  /** Takes a new epoch after `FencedOut` in `lost`, unless that has happened since, and tells who listens. */
  rejoin(lost: number): Promise<void>;
  /** Removes nodes whose lease has run out, so that their claims are free; gives how many. */
  removeDead(): Promise<number>;
  /** Called with each new epoch after the first. */
  onRejoin(listener: () => void): void;
  /** Gives the lease back: what is still claimed is free at once. */
  leave(): Promise<void>;
}
