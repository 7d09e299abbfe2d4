import { Table } from 'typeorm';
import { integer, json, key, nullable, primary, text, time } from '../../columns.js';

export const reliabilityTables = (): readonly Table[] => [
  new Table({ name: 'commit_marks', columns: [text('writer', primary), integer('batch'), time('at')] }),
  new Table({
    name: 'client_requests',
    columns: [
      text('account', primary),
      text('key', primary),
      text('fingerprint'),
      integer('status', nullable),
      json('body', nullable),
      time('at'),
    ],
    indices: [{ name: 'ix_client_requests_at', columnNames: ['at'] }],
  }),
  new Table({
    name: 'outbox',
    columns: [
      key('key', primary),
      text('idempotency_key'),
      text('kind'),
      text('target'),
      json('body'),
      text('state'),
      integer('attempts'),
      time('due_at'),
      text('last_error', nullable),
      key('process_instance_key', nullable),
      key('job_key', nullable),
      time('created_at'),
      time('ended_at', nullable),
      text('claimed_by', nullable),
      time('claimed_until', nullable),
    ],
    indices: [
      { name: 'ix_outbox_state_due_at', columnNames: ['state', 'due_at'] },
      { name: 'ix_outbox_process_instance_key', columnNames: ['process_instance_key'] },
    ],
  }),
];
