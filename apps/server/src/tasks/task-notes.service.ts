import { Inject, Injectable } from '@nestjs/common';
import { urgeOnce } from '#persistence';
import type { NoteKind, Queries, TaskActionQueries, UserTaskView } from '#persistence';
import type { Runtime } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { CaseAccessService } from '../cases/case-access.service.js';
import { Refusal, found, notFound, replyOf } from '../problems/refusal.js';
import { QUERIES, RUNTIME, TASK_ACTION_QUERIES } from '../tokens.js';
import { TaskActionParts, titleOf } from './task-turns.service.js';

const URGE_EVERY_MS = 3_600_000;

interface Note {
  readonly kind: NoteKind;
  readonly recipient?: string;
  readonly sealedKey?: string | undefined;
}

/** What people add to a task without changing its course: 抄送 催办 评论 附件. */
@Injectable()
export class TaskNotesService {
  constructor(
    private readonly parts: TaskActionParts,
    private readonly access: CaseAccessService,
    private readonly attachments: AttachmentsService,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(TASK_ACTION_QUERIES) private readonly actions: TaskActionQueries,
  ) {}

  /** Everybody who gets one is told; it gives no right that the reader's role does not have. */
  async copy(userTaskKey: string, accounts: readonly string[], comment: string, account: SignedIn): Promise<void> {
    const task = await this.parts.standing.require('copy', userTaskKey, account);
    await this.parts.people.require(task, accounts, account, '/accounts');
    const { handle, writes } = await this.parts.opinions.seal(task, account, 'copy.comment', comment);
    const notes = await Promise.all(
      [...new Set(accounts)].map((recipient) =>
        this.row(task, account, { kind: 'copy', recipient, sealedKey: handle?.$sealed }),
      ),
    );
    const text = `${account.name}将${titleOf(task)}抄送给您。`;
    const told = await this.parts.notices.toAccounts(accounts, text, task.processInstanceKey);
    replyOf(await this.runtime.write([...writes, { insert: 'task_notes', rows: notes }, ...told]));
  }

  /** By whoever may see the case; once an hour. The assignee is told, or all who may claim it. */
  async urge(userTaskKey: string, comment: string, account: SignedIn): Promise<void> {
    const task = await this.taskOfCase(userTaskKey, account);
    await this.parts.standing.requirePossible('urge', task, account);
    const holders = task.assignee === null ? await this.parts.people.candidatesOf(task) : [task.assignee];
    const people = await this.parts.people.withoutExcluded(task, holders);
    const { handle, writes } = await this.parts.opinions.seal(task, account, 'urge.comment', comment);
    const told = await this.parts.notices.toAccounts(
      people,
      `${account.name}催办${titleOf(task)}。`,
      task.processInstanceKey,
    );
    const note = await this.row(task, account, { kind: 'urge', sealedKey: handle?.$sealed });
    const outcome = await this.runtime.write([...writes, urgeOnce(note, URGE_EVERY_MS), ...told]);
    if (!outcome.ok && outcome.rejection.code === 'conflict')
      throw new Refusal('tooManyRequests', `Expected at most one urge an hour in user task ${userTaskKey}.`, {
        zh: '一小时内已催办过，请稍后再催。',
        retryAfterSeconds: URGE_EVERY_MS / 1000,
      });
    replyOf(outcome);
  }

  async comment(userTaskKey: string, text: string, account: SignedIn): Promise<void> {
    const task = await this.parts.standing.require('comment', userTaskKey, account);
    await this.add(task, 'comment', text, account);
  }

  /** Takes an uploaded file into the case; only who has uploaded it can. */
  async attach(userTaskKey: string, attachmentId: string, account: SignedIn): Promise<void> {
    const task = await this.parts.standing.require('attach', userTaskKey, account);
    const file = found(await this.attachments.uploadedBy(account.id, attachmentId), `attachment ${attachmentId}`);
    await this.add(task, 'attachment', file, account);
  }

  /** Of a case that the account may see, though the task may not be for it. */
  private async taskOfCase(userTaskKey: string, account: SignedIn): Promise<UserTaskView> {
    const name = `user task ${userTaskKey}`;
    if (!/^\d{1,19}$/.test(userTaskKey)) throw notFound(name);
    const task = found(await this.queries.get('userTasks', userTaskKey), name);
    await this.access.requireVisible(task.processInstanceKey, account);
    return task;
  }

  private async add(task: UserTaskView, kind: 'comment' | 'attachment', value: unknown, account: SignedIn) {
    const { handle, writes } = await this.parts.opinions.seal(task, account, `task.${kind}`, value);
    const note = await this.row(task, account, { kind, sealedKey: handle?.$sealed });
    replyOf(await this.runtime.write([...writes, { insert: 'task_notes', rows: [note] }]));
  }

  private async row(task: UserTaskView, account: SignedIn, { kind, recipient, sealedKey }: Note) {
    return {
      note_key: await this.runtime.nextKey(),
      user_task_key: task.userTaskKey,
      process_instance_key: task.processInstanceKey,
      kind,
      account: account.id,
      recipient: recipient ?? null,
      sealed_key: sealedKey ?? null,
      at: this.runtime.now(),
      read_at: null,
    };
  }

  /** Marks what was copied to the account as read. */
  async markRead(account: SignedIn, noteKeys: readonly string[]): Promise<void> {
    if (noteKeys.length === 0) return;
    const marks = noteKeys.map(() => '?').join(', ');
    const sql = `UPDATE task_notes SET read_at = ? WHERE recipient = ? AND read_at IS NULL AND note_key IN (${marks})`;
    replyOf(await this.runtime.write([{ sql, params: [this.runtime.now(), account.id, ...noteKeys] }]));
  }

  copiesTo(account: SignedIn, excludedCases: readonly string[], before?: string) {
    return this.actions.copiesTo(account.id, { limit: 50, excludedCases, ...(before !== undefined && { before }) });
  }
}
