import { Inject, Injectable } from '@nestjs/common';
import type { Queries, UserTaskView } from '#persistence';
import { submitForm } from '#forms';
import type { Runtime } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { TaskVisibility } from '../access/task-visibility.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { DocumentRowsService } from '../documents/document-rows.service.js';
import { isoTime } from '../iso-time.js';
import { publicStateOf } from '../portal/public-state.js';
import { Refusal, found, replyOf } from '../problems/refusal.js';
import { SealedFactsService } from '../reveals/sealed-facts.service.js';
import { SealingService } from '../reveals/sealing.service.js';
import { toTaskRow } from '../tasks/task-rows.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { CaseAccessService } from './case-access.service.js';
import { ExclusiveCasesService } from './exclusive-cases.service.js';
import { FactsService } from './facts.service.js';
import { FormContextService } from './form-context.service.js';
import { JoinedCasesService } from './joined-cases.service.js';
import { NamesService } from './names.service.js';
import { RelatedCasesService } from './related-cases.service.js';
import { RoomsService } from './rooms.service.js';
import { ThreadService } from './thread.service.js';
import { TimelineService } from './timeline.service.js';

export interface InstanceListWish {
  readonly processId?: string;
  readonly state?: 'ACTIVE' | 'COMPLETED' | 'TERMINATED';
  readonly q?: string;
  readonly cursor?: string;
}

const PAGE = 50;

/** What one instance screen is made of. */
@Injectable()
export class CaseScreenParts {
  constructor(
    readonly access: CaseAccessService,
    readonly facts: FactsService,
    readonly names: NamesService,
    readonly sealed: SealedFactsService,
    readonly documents: DocumentRowsService,
    readonly timeline: TimelineService,
    readonly rooms: RoomsService,
    readonly thread: ThreadService,
    readonly related: RelatedCasesService,
  ) {}
}

/** Whose cases are shown, and what taking in an action's form needs. */
@Injectable()
export class CaseInputParts {
  constructor(
    readonly visibility: TaskVisibility,
    readonly exclusive: ExclusiveCasesService,
    readonly forms: FormContextService,
    readonly sealing: SealingService,
    readonly joined: JoinedCasesService,
  ) {}
}

