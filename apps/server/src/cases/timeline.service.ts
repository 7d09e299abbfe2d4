import { Inject, Injectable } from '@nestjs/common';
import type { EngineEvent, SealedHandle } from '#engine';
import type { LoggedEvent, Queries, TaskActionQueries, UserTaskView, VaultQueries, WorkQueries } from '#persistence';
import type { InstanceRecord } from '#runtime';
import { DeadlinesService } from '../deadlines/deadlines.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { isoTime } from '../iso-time.js';
import { QUERIES, TASK_ACTION_QUERIES, VAULT_QUERIES, WORK_QUERIES } from '../tokens.js';
import type { Named } from './names.service.js';
import { NamesService } from './names.service.js';
import { interventionEntry } from './intervention-entries.js';
import { OrganizationTimelineService } from './organization-timeline.service.js';
import { noteSentence, taskSentence, type SentenceNames, type TaskSentence } from './task-sentences.js';

export type TimelineKind =
  'started' | 'task' | 'message' | 'timer' | 'document' | 'reveal' | 'supervision' | 'log' | 'ended';

export interface TimelineEntry {
  readonly at: string;
  readonly kind: TimelineKind;
  readonly text: string;
  readonly by?: Named;
  readonly detail?: string;
  /** Why, or what was written: sealed. */
  readonly reason?: SealedHandle;
}

/** An entry with its moment in epoch ms. */
export interface Dated extends Omit<TimelineEntry, 'at'> {
  readonly at: number;
}

interface Known {
  readonly tasks: ReadonlyMap<string, UserTaskView>;
  /** By key of a task that somebody completed in the place of another: who that was. */
  readonly inPlaceOf: ReadonlyMap<string, { readonly detail: string }>;
}

const MAX_EVENTS = 5_000;

