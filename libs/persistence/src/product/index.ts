import type { MigrationInterface } from 'typeorm';

/** Entities and migrations of the product: accounts, sessions, sealed content, documents. */
export const productEntities: readonly (new () => object)[] = [];
export const productMigrations: readonly (new () => MigrationInterface)[] = [];
