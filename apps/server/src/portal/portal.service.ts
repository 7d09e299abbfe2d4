import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { PortalEntry, PortalFile } from '#configuration';
import type { Queries, VaultQueries, WorkQueries } from '#persistence';
import type { InstanceRecord, Runtime } from '#runtime';
import type { Vault } from '#vault';
import { CaseStarterService } from '../cases/case-starter.service.js';
import type { Started } from '../cases/case-starter.service.js';
import { FormContextService } from '../cases/form-context.service.js';
import { NamesService } from '../cases/names.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { DocumentsService } from '../documents/documents.service.js';
import { isoTime } from '../iso-time.js';
import { Refusal, found } from '../problems/refusal.js';
import { DENIED } from '../reveals/case-sight.service.js';
import { QUERIES, RUNTIME, VAULT, VAULT_QUERIES, WORK_QUERIES } from '../tokens.js';
import { FollowedCases, type FollowedCase } from './followed-cases.service.js';
import { courseOf, statesTold, type OwnCourse, type StateTold } from './public-course.js';
import { publicStateOf, speaks } from './public-state.js';
import { PortalActionsService, type ActionDone, type ActionWish, type Spoken } from './portal-actions.service.js';
import { PortalRequestsService } from './portal-requests.service.js';
import { PublicTexts } from './public-texts.service.js';

export interface CodeWish {
  readonly code: string;
  readonly pin?: string;
  /** Another of the cases that the code opens; absent: the one that it was given for. */
  readonly caseNo?: string;
}

export interface PublicSentence {
  readonly id: string;
  readonly label: string;
  readonly sentence: string;
  readonly next: string | null;
}

/** What the petitioner's case page is made of. */
@Injectable()
export class PortalParts {
  constructor(
    readonly configuration: ConfigurationHolder,
    readonly starter: CaseStarterService,
    readonly forms: FormContextService,
    readonly names: NamesService,
    readonly documents: DocumentsService,
    readonly actions: PortalActionsService,
    readonly followed: FollowedCases,
    readonly requests: PortalRequestsService,
    readonly texts: PublicTexts,
  ) {}
}

/** The petitioner's side: entries, receipt, and the case by its code. Knows neither accounts nor addresses. */
@Injectable()
export class PortalService {
  constructor(
    private readonly parts: PortalParts,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(WORK_QUERIES) private readonly workQueries: WorkQueries,
    @Inject(VAULT_QUERIES) private readonly vaultQueries: VaultQueries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(VAULT) private readonly vault: Vault,
  ) {}

  home() {
    const { entries, tracking: _, pages = [], ...shown } = this.portal();
    const doors = pages.map(({ id, title, titleEn, description }) => ({ id, title, titleEn, description }));
    return { ...shown, entries: entries.map(publicEntry), pages: doors };
  }

  entry(id: string) {
    const entry = this.declared(id);
    const form = found(this.parts.configuration.current.forms.get(entry.formId), `form ${entry.formId}`);
    return { entry: publicEntry(entry), ...this.parts.forms.open(form, {}), contextTime: isoTime(this.runtime.now()) };
  }

  async submit(id: string, input: { data: unknown; pin?: string; idempotencyKey?: string }) {
    const entry = this.declared(id);
    const { processId, startMessage, formId, tracking, receipt, pinWhen, routes } = entry;
    const started: Started = await this.parts.starter.start({
      processId,
      formId,
      data: input.data,
      tracking: tracking === true,
      ...(startMessage !== undefined && { startMessage }),
      ...(receipt !== undefined && { receipt }),
      ...(pinWhen !== undefined && { pinWhen }),
      ...(routes !== undefined && { routes }),
      ...(input.pin !== undefined && { pin: input.pin }),
      ...(input.idempotencyKey !== undefined && { idempotencyKey: `portal:${id}:${fingerprintOf(input)}` }),
    });
    const instance = found(await this.queries.instance(started.processInstanceKey), 'process instance');
    const { caseNo, trackingCode, receiptHtml } = started;
    return {
      caseNo,
      trackingCode,
      receiptHtml,
      state: this.sentence(instance, await this.queries.variablesOf(instance.key)),
    };
  }

