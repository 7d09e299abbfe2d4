import { Inject, Injectable } from '@nestjs/common';
import { submitForm } from '#forms';
import type { FormFile } from '#forms';
import type { Queries, UserTaskView } from '#persistence';
import type { RowWrite, Runtime } from '#runtime';
import { FormContextService } from '../cases/form-context.service.js';
import { ThreadService } from '../cases/thread.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { Refusal, found, notFound, replyOf } from '../problems/refusal.js';
import { SealingService } from '../reveals/sealing.service.js';
import type { FormSubmissionService, Submission, Submitted } from '../submissions.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { OtherHandsService } from '../access/other-hands.service.js';
import { actWrites, isCandidate } from '../access/task-holders.js';
import { type HeldTask, TaskVisibility } from '../access/task-visibility.js';
import { DraftsService } from './drafts.service.js';
import { TaskCourseService } from './task-course.service.js';
import { TaskChoicesService } from './task-choices.service.js';
import { TaskStandingService } from './task-standing.service.js';

/** What keeps a submission that is still to be signed. */
@Injectable()
export class SubmissionParts {
  constructor(
    readonly course: TaskCourseService,
    readonly drafts: DraftsService,
    readonly choices: TaskChoicesService,
    readonly thread: ThreadService,
    readonly standing: TaskStandingService,
    readonly otherHands: OtherHandsService,
  ) {}
}

/** Completes user tasks that have a form: check, seal, complete, drop the draft; all in one commit. */
@Injectable()
export class FormSubmissions implements FormSubmissionService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly forms: FormContextService,
    private readonly sealing: SealingService,
    private readonly visibility: TaskVisibility,
    private readonly parts: SubmissionParts,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async submit(submission: Submission): Promise<Submitted> {
    const { account, userTaskKey } = submission;
    const held = await this.visibility.requireHeld(userTaskKey, account);
    const { task } = held;
    const isOver = task.state !== 'CREATED' || task.owner === account.id;
    const isRepeated = submission.idempotencyKey !== undefined && isOver && task.state !== 'CANCELED';
    const isNew = task.state === 'CREATED' && !isRepeated;
    if (isNew) requireMayComplete(held);
    if (isNew) await this.parts.otherHands.require(held, account);
    const prepared = isNew ? await this.prepared(task, submission) : { variables: {}, writes: [] };
    const isSigned = task.state === 'CREATED' && (await this.parts.course.isSignedAfter(task));
    if (isSigned && isNew) await this.parts.standing.requireHoldable(task);
    if (isSigned && isNew) await this.parts.drafts.save(task, account, submission.data);
    const reply = replyOf(
      await this.runtime.execute({
        instanceKey: task.processInstanceKey,
        command: {
          type: 'completeUserTask',
          userTaskKey,
          variables: prepared.variables,
          by: account.id,
          ...(submission.action !== undefined && { action: submission.action }),
        },
        writes: [
          ...prepared.writes,
          ...(isRepeated || isSigned ? [] : [dropDrafts(userTaskKey)]),
          ...(await actWrites(held, account, { act: 'completeUserTask', runtime: this.runtime })),
        ],
        by: account.id,
        ...(submission.idempotencyKey !== undefined && {
          idempotencyKey: `${userTaskKey}:${submission.idempotencyKey}`,
        }),
      }),
    );
    return {
      processInstanceKey: reply.instanceKey,
      caseNo: reply.caseNo ?? task.caseNo,
      next: isSigned ? '已提交，等待签署人签署后生效。' : await this.nextSentence(task),
    };
  }

  /** The form in the version that the task was created with. */
  async formOf(task: UserTaskView): Promise<FormFile | undefined> {
    if (task.formId === null) return undefined;
    const stored = found(await this.queries.form(task.formId, task.formVersion ?? undefined), `form ${task.formId}`);
    return JSON.parse(stored.content) as FormFile;
  }

  /** What the diagram says will happen after the task. */
  async nextSentence(task: UserTaskView): Promise<string | null> {
    return this.propertyOf(task, 'ct.next') ?? null;
  }

  private propertyOf({ processDefinitionId, elementId }: UserTaskView, name: string): string | undefined {
    const process = this.configuration.current.processes.find(({ id }) => id === processDefinitionId);
    const index = process?.definition.indexById.get(elementId);
    return index === undefined ? undefined : process?.definition.elements[index]?.properties[name];
  }

  private async prepared(
    task: UserTaskView,
    submission: Submission,
  ): Promise<{ variables: Readonly<Record<string, unknown>>; writes: readonly RowWrite[] }> {
    const form = await this.formOf(task);
    if (!form) return { variables: submission.data, writes: [] };
    const variables = await this.queries.visibleVariables(task.elementInstanceKey);
    const accounts = await this.parts.choices.of(task, form);
    const checked = submitForm(
      form,
      submission.data,
      this.forms.context(variables, { accounts, signedIn: submission.account }),
    );
    if (!checked.ok) throw new Refusal('invalidForm', 'Expected a form without faults.', { fields: checked.fields });
    const caseKey = task.caseKey ?? task.processInstanceKey;
    const sealed = await this.sealing.seal(form, checked.data, {
      caseKey,
      by: submission.account.id,
      userTaskKey: task.userTaskKey,
    });
    const cleared = Object.fromEntries(checked.cleared.map((name) => [name, null]));
    const place = { caseKey, processInstanceKey: task.processInstanceKey, fromVisitor: false };
    const said = { data: checked.data, variables: sealed.variables };
    const thread = await this.parts.thread.writes(this.propertyOf(task, 'ct.thread'), said, place);
    return { variables: { ...cleared, ...sealed.variables }, writes: [...sealed.writes, ...thread] };
  }
}

function dropDrafts(userTaskKey: string): RowWrite {
  return { sql: 'DELETE FROM drafts WHERE user_task_key = ?', params: [userTaskKey] };
}

function requireMayComplete({ task, holder }: HeldTask): void {
  if (task.assignee !== null && task.assignee !== holder.id) {
    throw new Refusal(
      'invalidState',
      `Expected user task ${task.userTaskKey} to be assigned to you but it is assigned to another.`,
      { zh: '此任务已由他人认领。' },
    );
  }
  if (!isCandidate(task, holder)) throw notFound(`user task ${task.userTaskKey}`);
}
