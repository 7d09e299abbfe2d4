import type { MigrationInterface, QueryRunner } from 'typeorm';
import { passEdge } from '../edges.js';

type Migration = new () => MigrationInterface;

/** The same migration with a named edge before and after it. */
export function withEdges(migration: Migration): Migration {
  return class extends migration {
    override async up(queryRunner: QueryRunner): Promise<void> {
      passEdge('inMigration');
      await super.up(queryRunner);
      passEdge('inMigration');
    }
  };
}