  /** The case as the petitioner reads it. A wrong code and a wrong PIN give one and the same answer. */
  async view(wish: CodeWish) {
    const { instance, instances, all } = await this.unlocked(wish);
    const spoken = await this.parts.actions.spoken(instance, instances);
    const variables = spoken.variables;
    const documents = (await this.workQueries.documentsOf(instances.map(({ key }) => key))).filter((row) => row.portal);
    return {
      caseNo: instance.caseNo,
      cases: all.map(([first]) => ({ caseNo: first.caseNo, title: this.processTitle(first) })),
      title: instance.title ?? '',
      drill: instance.drill,
      state: this.sentence(spoken.instance, variables),
      dueAt: this.dueAt(spoken.instance, variables),
      timeline: await this.timeline(instances, spoken),
      documents: documents.map((row) => ({ key: row.documentKey, title: row.title, at: isoTime(row.createdAt) })),
      reveals: await this.looks(instance),
      messages: await this.parts.actions.countOf(instance),
      actions: this.parts.actions.offered(spoken),
      requests: await this.parts.requests.shown(instances),
    };
  }

  /** Does what an action of the case page says, or of a request on it. */
  async act(wish: CodeWish, action: ActionWish): Promise<ActionDone> {
    const { instance, instances } = await this.unlocked(wish);
    if (action.requestKey === undefined) return this.parts.actions.act(instance, action);
    const request = found(await this.parts.requests.find(instances, action.requestKey), 'request');
    return this.parts.actions.act(instance, action, request);
  }

  /** What was written to and fro about the case, oldest first. */
  async conversation(wish: CodeWish) {
    return { items: await this.parts.actions.conversation((await this.unlocked(wish)).instance) };
  }

  async document(wish: CodeWish, documentKey: string): Promise<{ html: string }> {
    const { instances } = await this.unlocked(wish);
    const document = await this.workQueries.document(documentKey);
    const isOfCase = document?.portal === true && instances.some(({ key }) => key === document.processInstanceKey);
    if (!document || !isOfCase) throw wrongCode();
    return { html: await this.parts.documents.openForPetitioner(document) };
  }

  private async unlocked({ code, pin, caseNo }: CodeWish) {
    const hash = this.vault.trackingHash(code);
    const tracked = hash === undefined ? undefined : await this.workQueries.trackedCase(hash);
    const isRight =
      tracked === undefined || tracked.pinHash !== null
        ? await this.vault.verifyPin(pin ?? '', tracked?.pinHash)
        : true;
    if (!tracked || !isRight) throw wrongCode();
    const all = await this.parts.followed.of(tracked.caseKey);
    const instances = caseNo === undefined ? all[0] : all.find(([first]) => first.caseNo === caseNo);
    if (!instances) throw wrongCode();
    return { instance: instances[0], instances, all };
  }

  private processTitle({ bpmnProcessId }: InstanceRecord): string {
    const process = this.parts.configuration.current.processes.find(({ id }) => id === bpmnProcessId);
    return process?.definition.name ?? bpmnProcessId;
  }

  private sentence(instance: InstanceRecord, variables: Readonly<Record<string, unknown>>): PublicSentence {
    const state = this.publicStateOf(instance);
    const spoken = this.sentenceOf(state, variables);
    const { late } = this.portal().tracking?.states[state] ?? {};
    const dueAt = this.dueAt(instance, variables);
    const isLate = dueAt !== null && Date.parse(dueAt) <= this.runtime.now();
    return late !== undefined && isLate ? { ...spoken, sentence: this.parts.texts.filled(late, variables) } : spoken;
  }

  private publicStateOf(instance: InstanceRecord): string {
    return publicStateOf(instance, this.portal()) ?? '';
  }

