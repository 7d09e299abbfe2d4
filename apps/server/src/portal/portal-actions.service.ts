import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { caseStartedBy, type PortalAction, type ProcessEntry } from '#configuration';
import { submitForm, type FormFile } from '#forms';
import type { Queries } from '#persistence';
import type { InstanceRecord, RowWrite, Runtime } from '#runtime';
import type { Vault } from '#vault';
import { CaseStarterService } from '../cases/case-starter.service.js';
import { FormContextService } from '../cases/form-context.service.js';
import { VISITOR, visitorName } from '../cases/names.service.js';
import { latestValues } from '../cases/latest-values.js';
import { ThreadService } from '../cases/thread.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { revealRefusal } from '../documents/documents.service.js';
import { ClientRequests } from '../idempotency/client-requests.service.js';
import { Refusal, found, replyOf } from '../problems/refusal.js';
import { publicStateOf, speaks } from './public-state.js';
import { SealingService } from '../reveals/sealing.service.js';
import { QUERIES, RUNTIME, VAULT } from '../tokens.js';

type Variables = Readonly<Record<string, unknown>>;

export interface ActionDone {
  readonly done: string | null;
  /** Number of the case of its own that the action started. */
  readonly caseNo: string | null;
  /** Code of that case where the action says `tracking`; told this once. */
  readonly trackingCode: string | null;
  /** Another action that what was filled in suggests. */
  readonly offer: ActionOffer | null;
}

export interface ActionOffer {
  readonly actionId: string;
  readonly text: string;
}

export interface ActionWish {
  readonly actionId: string;
  /** Key of the request that the action belongs to; absent: it is one of the case. */
  readonly requestKey?: string;
  readonly data: unknown;
  readonly idempotencyKey?: string;
}

type OwnCase = Pick<ActionDone, 'caseNo' | 'trackingCode'>;

/** What the case says now, and the messages that it waits for. */
export interface Spoken {
  readonly instance: InstanceRecord;
  readonly variables: Variables;
  readonly awaited: ReadonlySet<string>;
}

/** What a request says now: its actions go to it alone. */
export interface SpokenRequest extends Spoken {
  readonly correlationKey: string;
  readonly actions: readonly PortalAction[];
  /** Whether its instance still runs. */
  readonly isOpen: boolean;
}

interface Act {
  readonly correlationKey?: string;
  readonly action: PortalAction;
  readonly instance: InstanceRecord;
  readonly variables: Variables;
  readonly wish: ActionWish;
}

/** What taking in an action's form needs. */
@Injectable()
export class PortalActionParts {
  constructor(
    readonly configuration: ConfigurationHolder,
    readonly forms: FormContextService,
    readonly sealing: SealingService,
    readonly thread: ThreadService,
    readonly starter: CaseStarterService,
  ) {}
}

/** What who follows a case may do there, as `tracking.actions` of `portal.json` declares it, and the conversation. */
@Injectable()
export class PortalActionsService {
  constructor(
    private readonly parts: PortalActionParts,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(VAULT) private readonly vault: Vault,
    private readonly requests: ClientRequests,
  ) {}

  /**
   * What the case says now: the state of the newest instance that runs in it with a public state of its own, such as a
   * review after the end, else of the one that the case began with; and the open variables of both, with what any instance
   * told last of those that `tracking.latest` names.
   */
  async spoken(instance: InstanceRecord, instances: readonly InstanceRecord[]): Promise<Spoken> {
    const speaker = instances.findLast((one) => one.state === 'ACTIVE' && speaks(one)) ?? instance;
    const { latest = [] } = this.parts.configuration.current.portal?.tracking ?? {};
    const own = {
      ...(await this.queries.variablesOf(instance.key)),
      ...(await latestValues(this.queries, instances, latest)),
    };
    const awaited = await this.awaited(instance, instances);
    if (speaker.key === instance.key) return { instance, variables: own, awaited };
    const variables = { ...own, ...(await this.queries.variablesOf(speaker.key)) };
    return { instance: speaker, variables, awaited };
  }

  /** Those that may be done now, each with its form. */
  offered(spoken: Spoken, declared = this.declared()) {
    const { forms } = this.parts.configuration.current;
    const { variables } = spoken;
    return declared
      .filter((action) => this.isOffered(action, spoken))
      .flatMap(({ id, title, description, formId, done, prefill }) => {
        const form = forms.get(formId);
        const texts = { ...(description !== undefined && { description }), ...(done !== undefined && { done }) };
        return form
          ? [{ id, title, ...texts, ...this.parts.forms.open(form, {}, { data: this.prefilled(prefill, variables) }) }]
          : [];
      });
  }

