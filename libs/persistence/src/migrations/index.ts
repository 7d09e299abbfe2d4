import type { MigrationInterface } from 'typeorm';
import { productMigrations } from '../product/index.js';
import { Engine1763900000001 } from './0001-engine/index.js';
import { TaskLists1764000000010 } from './0010-task-lists.js';
import { Reliability1764000000020 } from './0020-reliability/index.js';
import { Nodes1764000000030 } from './0030-nodes.js';
import { Operations1764000000070 } from './0070-operations.js';
import { Outbox1764000000080 } from './0080-outbox.js';
import { Ledgers1764000000090 } from './0090-ledgers.js';
import { EngineApi1764000000095 } from './0095-engine-api.js';
import { MessageStarts1764000000110 } from './0110-message-starts.js';
import { StartTimerAnchors1764000000120 } from './0120-start-timer-anchors.js';
import { Schedules1764000000140 } from './0140-schedules.js';
import { TaskHeaders1764000000150 } from './0150-task-headers.js';
import { StartSets1764000000160 } from './0160-start-sets.js';
import { SparseIndices1764000000180 } from './0180-sparse-indices.js';
import { SearchOrder1764000000181 } from './0181-search-order.js';
import { MessageSenders1764000000190 } from './0190-message-senders.js';
import { CaseDestructions1764000000200 } from './0200-case-destructions.js';
import { TaskActions1764000000210 } from './0210-task-actions.js';
import { Organization1764000000220 } from './0220-organization.js';
import { Deadlines1764000000230 } from './0230-deadlines.js';
import { CaseThread1764000000240 } from './0240-case-thread.js';
import { SearchIndices1764000000250 } from './0250-search-indices.js';
import { MailPreferences1764000000260 } from './0260-mail-preferences.js';
import { DefinitionIndices1764000000270 } from './0270-definition-indices.js';
import { AuditLog1764000000290 } from './0290-audit-log.js';
import { CalendarTokens1764000000300 } from './0300-calendar-tokens.js';
import { SightGrants1764000000320 } from './0320-sight-grants.js';
import { CaseOrigins1764000000330 } from './0330-case-origins.js';
import { RemovedFiles1764000000331 } from './0331-removed-files.js';
import { WhoChanged1764000000350 } from './0350-who-changed.js';
import { SightUntil1764000000352 } from './0352-sight-until.js';
import { TaskPlaces1764000000353 } from './0353-task-places.js';
import { FirstPasswords1764000000357 } from './0357-first-passwords.js';
import { AuditedPasswords1764000000360 } from './0360-audited-passwords.js';
import { NoticesOfTwo1764000000361 } from './0361-notices-of-two.js';
import { SealedFileNames1764000000362 } from './0362-sealed-file-names.js';

/** In the order in which they run; the number at the end of a class name is its time stamp and must grow. */
export const migrations: readonly (new () => MigrationInterface)[] = [
  Engine1763900000001,
  ...productMigrations,
  TaskLists1764000000010,
  Reliability1764000000020,
  Nodes1764000000030,
  Operations1764000000070,
  Outbox1764000000080,
  Ledgers1764000000090,
  EngineApi1764000000095,
  MessageStarts1764000000110,
  StartTimerAnchors1764000000120,
  Schedules1764000000140,
  TaskHeaders1764000000150,
  StartSets1764000000160,
  SparseIndices1764000000180,
  SearchOrder1764000000181,
  MessageSenders1764000000190,
  CaseDestructions1764000000200,
  TaskActions1764000000210,
  Organization1764000000220,
  Deadlines1764000000230,
  CaseThread1764000000240,
  SearchIndices1764000000250,
  MailPreferences1764000000260,
  DefinitionIndices1764000000270,
  AuditLog1764000000290,
  CalendarTokens1764000000300,
  SightGrants1764000000320,
  CaseOrigins1764000000330,
  RemovedFiles1764000000331,
  WhoChanged1764000000350,
  SightUntil1764000000352,
  TaskPlaces1764000000353,
  FirstPasswords1764000000357,
  AuditedPasswords1764000000360,
  NoticesOfTwo1764000000361,
  SealedFileNames1764000000362,
];
