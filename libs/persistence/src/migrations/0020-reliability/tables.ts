import { Table } from 'typeorm';
import { integer, json, nullable, primary, text, time } from '../../columns.js';

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
];
