import { Table, TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { integer, json, key, nullable, primary, text, time } from '../columns.js';

const clientDocuments = () =>
  new Table({
    name: 'client_documents',
    columns: [
      text('id', primary),
      text('file_name', nullable),
      text('content_type'),
      integer('size'),
      text('digest'),
      json('custom_properties'),
      text('process_definition_id', nullable),
      key('process_instance_key', nullable),
      time('expires_at', nullable),
      text('uploaded_by'),
      time('uploaded_at'),
    ],
    indices: [{ name: 'ix_client_documents_expires_at', columnNames: ['expires_at'] }],
  });

/** Of a job: null kind is that of an element itself, as all jobs had before. */
const jobColumns = () => [
  new TableColumn(text('kind', nullable)),
  new TableColumn(text('listener_event', nullable)),
  new TableColumn(time('ended_at', nullable)),
];

/** What the engine API shows and was not kept before: kind and end of jobs, documents of clients. */
export class EngineApi1764000000095 implements MigrationInterface {
  readonly name = 'EngineApi1764000000095';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(clientDocuments());
    for (const column of jobColumns()) await queryRunner.addColumn('jobs', column);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const column of jobColumns().reverse()) await queryRunner.dropColumn('jobs', column);
    await queryRunner.dropTable('client_documents');
  }
}
