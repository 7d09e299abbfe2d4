import { Table } from 'typeorm';
import { bool, integer, json, key, nullable, primary, text, time } from '../../columns.js';

export const messagingTables = (): readonly Table[] => [
  new Table({
    name: 'message_subscriptions',
    columns: [
      key('key', primary),
      key('process_instance_key'),
      text('bpmn_process_id'),
      text('element_id'),
      key('element_instance_key'),
      text('message_name'),
      text('correlation_key'),
      bool('is_interrupting'),
    ],
    indices: [
      {
        name: 'ix_message_subscriptions_message_name_correlation_key',
        columnNames: ['message_name', 'correlation_key'],
      },
      { name: 'ix_message_subscriptions_process_instance_key', columnNames: ['process_instance_key'] },
    ],
  }),
  new Table({
    name: 'messages',
    columns: [
      key('key', primary),
      text('name'),
      text('correlation_key'),
      text('message_id', nullable),
      json('variables'),
      text('case_key', nullable),
      text('case_no', nullable),
      time('published_at'),
      time('expires_at'),
    ],
    indices: [
      { name: 'ix_messages_name_correlation_key', columnNames: ['name', 'correlation_key'] },
      { name: 'ix_messages_expires_at', columnNames: ['expires_at'] },
      {
        name: 'ux_messages_name_correlation_key_message_id',
        columnNames: ['name', 'correlation_key', 'message_id'],
        isUnique: true,
      },
    ],
  }),
  new Table({
    name: 'message_correlations',
    columns: [key('message_key', primary), text('bpmn_process_id', primary), key('process_instance_key')],
  }),
  new Table({
    name: 'signal_subscriptions',
    columns: [
      key('key', primary),
      key('process_instance_key'),
      text('element_id'),
      key('element_instance_key'),
      text('signal_name'),
      bool('is_interrupting'),
    ],
    indices: [
      { name: 'ix_signal_subscriptions_signal_name', columnNames: ['signal_name'] },
      { name: 'ix_signal_subscriptions_process_instance_key', columnNames: ['process_instance_key'] },
    ],
  }),
  new Table({
    name: 'start_subscriptions',
    columns: [
      key('key', primary),
      key('process_definition_key'),
      text('bpmn_process_id'),
      text('element_id'),
      text('kind'),
      text('name', nullable),
      time('due_at', nullable),
      integer('repetitions_left', nullable),
    ],
    indices: [
      { name: 'ix_start_subscriptions_kind_name', columnNames: ['kind', 'name'] },
      { name: 'ix_start_subscriptions_due_at', columnNames: ['due_at'] },
      { name: 'ix_start_subscriptions_bpmn_process_id', columnNames: ['bpmn_process_id'] },
    ],
  }),
  new Table({
    name: 'inbox',
    columns: [
      key('key', primary),
      key('source_instance'),
      integer('source_position'),
      text('target'),
      text('kind'),
      key('target_instance_key', nullable),
      json('payload'),
      time('created_at'),
      integer('attempts'),
      time('done_at', nullable),
    ],
    indices: [
      { name: 'ix_inbox_done_at_key', columnNames: ['done_at', 'key'] },
      {
        name: 'ux_inbox_source_instance_source_position_target',
        columnNames: ['source_instance', 'source_position', 'target'],
        isUnique: true,
      },
    ],
  }),
];
