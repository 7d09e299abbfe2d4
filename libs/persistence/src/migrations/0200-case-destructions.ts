import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { nullable, primary, text, time } from '../columns.js';

const tables = (): readonly Table[] => [
  new Table({
    name: 'case_destructions',
    columns: [
      text('destruction_key', primary),
      text('case_key'),
      text('case_no', nullable),
      text('reason'),
      text('asked_by'),
      time('asked_at'),
      text('state'),
      text('decided_by', nullable),
      time('decided_at', nullable),
      text('comment', nullable),
    ],
    indices: [
      { name: 'ix_case_destructions_asked_at', columnNames: ['asked_at'] },
      {
        name: 'ux_case_destructions_waiting',
        columnNames: ['case_key'],
        isUnique: true,
        where: `"state" = 'waiting'`,
      },
    ],
  }),
  new Table({
    name: 'legal_holds',
    columns: [
      text('hold_key', primary),
      text('case_key'),
      text('case_no', nullable),
      text('reason'),
      text('placed_by'),
      time('placed_at'),
      text('lifted_by', nullable),
      time('lifted_at', nullable),
      text('lift_reason', nullable),
    ],
    indices: [
      { name: 'ix_legal_holds_placed_at', columnNames: ['placed_at'] },
      {
        name: 'ux_legal_holds_in_force',
        columnNames: ['case_key'],
        isUnique: true,
        where: '"lifted_at" IS NULL',
      },
    ],
  }),
];

/** Who asked that the key of a case be destroyed and who decided; which cases must be kept, why and until when. Rows stay. */
export class CaseDestructions1764000000200 implements MigrationInterface {
  readonly name = 'CaseDestructions1764000000200';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables()) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables()].reverse()) await queryRunner.dropTable(table.name);
  }
}
