import { Inject, Injectable } from '@nestjs/common';
import type { Queries, UserTaskView } from '#persistence';
import type { Runtime } from '#runtime';
import type { SignedIn, TaskHolder } from '../access/signed-in.js';
import { OtherHandsService } from '../access/other-hands.service.js';
import { actWrites, isCandidate, listedInPlaceOf } from '../access/task-holders.js';
import { type HeldTask, TaskVisibility } from '../access/task-visibility.js';
import { CaseAccessService } from '../cases/case-access.service.js';
import { DocumentRowsService } from '../documents/document-rows.service.js';
import { FactsService } from '../cases/facts.service.js';
import { FormContextService } from '../cases/form-context.service.js';
import { RelatedCasesService } from '../cases/related-cases.service.js';
import { NamesService } from '../cases/names.service.js';
import { isoTime } from '../iso-time.js';
import { found, notFound, replyOf } from '../problems/refusal.js';
import { SealedFactsService, handlesIn } from '../reveals/sealed-facts.service.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { DraftsService } from './drafts.service.js';
import { FormSubmissions } from './form-submissions.service.js';
import { TaskCourseService } from './task-course.service.js';
import { TaskLaunchesService } from './task-launches.service.js';
import { TaskChoicesService } from './task-choices.service.js';
import { toTaskRow } from './task-rows.js';
import type { Lamp, TaskRow } from './task-rows.js';

export interface TaskListWish {
  readonly view: 'mine' | 'claimable' | 'done' | 'all';
  readonly q?: string;
  readonly unit?: string;
  readonly lamp?: Lamp;
  readonly sort?: 'due' | 'created';
  readonly cursor?: string;
  readonly limit?: number;
}

/** What one task screen is made of. */
@Injectable()
export class TaskScreenParts {
  constructor(
    readonly submissions: FormSubmissions,
    readonly forms: FormContextService,
    readonly drafts: DraftsService,
    readonly sealed: SealedFactsService,
    readonly documents: DocumentRowsService,
    readonly facts: FactsService,
    readonly names: NamesService,
    readonly course: TaskCourseService,
    readonly choices: TaskChoicesService,
    readonly launches: TaskLaunchesService,
    readonly otherHands: OtherHandsService,
    readonly related: RelatedCasesService,
  ) {}
}

/** The task list and one task as the workbench shows them. */
@Injectable()
export class TasksService {
  constructor(
    private readonly visibility: TaskVisibility,
    private readonly access: CaseAccessService,
    private readonly screen: TaskScreenParts,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async list(wish: TaskListWish, account: SignedIn) {
    const now = this.runtime.now();
    const readers = await this.visibility.readers(account);
    const takenCases = await this.visibility.takenCases(account);
    const page = await this.queries.taskList({ ...wish, ...readers, takenCases, now });
    const rows = await Promise.all(page.items.map((task) => this.row(task, account, listedInPlaceOf(task, account))));
    return { ...page, items: rows };
  }

  async detail(userTaskKey: string, account: SignedIn) {
    const { task, holder } = await this.visibility.requireHeld(userTaskKey, account);
    const submitted = await this.screen.course.submitted(task);
    const variables = { ...(await this.queries.visibleVariables(task.elementInstanceKey)), ...submitted };
    const instance = found(await this.queries.instance(task.processInstanceKey), 'process instance');
    const form = await this.screen.submissions.formOf(task);
    const draft = task.state === 'CREATED' ? await this.screen.drafts.load(task, account) : undefined;
    const opened = form
      ? this.screen.forms.open(form, variables, { data: draft?.data, signedIn: account })
      : { form: null, data: {} };
    const previous = await this.screen.facts.previousSteps(await this.access.tasksOf(instance), task, variables);
    const course = await this.screen.course.of(task, account);
    const isFree = task.assignee === null || task.assignee === holder.id;
    const row = await this.row(task, account, holder.id === account.id ? undefined : holder);
    const isOpen = task.state === 'CREATED' && isCandidate(task, holder) && row.notYours === undefined;
    const mayComplete = isOpen && task.turnId === null && isFree;
    const acting = await this.access.acting(instance, account);
    return {
      task: row,
      form: opened.form && { ...opened.form, version: task.formVersion ?? 1 },
      data: opened.data,
      sealed: await this.screen.sealed.of([opened.data, previous, course], instance.caseKey ?? instance.key, acting),
      context: openOnly(variables),
      accounts: form ? await this.screen.choices.of(task, form) : null,
      launches: form && mayComplete ? this.screen.launches.of(form, variables, account) : [],
      next: await this.screen.submissions.nextSentence(task),
      canComplete: mayComplete,
      canClaim: isOpen && task.assignee === null,
      previous,
      ...course,
      relatedCases: await this.screen.related.of(instance, account),
      documents: await this.screen.documents.rows(instance, acting),
      draftSavedAt: draft ? isoTime(draft.savedAt) : null,
      drill: task.drill,
    };
  }

  async claim(userTaskKey: string, account: SignedIn): Promise<void> {
    const held = await this.visibility.requireHeld(userTaskKey, account);
    if (!isCandidate(held.task, held.holder)) throw notFound(`user task ${userTaskKey}`);
    await this.screen.otherHands.require(held, account);
    await this.assign(held, held.holder.id, account);
  }

  async unclaim(userTaskKey: string, account: SignedIn): Promise<void> {
    const held = await this.visibility.requireHeld(userTaskKey, account);
    if (held.task.assignee !== held.holder.id) throw notFound(`user task ${userTaskKey} of yours`);
    await this.assign(held, null, account);
  }

  async saveDraft(userTaskKey: string, data: unknown, account: SignedIn): Promise<{ savedAt: string }> {
    const { task, holder } = await this.visibility.requireHeld(userTaskKey, account);
    if (task.state !== 'CREATED' || !isCandidate(task, holder)) throw notFound(`open user task ${userTaskKey}`);
    return { savedAt: isoTime(await this.screen.drafts.save(task, account, data)) };
  }

  private async row(task: UserTaskView, account: SignedIn, inPlaceOf: TaskHolder | undefined): Promise<TaskRow> {
    const row = await toTaskRow(task, this.screen.names, this.runtime.now());
    const hands = inPlaceOf ? [account.id, inPlaceOf.id] : [account.id];
    const notYours = await this.screen.otherHands.obstacle(task, hands);
    return {
      ...row,
      ...(inPlaceOf && { inPlaceOf: { id: inPlaceOf.id, name: inPlaceOf.name } }),
      ...(notYours !== null && { notYours }),
    };
  }

  /** What somebody takes for another is the other's: nothing stays behind when the time of standing in ends. */
  private async assign(held: HeldTask, assignee: string | null, account: SignedIn): Promise<void> {
    const { task } = held;
    replyOf(
      await this.runtime.execute({
        instanceKey: task.processInstanceKey,
        command: {
          type: 'assignUserTask',
          userTaskKey: task.userTaskKey,
          assignee,
          by: account.id,
          allowOverride: assignee === null,
        },
        writes: await actWrites(held, account, { act: 'assignUserTask', runtime: this.runtime }),
        by: account.id,
      }),
    );
  }
}

/** Variables without those that hold a handle anywhere. */
function openOnly(variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => handlesIn(value).length === 0));
}
