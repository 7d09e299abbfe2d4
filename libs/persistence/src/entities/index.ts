import {
  EventLogEntry,
  ProcessInstanceRow,
  InstanceSnapshot,
  ElementInstanceRow,
  VariableRow,
  IncidentRow,
  DecisionEvaluationRow,
} from './processes.js';
import { UserTaskRow, UserTaskCandidate, JobRow, TimerRow } from './work.js';
import {
  MessageSubscriptionRow,
  MessageRow,
  MessageCorrelation,
  SignalSubscriptionRow,
  StartSubscriptionRow,
  InboxEntry,
} from './messaging.js';
import {
  ProcessDefinitionRow,
  DecisionDefinitionRow,
  FormDefinitionRow,
  ConfigSet,
  ConfigFile,
} from './definitions.js';
import { NodeRow, NodeEpoch } from './nodes.js';
import { NumberSeries, KeyBlock, IdempotencyKey, Clock, Lock } from './platform.js';

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
  JobRow,
  TimerRow,
  MessageSubscriptionRow,
  MessageRow,
  MessageCorrelation,
  SignalSubscriptionRow,
  StartSubscriptionRow,
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
  NodeRow,
  NodeEpoch,
] as const;

export * from './processes.js';
export * from './work.js';
export * from './messaging.js';
export * from './definitions.js';
export * from './platform.js';
export * from './nodes.js';
