import { Table } from 'typeorm';
import { bool, integer, key, nullable, primary, text, time } from '../../columns.js';

export const definitionsTables = (): readonly Table[] => [
  new Table({
    name: 'process_definitions',
    columns: [
      key('key', primary),
      text('bpmn_process_id'),
      text('name'),
      integer('version'),
      text('version_tag', nullable),
      integer('set_id'),
      text('resource_name'),
      text('xml'),
      text('digest'),
      bool('is_latest'),
    ],
    indices: [
      { name: 'ix_process_definitions_is_latest', columnNames: ['is_latest'] },
      { name: 'ix_process_definitions_set_id', columnNames: ['set_id'] },
      {
        name: 'ux_process_definitions_bpmn_process_id_version',
        columnNames: ['bpmn_process_id', 'version'],
        isUnique: true,
      },
    ],
  }),
  new Table({
    name: 'decision_definitions',
    columns: [
      key('key', primary),
      text('decision_id'),
      text('name'),
      integer('version'),
      integer('set_id'),
      text('resource_name'),
      text('xml'),
      text('digest'),
    ],
    indices: [
      { name: 'ux_decision_definitions_decision_id_version', columnNames: ['decision_id', 'version'], isUnique: true },
    ],
  }),
  new Table({
    name: 'form_definitions',
    columns: [
      key('key', primary),
      text('form_id'),
      integer('version'),
      integer('set_id'),
      text('resource_name'),
      text('digest'),
      text('content'),
    ],
    indices: [{ name: 'ux_form_definitions_form_id_version', columnNames: ['form_id', 'version'], isUnique: true }],
  }),
  new Table({
    name: 'config_sets',
    columns: [
      integer('id', primary),
      text('hash'),
      text('source'),
      time('published_at'),
      text('published_by', nullable),
      text('message', nullable),
    ],
    indices: [{ name: 'ix_config_sets_source_id', columnNames: ['source', 'id'] }],
  }),
  new Table({
    name: 'config_files',
    columns: [integer('set_id', primary), text('path', primary), text('content'), text('digest')],
  }),
];