/** The course of a case in sentences: what the event log, the documents and the record of looks say, oldest first. */
@Injectable()
export class TimelineService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly names: NamesService,
    private readonly deadlines: DeadlinesService,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(WORK_QUERIES) private readonly workQueries: WorkQueries,
    @Inject(VAULT_QUERIES) private readonly vaultQueries: VaultQueries,
    @Inject(TASK_ACTION_QUERIES) private readonly taskActions: TaskActionQueries,
    private readonly organization: OrganizationTimelineService,
  ) {}

  async of(instances: readonly InstanceRecord[], tasks: readonly UserTaskView[]): Promise<readonly TimelineEntry[]> {
    const known = {
      tasks: new Map(tasks.map((task) => [task.userTaskKey, task])),
      inPlaceOf: await this.organization.inPlaceOf(instances),
    };
    const courses = await Promise.all(instances.map((instance) => this.course(instance, known)));
    const entries = [
      ...courses.flat(),
      ...(await this.documents(instances)),
      ...(await this.movedDeadlines(instances)),
      ...(await this.looks(instances)),
      ...(await this.notes(instances, known.tasks)),
      ...(await this.organization.entries(instances, known.tasks)),
      ...(await this.interventions(instances)),
    ];
    return entries.sort((a, b) => a.at - b.at).map((entry) => ({ ...entry, at: isoTime(entry.at) }));
  }

  private async course(instance: InstanceRecord, known: Known): Promise<Dated[]> {
    const logged = await this.queries.events(instance.key, undefined, MAX_EVENTS);
    const entries = await Promise.all(logged.map((entry) => this.sentence(entry, instance, known)));
    return entries.flatMap((entry) => entry ?? []);
  }

  private async sentence(
    { event, at }: LoggedEvent,
    instance: InstanceRecord,
    { tasks, inPlaceOf }: Known,
  ): Promise<Dated | undefined> {
    const process = this.processName(instance.bpmnProcessId);
    switch (event.type) {
      case 'processInstanceCreated':
        return this.by(event.by, {
          at,
          kind: instance.rootInstanceKey === instance.key ? 'started' : 'message',
          text: `${process}开始`,
        });
      case 'processInstanceCompleted':
        return { at, kind: 'ended', text: `${process}办结` };
      case 'processInstanceTerminated':
        return this.by(event.by, {
          at,
          kind: 'ended',
          text: `${process}终止`,
          ...(event.reason !== undefined && { detail: event.reason }),
        });
      case 'processInstanceResumed':
        return this.by(event.by, { at, kind: 'log', text: '恢复办理' });
      case 'userTaskCreated':
        return { at, kind: 'task', text: `待办：${event.name}`, detail: await this.candidatesOf(event) };
      case 'userTaskCompleted':
        return this.by(event.by, {
          at,
          kind: 'task',
          text: `办毕：${tasks.get(event.userTaskKey)?.name ?? '任务'}`,
          ...inPlaceOf.get(event.userTaskKey),
        });
      case 'timerTriggered':
        return undefined;
      case 'messageThrown':
        return { at, kind: 'supervision', text: `发出：${this.elementName(instance, event.elementId)}` };
      case 'elementActivating':
        return this.eventSentence(event, instance, at);
      case 'incidentCreated':
        return {
          at,
          kind: 'log',
          text: `流程异常：${this.elementName(instance, event.elementId)}`,
          detail: event.errorMessage,
        };
      default: {
        const sentence = await taskSentence(event, this.sentenceNames(tasks));
        return sentence && this.dated(sentence, at);
      }
    }
  }

  private sentenceNames(tasks: ReadonlyMap<string, UserTaskView>): SentenceNames {
    const all = [...tasks.values()];
    return {
      account: async (id) => (await this.names.account(id))?.name ?? id,
      task: (userTaskKey) => tasks.get(userTaskKey)?.name ?? '任务',
      step: (elementId) => all.find((task) => task.elementId === elementId)?.name ?? elementId,
    };
  }

  private dated({ by, ...sentence }: TaskSentence, at: number): Promise<Dated> {
    return this.by(by, { at, kind: 'task', ...sentence });
  }

  private async notes(
    instances: readonly InstanceRecord[],
    tasks: ReadonlyMap<string, UserTaskView>,
  ): Promise<Dated[]> {
    const notes = await this.taskActions.notesOf(instances.map(({ key }) => key));
    const names = this.sentenceNames(tasks);
    return Promise.all(notes.map(async (note) => this.dated(await noteSentence(note, names), note.at)));
  }

  /** Timers and messages that fired appear as the event that they activated. */
  private eventSentence(
    event: Extract<EngineEvent, { type: 'elementActivating' }>,
    instance: InstanceRecord,
    at: number,
  ): Dated | undefined {
    if (event.elementType !== 'boundaryEvent' && event.elementType !== 'eventSubProcess') return undefined;
    const name = this.elementName(instance, event.elementId);
    return name === '' ? undefined : { at, kind: event.elementType === 'boundaryEvent' ? 'timer' : 'log', text: name };
  }

  private async documents(instances: readonly InstanceRecord[]): Promise<Dated[]> {
    const rows = await this.workQueries.documentsOf(instances.map(({ key }) => key));
    return rows.map((row) => ({ at: row.createdAt, kind: 'document' as const, text: `生成文书：${row.title}` }));
  }

  private async interventions(instances: readonly InstanceRecord[]): Promise<Dated[]> {
    const approvals = await this.workQueries.interventionsIn(instances.map(({ key }) => key));
    return Promise.all(approvals.map((approval) => interventionEntry(approval, this.names)));
  }

  /** What a publication did to the deadlines of these instances. */
  private async movedDeadlines(instances: readonly InstanceRecord[]): Promise<Dated[]> {
    const moves = await this.deadlines.queries.moves(instances.map(({ key }) => key));
    return moves.map(({ movedAt, title, fromDue, toDue, isKept }) => ({
      at: movedAt,
      kind: 'log' as const,
      text: isKept ? `期限不变：${title}` : `期限重新计算：${title}`,
      detail: isKept
        ? `日历或设置变更，法定期限不放宽，仍为 ${this.dayOf(toDue)}`
        : `日历或设置变更，由 ${this.dayOf(fromDue)} 改为 ${this.dayOf(toDue)}`,
    }));
  }

  /** A due date as people say it: 24:00 belongs to the day that ends. */
  private dayOf(at: number | null): string {
    if (at === null) return '暂停';
    const { timeZone } = this.configuration.current.calendar;
    const parts = new Intl.DateTimeFormat('zh-CN', { timeZone, dateStyle: 'long' }).format(at - 1);
    const time = new Intl.DateTimeFormat('zh-CN', { timeZone, timeStyle: 'short' }).format(at);
    return `${parts} ${time === '00:00' ? '24:00' : time}`;
  }

  private async looks(instances: readonly InstanceRecord[]): Promise<Dated[]> {
    const caseKey = instances[0]?.caseKey;
    if (!caseKey) return [];
    const rows = await this.vaultQueries.accessesOfCase(caseKey);
    const groups = new Map(rows.map((row) => [`${row.at}/${row.account}/${row.reason}`, row]));
    return Promise.all(
      [...groups.values()].map(async (row) => {
        const by = await this.names.account(row.account);
        return {
          at: row.at,
          kind: 'reveal' as const,
          text: row.purpose === 'denied' ? '查看受保护内容被拒绝' : '查看受保护内容',
          detail: row.reason === '' ? '没有写理由' : `理由：${row.reason}`,
          ...(by && { by }),
        };
      }),
    );
  }

  private async by(account: string | undefined, entry: Dated): Promise<Dated> {
    if (account === undefined) return entry;
    const by = await this.names.account(account);
    return by ? { ...entry, by } : entry;
  }

  private async candidatesOf({
    candidateGroups,
    assignee,
  }: Extract<EngineEvent, { type: 'userTaskCreated' }>): Promise<string> {
    const account = await this.names.account(assignee);
    return account?.name ?? candidateGroups.map((group) => this.names.group(group).name).join('、');
  }

  private processName(processId: string): string {
    return this.configuration.current.processes.find(({ id }) => id === processId)?.definition.name ?? processId;
  }

  private elementName(instance: InstanceRecord, elementId: string): string {
    const definition = this.configuration.current.processes.find(({ id }) => id === instance.bpmnProcessId)?.definition;
    const index = definition?.indexById.get(elementId);
    return index === undefined ? '' : (definition?.elements[index]?.name ?? '');
  }
}
