import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { key, primary, text } from '../columns.js';

const messageStarts = (): Table =>
  new Table({
    name: 'message_starts',
    columns: [
      text('message_name', primary),
      text('correlation_key', primary),
      text('bpmn_process_id', primary),
      key('process_instance_key'),
    ],
    indices: [{ name: 'ix_message_starts_process_instance_key', columnNames: ['process_instance_key'] }],
  });

const INSERT =
  'INSERT INTO message_starts (message_name, correlation_key, bpmn_process_id, process_instance_key) VALUES';

/** Which instance holds a start message's correlation key: one per process, from the message to the end of the instance. */
export class MessageStarts1764000000110 implements MigrationInterface {
  readonly name = 'MessageStarts1764000000110';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(messageStarts());
    const running = (await queryRunner.query(
      `SELECT start_message_name AS name, start_correlation_key AS correlation, bpmn_process_id AS process, "key" AS instance
       FROM process_instances WHERE state = 'ACTIVE' AND start_correlation_key IS NOT NULL ORDER BY "key"`,
    )) as Held[];
    const pending = (await queryRunner.query(
      `SELECT target, target_instance_key, payload FROM inbox WHERE kind = 'startProcess' AND done_at IS NULL ORDER BY "key"`,
    )) as { target: string; target_instance_key: unknown; payload: string }[];
    const starting = pending.map(({ target, target_instance_key: instance, payload }): Held => {
      const { messageName, correlationKey } = JSON.parse(payload) as Record<string, string | undefined>;
      return { name: messageName, correlation: correlationKey, process: target, instance };
    });
    for (const held of [...running, ...starting]) await insert(queryRunner, held);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('message_starts');
  }
}

interface Held {
  readonly name: string | undefined;
  readonly correlation: string | undefined;
  readonly process: string;
  readonly instance: unknown;
}

/** Of several that an older version let run, the first holds the key. */
async function insert(queryRunner: QueryRunner, { name, correlation, process, instance }: Held): Promise<void> {
  if (!name || !correlation) return;
  const values = queryRunner.dataSource.options.type === 'postgres' ? '($1, $2, $3, $4)' : '(?, ?, ?, ?)';
  await queryRunner.query(`${INSERT} ${values} ON CONFLICT DO NOTHING`, [name, correlation, process, instance]);
}