  /**
   * Publishes the action's message with what was filled in, or starts the case that the message starts. With a request,
   * the action is one of the request.
   *
   * @throws Refusal `invalidState` where the case is past it, `invalidForm`
   */
  async act(instance: InstanceRecord, wish: ActionWish, request?: SpokenRequest): Promise<ActionDone> {
    const action = found(
      (request?.actions ?? this.declared()).find(({ id }) => id === wish.actionId),
      `action ${wish.actionId}`,
    );
    const key = wish.idempotencyKey === undefined ? undefined : keyOf(instance, wish);
    const told = key === undefined ? undefined : await this.requests.find({ account: VISITOR, key });
    if (told?.body) return JSON.parse(told.body) as ActionDone;
    const spoken = request ?? (await this.spoken(instance, await this.instancesOf(instance)));
    const { variables } = spoken;
    if (request?.isOpen === false || !this.isOffered(action, spoken)) throw pastIt(action);
    const process = caseStartedBy(action, this.parts.configuration.current);
    const about = { action, instance, variables, wish, ...(request && { correlationKey: request.correlationKey }) };
    const started = process ? await this.startCase(process, about) : await this.publish(about);
    const answer = { done: action.done ?? null, ...started, offer: this.offerOf(about) };
    // The code of a case is stored as a hash alone: who sends again starts the same case again, and gets the same code.
    if (key !== undefined && answer.trackingCode === null) await this.remember(key, answer);
    return answer;
  }

  /** The messages of actions that say `waits` for which something in the case waits now. */
  private async awaited(
    { caseNo, key }: InstanceRecord,
    instances: readonly InstanceRecord[],
  ): Promise<ReadonlySet<string>> {
    const messages = this.declared().flatMap(({ waits, message }) => (waits ? [message] : []));
    const keys = instances.filter(({ state }) => state === 'ACTIVE').map((instance) => instance.key);
    if (messages.length === 0 || keys.length === 0) return new Set();
    const { items } = await this.queries.search('messageSubscriptions', {
      filter: { messageName: { $in: messages }, processInstanceKey: { $in: keys }, correlationKey: caseNo ?? key },
    });
    return new Set(items.map(({ messageName }) => messageName));
  }

  private async instancesOf(instance: InstanceRecord): Promise<readonly InstanceRecord[]> {
    return instance.caseKey === null ? [instance] : this.queries.instancesOfCase(instance.caseKey);
  }

  /** What is sent again, because its answer was lost, finds a case that may have gone on already. */
  private async remember(key: string, answer: ActionDone): Promise<void> {
    await this.requests.remember(
      { account: VISITOR, key },
      { fingerprint: key, status: 200, body: JSON.stringify(answer) },
    );
  }

  /** What the form seals is sealed under the key of the case that is started. */
  private async startCase({ id }: ProcessEntry, { action, instance, variables, wish }: Act): Promise<OwnCase> {
    const started = await this.parts.starter.start({
      processId: id,
      startMessage: action.message,
      formId: action.formId,
      data: wish.data,
      variables: this.valuesOf(action.variables, variables),
      ...(action.tracking === true && { tracking: true }),
      ...(wish.idempotencyKey !== undefined && { idempotencyKey: keyOf(instance, wish) }),
    });
    return { caseNo: started.caseNo, trackingCode: started.trackingCode ?? null };
  }

  /** Looks at what was filled in and forgets it: an offer leaves no trace in the case. */
  private offerOf({ action, variables, wish }: Act): ActionOffer | null {
    const filled = { ...variables, ...(wish.data as Variables) };
    const offer = (action.offers ?? []).find(({ when }) => this.parts.forms.holds(when, filled));
    return offer ? { actionId: offer.action, text: offer.text } : null;
  }

