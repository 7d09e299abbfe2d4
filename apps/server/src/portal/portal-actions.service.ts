import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { PortalAction } from '#configuration';
import { submitForm, type FormFile } from '#forms';
import type { Queries } from '#persistence';
import type { InstanceRecord, RowWrite, Runtime } from '#runtime';
import type { Vault } from '#vault';
import { FormContextService } from '../cases/form-context.service.js';
import { VISITOR, visitorName } from '../cases/names.service.js';
import { ThreadService } from '../cases/thread.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { revealRefusal } from '../documents/documents.service.js';
import { Refusal, found, replyOf } from '../problems/refusal.js';
import { SealingService } from '../reveals/sealing.service.js';
import { QUERIES, RUNTIME, VAULT } from '../tokens.js';

type Variables = Readonly<Record<string, unknown>>;

export interface ActionWish {
  readonly actionId: string;
  readonly data: unknown;
  readonly idempotencyKey?: string;
}

/** What taking in an action's form needs. */
@Injectable()
export class PortalActionParts {
  constructor(
    readonly configuration: ConfigurationHolder,
    readonly forms: FormContextService,
    readonly sealing: SealingService,
    readonly thread: ThreadService,
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
  ) {}

  /** Those that may be done now, each with its form. */
  offered(instance: InstanceRecord, variables: Variables) {
    const { forms } = this.parts.configuration.current;
    return this.declared()
      .filter((action) => this.isOffered(action, instance, variables))
      .flatMap(({ id, title, description, formId, done }) => {
        const form = forms.get(formId);
        const texts = { ...(description !== undefined && { description }), ...(done !== undefined && { done }) };
        return form ? [{ id, title, ...texts, ...this.parts.forms.open(form, {}, {}) }] : [];
      });
  }

  /**
   * Publishes the action's message with what was filled in.
   *
   * @throws Refusal `invalidState` where the case is past it, `invalidForm`
   */
  async act(instance: InstanceRecord, wish: ActionWish): Promise<{ done: string | null }> {
    const action = found(
      this.declared().find(({ id }) => id === wish.actionId),
      `action ${wish.actionId}`,
    );
    const variables = await this.queries.variablesOf(instance.key);
    if (!this.isOffered(action, instance, variables)) throw pastIt(action);
    const form = found(this.parts.configuration.current.forms.get(action.formId), `form ${action.formId}`);
    const caseKey = instance.caseKey ?? instance.key;
    const taken = await this.taken(form, wish.data, { caseKey, variables });
    const place = { caseKey, processInstanceKey: instance.key, fromVisitor: true };
    const outcome = await this.runtime.correlateMessage({
      name: action.message,
      correlationKey: action.startsEach ? '' : (instance.caseNo ?? instance.key),
      variables: { ...this.carried(action, variables), ...taken.variables },
      caseKey,
      ...(instance.caseNo !== null && { caseNo: instance.caseNo }),
      by: VISITOR,
      writes: [...taken.writes, ...(await this.parts.thread.writes(action.thread, taken, place))],
      ...(wish.idempotencyKey !== undefined && { idempotencyKey: keyOf(instance, wish) }),
    });
    if (!outcome.ok && outcome.rejection.code === 'notFound') throw pastIt(action);
    replyOf(outcome);
    return { done: action.done ?? null };
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

  private carried({ variables: sources = {} }: PortalAction, variables: Variables): Variables {
    return Object.fromEntries(
      Object.entries(sources).map(([name, source]) => [name, this.parts.forms.valueOf(source, variables)]),
    );
  }

  private declared(): readonly PortalAction[] {
    return this.parts.configuration.current.portal?.tracking?.actions ?? [];
  }

  private isOffered({ states, when }: PortalAction, { publicState }: InstanceRecord, variables: Variables): boolean {
    const isState = states === undefined || (publicState !== null && states.includes(publicState));
    return isState && (when === undefined || this.parts.forms.holds(when, variables));
  }
}

/** All who follow cases share one name: only who sends the same again gets the same answer again. */
function keyOf({ key }: InstanceRecord, { actionId, idempotencyKey, data }: ActionWish): string {
  const text = JSON.stringify([idempotencyKey, data]);
  return `portal:${key}:${actionId}:${createHash('sha256').update(text).digest('base64url')}`;
}

function pastIt({ id }: PortalAction): Refusal {
  return new Refusal('invalidState', `Expected the case to wait for "${id}" but it does not.`, {
    zh: '这件事目前不能这样操作，请返回查看最新进展。',
  });
}
