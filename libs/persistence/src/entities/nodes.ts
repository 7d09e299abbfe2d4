import { Entity, Index } from 'typeorm';
import { IntegerColumn, KeyColumn, TextColumn, TimeColumn, primary } from '../columns.js';

/** A running server process (ADR 17). `lease_until` is database time; what is claimed by an epoch without a row is free. */
@Entity({ name: 'nodes' })
@Index('ix_nodes_lease_until', ['leaseUntil'])
export class NodeRow {
  @KeyColumn('epoch', primary) epoch!: string;
  @TextColumn('name') name!: string;
  @TimeColumn('registered_at') registeredAt!: number;
  @TimeColumn('lease_until') leaseUntil!: number;
}

/** One row: the epoch that was given last. */
@Entity({ name: 'node_epochs' })
export class NodeEpoch {
  @IntegerColumn('id', primary) id!: number;
  @KeyColumn('last') last!: string;
}
