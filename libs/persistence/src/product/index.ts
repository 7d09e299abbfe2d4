import type { MigrationInterface } from 'typeorm';
import { accountEntities } from './accounts-entities.js';
import { Accounts1763900000002 } from './accounts-migration.js';
import { sessionEntities } from './sessions-entities.js';
import { Vault1763900000003 } from './vault-tables.js';
import { Work1763900000004 } from './work-tables.js';

/** Entities and migrations of the product: accounts, sessions, sealed content, documents. */
export const productEntities: readonly (new () => object)[] = [...accountEntities, ...sessionEntities];
export const productMigrations: readonly (new () => MigrationInterface)[] = [
  Accounts1763900000002,
  Vault1763900000003,
  Work1763900000004,
];
export { createDefinitionSources, type DefinitionSources } from './definition-sources.js';
export { nameCase, partCase, type CaseLink } from './case-origins.js';
export { casesHiddenBy, createConflictQueries } from './conflict-queries.js';
export type * from './conflict-queries.js';
export type { ComparableCases } from './comparable-cases.js';
export { createVaultQueries, createVaultStore } from './vault-queries.js';
export type * from './vault-queries.js';
export {
  createDestructionQueries,
  decideDestruction,
  insertDestruction,
  liftHold,
  placeHold,
} from './destruction-queries.js';
export type * from './destruction-queries.js';
export {
  createRetentionQueries,
  dropDraftsPast,
  forgetAccess,
  forgetFiles,
  forgetOriginals,
  forgetTrackingCode,
  requireFree,
} from './retention-queries.js';
export type * from './retention-queries.js';
export { createWaitingCases, type WaitingCase, type WaitingCases } from './waiting-cases.js';
export { createClientDocuments, deleteClientDocument, insertClientDocument } from './client-documents.js';
export type * from './client-documents.js';
export { createThreadEntries, insertThreadEntry } from './thread-entries.js';
export type * from './thread-entries.js';
export { createTaskActionQueries } from './task-action-queries.js';
export type * from './task-action-queries.js';
export { urgeOnce, type UrgeRow } from './task-action-writes.js';
export { createWorkQueries } from './work-queries.js';
export type * from './work-queries.js';
export {
  createAccountsRepository,
  insertAccount,
  replacePosts,
  replaceRoles,
  updateAccount,
} from './accounts-repository.js';
export type { CalendarTokens } from './calendar-tokens.js';
export { createCalendarTokens, removeCalendarToken, replaceCalendarToken } from './calendar-tokens.js';
export type { MailPreference, MailPreferences } from './mail-preferences.js';
export { createMailPreferences, replaceMailPreference } from './mail-preferences.js';
export { createOrganizationQueries } from './organization-queries.js';
export type * from './organization-queries.js';
export {
  deleteUnattended,
  endSubstitution,
  insertActInPlace,
  insertRecusal,
  insertSubstitution,
  insertUnattended,
  undoRecusal,
} from './organization-writes.js';
export type * from './accounts-repository.js';
export {
  createSessionsRepository,
  deleteSession,
  deleteSessionsOf,
  extendSession,
  insertSession,
} from './sessions-repository.js';
export type * from './sessions-repository.js';
export { createDeadlineQueries } from './deadline-queries.js';
export type * from './deadline-queries.js';
export { createDeadlineStore } from './deadline-store.js';
export type * from './deadline-store.js';
export { deadlineKey, deadlineMove } from './deadline-writes.js';
export type * from './deadline-writes.js';
export { createLedgerStore } from './ledger-store.js';
export type * from './ledger-store.js';
export type * from './ledger-instances.js';
export type * from './ledger-writes.js';
export { createAccessLedgerQueries } from './access-ledger-queries.js';
export type * from './access-ledger-queries.js';
export { createLedgerQueries } from './ledger-queries.js';
export type * from './ledger-queries.js';
export { createAuditQueries, recordSeal } from './audit-queries.js';
export type * from './audit-queries.js';