  private async publish({ action, instance, variables, wish, correlationKey }: Act): Promise<OwnCase> {
    const form = found(this.parts.configuration.current.forms.get(action.formId), `form ${action.formId}`);
    const caseKey = instance.caseKey ?? instance.key;
    // A field that is shown but not to be changed keeps what the case says, whatever is sent.
    const known = { ...variables, ...this.prefilled(action.prefill, variables) };
    const taken = await this.taken(form, wish.data, { caseKey, variables: known });
    const place = { caseKey, processInstanceKey: instance.key, fromVisitor: true };
    const outcome = await this.runtime.correlateMessage({
      name: action.message,
      correlationKey: correlationKey ?? (action.startsEach ? '' : (instance.caseNo ?? instance.key)),
      variables: { ...this.valuesOf(action.variables, variables), ...taken.variables },
      caseKey,
      ...(instance.caseNo !== null && { caseNo: instance.caseNo }),
      by: VISITOR,
      writes: [...taken.writes, ...(await this.parts.thread.writes(action.thread, taken, place))],
      ...(wish.idempotencyKey !== undefined && { idempotencyKey: keyOf(instance, wish) }),
    });
    if (!outcome.ok && outcome.rejection.code === 'notFound') throw pastIt(action);
    replyOf(outcome);
    return { caseNo: null, trackingCode: null };
  }

  /** How many texts the conversation has. */
  async countOf({ caseKey }: InstanceRecord): Promise<number> {
    return (await this.parts.thread.of(caseKey)).length;
  }

  /** The conversation in plain text, for who holds the code; the look is recorded. */
  async conversation(instance: InstanceRecord) {
    const entries = await this.parts.thread.of(instance.caseKey);
    if (entries.length === 0 || instance.caseKey === null) return [];
    const { current } = this.parts.configuration;
    const request = {
      caseKey: instance.caseKey,
      sealedKeys: entries.map(({ text }) => text.$sealed),
      account: VISITOR,
      roles: [VISITOR],
      reason: `${visitorName(this.parts.configuration)}凭查询码查看留言`,
      purpose: 'delivery' as const,
      processInstanceKey: instance.key,
    };
    const commit = async (writes: readonly RowWrite[]): Promise<void> => void replyOf(await this.runtime.write(writes));
    const opened = await this.vault.reveal(request, current.roles.roles, commit);
    if (!opened.ok) throw revealRefusal(opened.code);
    return entries.map(({ key, at, fromVisitor, text }) => ({
      key,
      at,
      fromVisitor,
      text: String(opened.values.get(text.$sealed) ?? ''),
    }));
  }

  private async taken(
    form: FormFile,
    data: unknown,
    { caseKey, variables }: { caseKey: string; variables: Variables },
  ) {
    const checked = submitForm(form, data, this.parts.forms.context(variables));
    if (!checked.ok) throw new Refusal('invalidForm', 'Expected a form without faults.', { fields: checked.fields });
    const sealed = await this.parts.sealing.seal(form, checked.data, { caseKey, by: VISITOR });
    return { ...sealed, data: checked.data };
  }

  /** Without what has no value, so that the form's own defaults stay. */
  private prefilled(sources: PortalAction['prefill'], variables: Variables): Variables {
    const values = Object.entries(this.valuesOf(sources, variables));
    return Object.fromEntries(values.filter(([, value]) => value !== null));
  }

  private valuesOf(sources: Readonly<Record<string, string>> = {}, variables: Variables): Variables {
    return Object.fromEntries(
      Object.entries(sources).map(([name, source]) => [name, this.parts.forms.valueOf(source, variables)]),
    );
  }

  private declared(): readonly PortalAction[] {
    return this.parts.configuration.current.portal?.tracking?.actions ?? [];
  }

  private isOffered({ states, when, waits, message }: PortalAction, spoken: Spoken): boolean {
    const { instance, variables, awaited } = spoken;
    const publicState = publicStateOf(instance, this.parts.configuration.current.portal);
    const isState = states === undefined || (publicState !== null && states.includes(publicState));
    if (waits && !awaited.has(message)) return false;
    return isState && (when === undefined || this.parts.forms.holds(when, variables));
  }
}

/** All who follow cases share one name: only who sends the same again gets the same answer again. */
function keyOf({ key }: InstanceRecord, { actionId, requestKey, idempotencyKey, data }: ActionWish): string {
  const text = JSON.stringify([idempotencyKey, data, ...(requestKey === undefined ? [] : [requestKey])]);
  return `portal:${key}:${actionId}:${createHash('sha256').update(text).digest('base64url')}`;
}

function pastIt({ id }: PortalAction): Refusal {
  return new Refusal('invalidState', `Expected the case to wait for "${id}" but it does not.`, {
    zh: '这件事目前不能这样操作，请返回查看最新进展。',
  });
}
