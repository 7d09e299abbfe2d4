import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bool, integer, json, nullable, primary, text, time } from '../columns.js';

const tables = (): readonly Table[] => [
  new Table({
    name: 'tracking_codes',
    columns: [text('hash', primary), text('case_key'), text('pin_hash', nullable), time('created_at')],
    indices: [{ name: 'ix_tracking_codes_case_key', columnNames: ['case_key'] }],
  }),
  new Table({
    name: 'attachments',
    columns: [
      text('id', primary),
      text('name'),
      text('media_type'),
      integer('size'),
      text('digest'),
      text('case_key', nullable),
      text('uploaded_by', nullable),
      time('uploaded_at'),
      time('claimed_at', nullable),
    ],
    indices: [{ name: 'ix_attachments_claimed_at_uploaded_at', columnNames: ['claimed_at', 'uploaded_at'] }],
  }),
  new Table({
    name: 'documents',
    columns: [
      text('document_key', primary),
      text('process_instance_key'),
      text('case_key', nullable),
      text('document_id'),
      text('title'),
      text('html'),
      json('handles'),
      bool('portal'),
      time('created_at'),
    ],
    indices: [
      { name: 'ix_documents_process_instance_key', columnNames: ['process_instance_key'] },
      { name: 'ix_documents_case_key', columnNames: ['case_key'] },
    ],
  }),
  new Table({
    name: 'drafts',
    columns: [
      text('user_task_key', primary),
      text('account', primary),
      text('case_key'),
      integer('key_version'),
      text('iv'),
      text('ciphertext'),
      text('tag'),
      time('saved_at'),
    ],
  }),
  new Table({
    name: 'notices',
    columns: [
      text('notice_key', primary),
      text('recipient'),
      text('text'),
      text('process_instance_key', nullable),
      time('created_at'),
    ],
    indices: [{ name: 'ix_notices_recipient_created_at', columnNames: ['recipient', 'created_at'] }],
  }),
  new Table({
    name: 'approvals',
    columns: [
      text('approval_key', primary),
      json('changes'),
      json('why'),
      text('message'),
      text('author'),
      time('created_at'),
      text('state'),
      text('decided_by', nullable),
      time('decided_at', nullable),
      text('comment', nullable),
    ],
    indices: [{ name: 'ix_approvals_state_created_at', columnNames: ['state', 'created_at'] }],
  }),
];

/** What staff and petitioners work with besides tasks: codes, attachments, documents, drafts, notices, approvals. */
export class Work1763900000004 implements MigrationInterface {
  readonly name = 'Work1763900000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables()) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables()].reverse()) await queryRunner.dropTable(table.name);
  }
}