  private sentenceOf(state: string, variables: Readonly<Record<string, unknown>>): PublicSentence {
    const declared = this.portal().tracking?.states[state];
    if (!declared) return { id: state, label: '办理中', sentence: '您反映的事项正在办理。', next: null };
    const next = declared.next ? this.parts.texts.filled(declared.next, variables) : null;
    return { id: state, label: declared.label, sentence: this.parts.texts.filled(declared.sentence, variables), next };
  }

  private dueAt(instance: InstanceRecord, variables: Readonly<Record<string, unknown>>): string | null {
    const state = this.portal().tracking?.states[this.publicStateOf(instance)];
    const due = state?.due === undefined ? undefined : variables[state.due];
    return instance.state === 'ACTIVE' && typeof due === 'string' ? due.replace(/@Asia\/Shanghai$/, '+08:00') : null;
  }

  /** Each public state that the case has had, when it came and in plain words, as they were then. */
  private async timeline(instances: FollowedCase, spoken: Spoken) {
    const [own, ...others] = await Promise.all(
      instances.filter((one, index) => index === 0 || speaks(one)).map((one) => this.ownCourse(one)),
    );
    const course = own ? courseOf(own, others) : [];
    return course.map(({ at, state, variables }, index) => {
      const isLast = index === course.length - 1;
      const { label, sentence } = this.sentenceOf(state, isLast ? spoken.variables : variables);
      return { at: isoTime(at), text: label, detail: sentence, done: !isLast || spoken.instance.state !== 'ACTIVE' };
    });
  }

  private async ownCourse(instance: InstanceRecord): Promise<OwnCourse> {
    const { key, bpmnProcessId, endAt } = instance;
    const process = this.parts.configuration.current.processes.find(({ id }) => id === bpmnProcessId);
    const logged = await this.queries.events(key, undefined, 5_000);
    const states = statesTold(logged, { key, variable: process?.stateVariable ?? 'caseState' });
    return { states: [...states, ...this.endedFromOutside(instance)], endAt };
  }

  private endedFromOutside(instance: InstanceRecord): StateTold[] {
    const state = this.publicStateOf(instance);
    const isOwn = instance.endAt === null || state === (instance.publicState ?? '');
    return isOwn ? [] : [{ at: instance.endAt, state, variables: {} }];
  }

  /** How often, when, by which role and why somebody opened protected content; never who. */
  private async looks(instance: InstanceRecord) {
    const rows = instance.caseKey === null ? [] : await this.vaultQueries.accessesOfCase(instance.caseKey);
    const groups = new Map<string, { at: string; role: string; reason: string; count: number }>();
    for (const row of rows.filter(({ account, purpose }) => account !== 'portal' && purpose !== DENIED)) {
      const id = `${row.at}/${row.role}/${row.reason}`;
      const group = groups.get(id) ?? {
        at: isoTime(row.at),
        role: this.parts.names.role(row.role).name,
        reason: row.reason,
        count: 0,
      };
      groups.set(id, { ...group, count: group.count + 1 });
    }
    return [...groups.values()];
  }

  private portal(): PortalFile {
    return found(this.parts.configuration.current.portal, 'portal');
  }

  private declared(id: string): PortalEntry {
    return found(
      this.portal().entries.find((entry) => entry.id === id),
      `entry ${id}`,
    );
  }
}

/** All petitioners share one name: only who sends the same report again gets its receipt and code again. */
function fingerprintOf(input: { data: unknown; pin?: string; idempotencyKey?: string }): string {
  const text = JSON.stringify([input.idempotencyKey, input.data, input.pin ?? null]);
  return createHash('sha256').update(text).digest('base64url');
}

const publicEntry = ({ id, title, titleEn, description, pinWhen, receipt }: PortalEntry) => ({
  id,
  title,
  titleEn,
  description,
  pinWhen,
  receipt,
});

function wrongCode(): Refusal {
  return new Refusal('notFound', 'Expected a code, and a PIN where one was chosen.', {
    zh: '查询码或密码不正确，请核对后重试。',
  });
}
