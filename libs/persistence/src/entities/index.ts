import {
  EventLogEntry,
  ProcessInstanceRow,
  InstanceSnapshot,
  ElementInstanceRow,
  VariableRow,
  IncidentRow,
  DecisionEvaluationRow,
} from './processes.js';
import { TaskNoteRow, TaskTurnRow } from './task-actions.js';
import { UserTaskRow, UserTaskCandidate, JobRow, TimerRow } from './work.js';
import {
  MessageSubscriptionRow,
  MessageRow,
  MessageCorrelation,
  MessageStart,
  SignalSubscriptionRow,
  StartSetRow,
  StartSubscriptionRow,
  ScheduleRow,
  InboxEntry,
} from './messaging.js';
import {
  ProcessDefinitionRow,
  DecisionDefinitionRow,
  FormDefinitionRow,
  ConfigSet,
  ConfigFile,
} from './definitions.js';
import { IndicatorFactRow, LedgerCell, LedgerMark, LedgerPosition, LedgerRowEntity } from './ledgers.js';
import { DeadlineMoveRow, DeadlinePublicationRow, DeadlineRow } from './deadlines.js';
import { BatchOperationRow, BatchOperationItemRow } from './operations.js';
import { NodeRow, NodeEpoch } from './nodes.js';
import { NumberSeries, KeyBlock, IdempotencyKey, Clock, Lock } from './platform.js';
import { ClientDocumentRow } from './documents.js';
import { OutboxRow } from './outbox.js';
import { ClientRequest, CommitMark } from './reliability.js';

export const engineEntities = [
  EventLogEntry,
  ProcessInstanceRow,
  InstanceSnapshot,
  ElementInstanceRow,
  VariableRow,
  IncidentRow,
  DecisionEvaluationRow,
  UserTaskRow,
  UserTaskCandidate,
  TaskTurnRow,
  TaskNoteRow,
  JobRow,
  TimerRow,
  MessageSubscriptionRow,
  MessageRow,
  MessageCorrelation,
  MessageStart,
  SignalSubscriptionRow,
  StartSetRow,
  StartSubscriptionRow,
  ScheduleRow,
  InboxEntry,
  ProcessDefinitionRow,
  DecisionDefinitionRow,
  FormDefinitionRow,
  ConfigSet,
  ConfigFile,
  NumberSeries,
  KeyBlock,
  IdempotencyKey,
  Clock,
  Lock,
  BatchOperationRow,
  BatchOperationItemRow,
  CommitMark,
  ClientRequest,
  NodeRow,
  NodeEpoch,
  ClientDocumentRow,
  OutboxRow,
  LedgerMark,
  LedgerPosition,
  LedgerRowEntity,
  LedgerCell,
  IndicatorFactRow,
  DeadlineRow,
  DeadlineMoveRow,
  DeadlinePublicationRow,
] as const;

export * from './processes.js';
export * from './work.js';
export * from './messaging.js';
export * from './definitions.js';
export * from './platform.js';
export * from './operations.js';
export * from './reliability.js';
export * from './nodes.js';
export * from './documents.js';
export * from './outbox.js';
export * from './ledgers.js';
export * from './deadlines.js';
