import { Entity, Index } from 'typeorm';
import {
  BooleanColumn,
  IntegerColumn,
  KeyColumn,
  TextColumn,
  TimeColumn,
  given,
  nullable,
  primary,
} from '../columns.js';

/** Work for a person. */
@Entity({ name: 'user_tasks' })
@Index('ix_user_tasks_state_key', ['state', 'key'])
@Index('ix_user_tasks_place', ['bpmnProcessId', 'elementId', 'state'])
@Index('ix_user_tasks_state_due_at', ['state', 'dueAt'])
@Index('ix_user_tasks_state_created_at', ['state', 'createdAt'])
@Index('ix_user_tasks_assignee_state_due_at', ['assignee', 'state', 'dueAt'], given('assignee'))
@Index('ix_user_tasks_unit_state_due_at', ['unit', 'state', 'dueAt'], given('unit'))
@Index('ix_user_tasks_process_instance_key', ['processInstanceKey'])
@Index('ix_user_tasks_completed_by_completed_at_key', ['completedBy', 'completedAt', 'key'], given('completed_by'))
@Index('ix_user_tasks_case_key', ['caseKey'], given('case_key'))
@Index('ix_user_tasks_element_instance_key', ['elementInstanceKey'])
@Index('ix_user_tasks_owner', ['owner'], given('owner'))
export class UserTaskRow {
  @KeyColumn('key', primary) key!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @KeyColumn('root_instance_key') rootInstanceKey!: string;
  @KeyColumn('process_definition_key') processDefinitionKey!: string;
  @TextColumn('bpmn_process_id') bpmnProcessId!: string;
  @IntegerColumn('process_version') processVersion!: number;
  @TextColumn('process_name') processName!: string;
  @KeyColumn('element_instance_key') elementInstanceKey!: string;
  @TextColumn('element_id') elementId!: string;
  @TextColumn('name') name!: string;
  @TextColumn('form_id', nullable) formId!: string | null;
  @KeyColumn('form_key', nullable) formKey!: string | null;
  @IntegerColumn('form_version', nullable) formVersion!: number | null;
  @TextColumn('assignee', nullable) assignee!: string | null;
  /** Whose task it is while another has a turn, and which turn. */
  @TextColumn('owner', nullable) owner!: string | null;
  @KeyColumn('turn_id', nullable) turnId!: string | null;
  @TextColumn('unit', nullable) unit!: string | null;
  @TextColumn('state') state!: string;
  @IntegerColumn('priority') priority!: number;
  @TimeColumn('due_at', nullable) dueAt!: number | null;
  /** When its lamp changes, where a declared deadline says so; else by shares of the time to the due date. */
  @TimeColumn('near_at', nullable) nearAt!: number | null;
  @TimeColumn('urgent_at', nullable) urgentAt!: number | null;
  @TimeColumn('follow_up_at', nullable) followUpAt!: number | null;
  @TimeColumn('created_at') createdAt!: number;
  @TimeColumn('completed_at', nullable) completedAt!: number | null;
  @TextColumn('completed_by', nullable) completedBy!: string | null;
  @TextColumn('action', nullable) action!: string | null;
  @TextColumn('case_key', nullable) caseKey!: string | null;
  @TextColumn('case_no', nullable) caseNo!: string | null;
  @TextColumn('title', nullable) title!: string | null;
  @BooleanColumn('drill') drill!: boolean;
  @TextColumn('custom_headers', nullable) customHeaders!: string | null;
}

/** Who may claim an open task; `kind` is `group` or `user`. Lists are read in the order of its two times, so they stand here too. */
@Entity({ name: 'user_task_candidates' })
@Index('ix_user_task_candidates_due', ['value', 'kind', 'dueSort', 'userTaskKey'])
@Index('ix_user_task_candidates_created', ['value', 'kind', 'createdAt', 'userTaskKey'])
export class UserTaskCandidate {
  @KeyColumn('user_task_key', primary) userTaskKey!: string;
  @TextColumn('kind', primary) kind!: string;
  @TextColumn('value', primary) value!: string;
  /** When the task is due; without a due date later than any time. */
  @TimeColumn('due_sort') dueSort!: number;
  @TimeColumn('created_at') createdAt!: number;
}

/** Work for a worker; `lease` is the fencing token. */
@Entity({ name: 'jobs' })
@Index('ix_jobs_type_state_retry_at', ['type', 'state', 'retryAt'])
@Index('ix_jobs_process_instance_key_state', ['processInstanceKey', 'state'])
@Index('ix_jobs_state_created_at', ['state', 'createdAt'])
@Index('ix_jobs_process_definition_key', ['processDefinitionKey', 'key'])
export class JobRow {
  @KeyColumn('key', primary) key!: string;
  @TextColumn('type') type!: string;
  @TextColumn('state') state!: string;
  @IntegerColumn('retries') retries!: number;
  @TextColumn('worker', nullable) worker!: string | null;
  @TimeColumn('deadline', nullable) deadline!: number | null;
  @TimeColumn('retry_at', nullable) retryAt!: number | null;
  @IntegerColumn('lease') lease!: number;
  @TextColumn('headers') headers!: string;
  @TextColumn('error_code', nullable) errorCode!: string | null;
  @TextColumn('error_message', nullable) errorMessage!: string | null;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @KeyColumn('process_definition_key') processDefinitionKey!: string;
  @TextColumn('bpmn_process_id') bpmnProcessId!: string;
  @IntegerColumn('process_version') processVersion!: number;
  @TextColumn('element_id') elementId!: string;
  @KeyColumn('element_instance_key') elementInstanceKey!: string;
  @TimeColumn('created_at') createdAt!: number;
  /** `EXECUTION_LISTENER`, `TASK_LISTENER` or `AD_HOC_SUB_PROCESS`; null: of the element itself. */
  @TextColumn('kind', nullable) kind!: string | null;
  /** Event of the listener, in capitals, such as `COMPLETING`. */
  @TextColumn('listener_event', nullable) listenerEvent!: string | null;
  @TimeColumn('ended_at', nullable) endedAt!: number | null;
  /** Epoch of the node that works on it. */
  @KeyColumn('claimed_by', nullable) claimedBy!: string | null;
}

/** Timers of running instances. */
@Entity({ name: 'timers' })
@Index('ix_timers_due_at', ['dueAt'])
@Index('ix_timers_process_instance_key', ['processInstanceKey'])
export class TimerRow {
  @KeyColumn('key', primary) key!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @KeyColumn('element_instance_key') elementInstanceKey!: string;
  @TextColumn('element_id') elementId!: string;
  @TimeColumn('due_at') dueAt!: number;
  @IntegerColumn('repetitions_left', nullable) repetitionsLeft!: number | null;
  @TextColumn('interval', nullable) interval!: string | null;
  /** Epoch of the node that works on it. */
  @KeyColumn('claimed_by', nullable) claimedBy!: string | null;
}
