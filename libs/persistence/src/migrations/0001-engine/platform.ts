import { Table } from 'typeorm';
import { integer, json, key, nullable, primary, text, time } from '../../columns.js';

export const platformTables = (): readonly Table[] => [
  new Table({
    name: 'number_series',
    columns: [text('series', primary), integer('year', primary), integer('last')],
  }),
  new Table({
    name: 'key_blocks',
    columns: [integer('id', primary), key('next_key')],
  }),
  new Table({
    name: 'idempotency_keys',
    columns: [text('key', primary), text('account', primary), json('response'), time('at')],
    indices: [{ name: 'ix_idempotency_keys_at', columnNames: ['at'] }],
  }),
  new Table({
    name: 'clock',
    columns: [integer('id', primary), time('pinned_at', nullable)],
  }),
  new Table({
    name: 'locks',
    columns: [text('name', primary), text('holder'), integer('token'), time('expires_at')],
  }),
];