/** One instance, its course and its diagram; the list of instances; actions of an event room. */
@Injectable()
export class CasesService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly screen: CaseScreenParts,
    private readonly input: CaseInputParts,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async detail(instanceKey: string, account: SignedIn) {
    const instance = await this.screen.access.requireVisible(instanceKey, account);
    const acting = await this.screen.access.acting(instance, account);
    const variables = await this.queries.variablesOf(instanceKey);
    const facts = await this.screen.facts.ofProcess(instance.bpmnProcessId, variables);
    const thread = await this.screen.thread.of(instance.caseKey);
    const isInvolved = await this.screen.access.isInvolved(instance, account);
    const reader = isInvolved ? acting : { roles: [] };
    const process = this.configuration.current.processes.find(({ id }) => id === instance.bpmnProcessId);
    const { portal } = this.configuration.current;
    const publicState = publicStateOf(instance, portal);
    const state = publicState === null ? undefined : portal?.tracking?.states[publicState];
    return {
      processInstanceKey: instance.key,
      processId: instance.bpmnProcessId,
      processName: process?.definition.name ?? instance.bpmnProcessId,
      version: instance.version,
      caseNo: instance.caseNo,
      title: instance.title ?? process?.definition.name ?? instance.bpmnProcessId,
      state: instance.state,
      startedAt: isoTime(instance.startAt),
      endedAt: isoTime(instance.endAt),
      suspendedAt: isoTime((await this.queries.get('processInstances', instance.key))?.suspendedDate ?? null),
      isCase: instance.caseKey !== null,
      drill: instance.drill,
      publicState:
        publicState === null ? null : { id: publicState, label: state?.recordLabel ?? state?.label ?? publicState },
      facts,
      relatedCases: await this.screen.related.of(instance, account),
      thread,
      sealed: await this.screen.sealed.of([facts, thread], instance.caseKey ?? instance.key, reader),
      tasks: await this.tasks(await this.screen.access.tasksOf(instance), account),
      documents: isInvolved ? await this.screen.documents.rows(instance, acting) : [],
      room: await this.screen.rooms.of(instance, variables, acting),
      canSee: true,
    };
  }

  async timeline(instanceKey: string, account: SignedIn) {
    const instance = await this.screen.access.requireVisible(instanceKey, account);
    const entries = await this.screen.timeline.of(
      await this.screen.access.instancesOf(instance),
      await this.screen.access.tasksOf(instance),
    );
    const reasons = entries.map(({ reason }) => reason);
    const sealed = await this.screen.sealed.of(reasons, instance.caseKey ?? instance.key, account);
    return entries.map((entry) => {
      const fact = entry.reason && sealed[entry.reason.$sealed];
      return entry.reason && fact ? { ...entry, sealed: { [entry.reason.$sealed]: fact } } : entry;
    });
  }

  async diagram(instanceKey: string, account: SignedIn) {
    const instance = await this.screen.access.requireVisible(instanceKey, account);
    const definition = found(await this.queries.definition(instance.processDefinitionKey), 'process definition');
    const filter = { processInstanceKey: instanceKey };
    const page = { limit: 10_000 };
    const elements = await this.queries.search('elementInstances', { filter, page });
    const incidents = await this.queries.search('incidents', { filter: { ...filter, state: 'ACTIVE' }, page });
    const idsIn = (state: string): string[] => [
      ...new Set(elements.items.filter((element) => element.state === state).map(({ elementId }) => elementId)),
    ];
    return {
      xml: definition.xml,
      active: idsIn('ACTIVE'),
      completed: idsIn('COMPLETED'),
      incidents: [...new Set(incidents.items.map(({ elementId }) => elementId))],
    };
  }

  async list(wish: InstanceListWish, account: SignedIn) {
    const exclusive = await this.input.exclusive.hiddenFrom(account);
    const excluded = new Set([...(await this.input.visibility.excludedCases(account)), ...exclusive]);
    const filter = {
      ...(wish.processId !== undefined && { processDefinitionId: wish.processId }),
      ...(wish.state !== undefined && { state: wish.state }),
      // The lower bound leads through the index of case numbers; a pattern that begins with anything leads nowhere.
      ...(wish.q ? { caseNo: { $gte: '', $like: `*${wish.q.replace(/[*?\\]/g, '')}*` } } : {}),
    };
    const request = {
      filter,
      sort: [{ field: 'startDate', order: 'desc' as const }],
      page: { limit: PAGE, ...(wish.cursor !== undefined && { after: wish.cursor }) },
    };
    const found = await this.queries.search('processInstances', request);
    const items = found.items
      .filter(({ caseKey }) => caseKey === null || !excluded.has(caseKey))
      .map((row) => ({
        processInstanceKey: row.processInstanceKey,
        processId: row.processDefinitionId,
        processName: row.processDefinitionName,
        version: row.processDefinitionVersion,
        caseNo: row.caseNo,
        title: row.title ?? row.processDefinitionName,
        state: row.state,
        startedAt: isoTime(row.startDate),
        endedAt: isoTime(row.endDate),
        drill: row.drill,
        hasIncident: row.hasIncident,
      }));
    return { items, nextCursor: found.items.length === PAGE ? found.endCursor : null };
  }

  /** Publishes the message of a room's action with the values of its form: to the instance, or into the case that it joins. */
  async act(
    instanceKey: string,
    wish: { actionId: string; data: unknown; idempotencyKey?: string },
    account: SignedIn,
  ): Promise<void> {
    const instance = await this.screen.access.requireVisible(instanceKey, account);
    const acting = await this.screen.access.acting(instance, account);
    const action = this.screen.rooms.action(instance, wish.actionId, acting);
    if (instance.state !== 'ACTIVE')
      throw new Refusal('invalidState', `Expected process instance ${instanceKey} to be ACTIVE.`, {
        zh: '该事项已经结束。',
      });
    const variables = await this.queries.variablesOf(instance.key);
    if (!this.screen.rooms.isDue(action, variables))
      throw new Refusal('invalidState', `Expected the case to be where "${action.id}" may be done but it is not.`, {
        zh: `现在不能“${action.title}”。`,
      });
    const filled = this.filled(action.formId, wish.data, { variables, account });
    const joins = await this.input.joined.caseOf(action, wish.data, acting);
    const place = joins ?? instance;
    const sealed = filled
      ? await this.input.sealing.seal(filled.form, filled.data, {
          caseKey: place.caseKey ?? instance.key,
          by: account.id,
        })
      : { variables: {}, writes: [] };
    replyOf(
      await this.runtime.correlateMessage({
        name: action.message,
        correlationKey: joins ? '' : (instance.caseNo ?? instance.key),
        variables: {
          ...this.screen.rooms.carried(action, variables),
          ...sealed.variables,
          actor: account.id,
          actedAt: isoTime(this.runtime.now()),
        },
        ...(place.caseKey !== null && { caseKey: place.caseKey }),
        ...(place.caseNo !== null && { caseNo: place.caseNo }),
        by: account.id,
        writes: sealed.writes,
        ...(wish.idempotencyKey !== undefined && { idempotencyKey: `${instanceKey}:${wish.idempotencyKey}` }),
      }),
    );
  }

  private filled(
    formId: string | undefined,
    data: unknown,
    { variables, account }: { readonly variables: Readonly<Record<string, unknown>>; readonly account: SignedIn },
  ) {
    if (formId === undefined) return undefined;
    const form = found(this.configuration.current.forms.get(formId), `form ${formId}`);
    const checked = submitForm(form, data, this.input.forms.context(variables, { signedIn: account }));
    if (!checked.ok) throw new Refusal('invalidForm', 'Expected a form without faults.', { fields: checked.fields });
    return { form, data: checked.data };
  }

  /** `canOpen`: an open task that is for the account; others stand there by name alone. */
  private tasks(tasks: readonly UserTaskView[], account: SignedIn) {
    const now = this.runtime.now();
    return Promise.all(
      tasks.map(async (task) => ({
        ...(await toTaskRow(task, this.screen.names, now)),
        candidates: task.candidateGroups.map((group) => this.screen.names.group(group)),
        canOpen: task.state === 'CREATED' && (await this.input.visibility.isVisible(task, account)),
      })),
    );
  }
}
