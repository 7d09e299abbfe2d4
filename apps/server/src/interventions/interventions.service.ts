import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Key } from '#engine';
import type { Approval, Queries, WorkQueries } from '#persistence';
import type { InstanceRecord, RowWrite, Runtime } from '#runtime';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { SecondPerson } from '../accounts/second-person.service.js';
import { InstanceDefinitions } from '../cases/instance-definitions.service.js';
import { found, Refusal, replyOf } from '../problems/refusal.js';
import { SealingService } from '../reveals/sealing.service.js';
import { ApprovalsService, type ApprovalWish, type Awaiting } from '../studio/approvals.service.js';
import { QUERIES, RUNTIME, WORK_QUERIES } from '../tokens.js';
import { EndedCases } from './ended-cases.service.js';
import type { Intervention, InterventionWish } from './intervention.js';
import { type Named, sentencesOf, verbOf } from './intervention-texts.js';

/** As it waits for the second person: what is done is sealed, because it may hold values of the case. */
interface Waiting {
  /** First: the instances of a case find it by what is kept. */
  readonly instanceKey: Key;
  readonly caseKey: string | null;
  readonly reason: string;
  readonly sealed: string;
}

interface Act {
  readonly by: string;
  readonly reason: string | null;
  /** Commit with it. */
  readonly writes: readonly RowWrite[];
}

const mostInReason = 500;

/**
 * What an operator does to an instance from outside its own course. Of a case it needs a written reason and a second
 * person, as long as there is anybody else who may approve; other instances stay the operator's own business.
 */
@Injectable()
export class InterventionsService implements OnModuleInit {
  constructor(
    private readonly approvals: ApprovalsService,
    private readonly second: SecondPerson,
    private readonly visibility: InstanceVisibility,
    private readonly definitions: InstanceDefinitions,
    private readonly sealing: SealingService,
    private readonly ended: EndedCases,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(WORK_QUERIES) private readonly work: WorkQueries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  onModuleInit(): void {
    this.approvals.carriesOut('case', {
      carryOut: (approval, approver, decision) => this.carryOut(approval, approver, decision),
      isAtOnce: true,
      isShownTo: (approval, account) => this.exists(waitingOf(approval).instanceKey, account),
    });
  }

  /** Null: it was done. */
  async intervene(wish: InterventionWish, account: SignedIn): Promise<Awaiting | null> {
    const instance = found(await this.queries.instance(wish.instanceKey), `process instance ${wish.instanceKey}`);
    if (instance.caseKey === null)
      return this.perform(instance, wish.intervention, { by: account.id, reason: null, writes: [] });
    const reason = requireReason(wish.reason);
    if (instance.state !== 'ACTIVE')
      throw new Refusal('invalidState', `Expected a process instance that runs but ${instance.key} has ended.`, {
        zh: '这件事已经结束，不能再改动。',
      });
    const asked = await this.wishFor(instance, { ...wish, reason }, account);
    if (await this.second.existsBeside(account.id)) {
      await this.requireNew(asked);
      return this.approvals.ask(asked);
    }
    const writes = await this.approvals.doneAlone(asked);
    return this.perform(instance, wish.intervention, { by: account.id, reason, writes });
  }

  /** @throws Refusal where the instance belongs to a case: its record ends by the retention rules alone. */
  async requireNoCase(instanceKey: Key): Promise<void> {
    const instance = await this.queries.instance(instanceKey);
    if (instance === undefined || instance.caseKey === null) return;
    throw new Refusal(
      'invalidState',
      `Expected an instance of no case but ${instanceKey} belongs to one: its record is destroyed by the retention rules alone, by two persons.`,
      { zh: '这是一件事的办理记录，不能在这里删除；到保管期限后由两人按销毁程序办理。' },
    );
  }

  /** The same, asked twice, would wait for ever once the first was done. */
  private async requireNew({ message, why }: ApprovalWish): Promise<void> {
    const what = (sentences: readonly string[]): string => sentences.slice(0, -1).join('');
    const waiting = (await this.work.approvals(100)).filter(
      ({ kind, state }) => kind === 'case' && state === 'waiting',
    );
    if (!waiting.some((one) => one.message === message && what(one.why) === what(why))) return;
    throw new Refusal('conflict', 'Expected an intervention that is not asked for already but the same one waits.', {
      zh: '同样的改动已经在等第二人批准，不用重复提出。',
    });
  }

  private async wishFor(
    instance: InstanceRecord,
    { intervention, reason }: InterventionWish & { readonly reason: string },
    { id }: SignedIn,
  ): Promise<ApprovalWish> {
    const { sealed, writes } = await this.seal(instance, intervention);
    const changes: Waiting = { instanceKey: instance.key, caseKey: instance.caseKey, reason, sealed };
    const why = [...sentencesOf(intervention, await this.named(instance, intervention)), `理由：${reason}`];
    const message = `${verbOf(intervention)}：${instance.caseNo ?? instance.key}`;
    return { kind: 'case', changes, why, message, author: id, writes };
  }

  private async carryOut(approval: Approval, approver: SignedIn, decision: RowWrite): Promise<null> {
    const { instanceKey, reason, sealed } = waitingOf(approval);
    const name = `process instance ${instanceKey}`;
    await this.visibility.requireVisible(instanceKey, approver, name);
    const instance = found(await this.queries.instance(instanceKey), name);
    const act = { by: approval.author, reason, writes: [decision] };
    return this.perform(instance, await this.open(instance, sealed), act);
  }

  private async perform(
    instance: InstanceRecord,
    intervention: Intervention,
    { by, reason, writes }: Act,
  ): Promise<null> {
    if (intervention.kind === 'migration') {
      replyOf(await this.runtime.migrateInstance({ instanceKey: instance.key, ...intervention.plan, by, writes }));
      return null;
    }
    const { command } = intervention;
    const deliveries = reason === null ? [] : this.ended.tellings(instance, { how: command.type, reason });
    replyOf(await this.runtime.execute({ instanceKey: instance.key, command, by, writes, deliveries }));
    return null;
  }

  private async exists(instanceKey: Key, account: SignedIn): Promise<boolean> {
    const { caseKey = null } = (await this.queries.instance(instanceKey)) ?? {};
    return caseKey === null || !(await this.visibility.hiddenCases(account)).has(caseKey);
  }

  private async seal(
    { key, caseKey }: InstanceRecord,
    intervention: Intervention,
  ): Promise<{ sealed: string; writes: readonly RowWrite[] }> {
    const { cipher, writes } = await this.sealing.cipherOf({ caseKey: caseKey ?? key });
    const bytes = cipher.sealBytes(Buffer.from(JSON.stringify(intervention)), nameOf(key));
    return { sealed: bytes.toString('base64'), writes };
  }

  private async open({ key, caseKey }: InstanceRecord, sealed: string): Promise<Intervention> {
    const { cipher } = await this.sealing.cipherOf({ caseKey: caseKey ?? key });
    return JSON.parse(cipher.openBytes(Buffer.from(sealed, 'base64'), nameOf(key)).toString()) as Intervention;
  }

  private async named(instance: InstanceRecord, intervention: Intervention): Promise<Named> {
    const definition = await this.definitions.of(instance.processDefinitionKey);
    if (intervention.kind === 'migration') {
      const target = await this.queries.definition(intervention.plan.targetDefinitionKey);
      const known = found(target, `process definition ${intervention.plan.targetDefinitionKey}`);
      const later = await this.definitions.of(known.key).catch(() => undefined);
      const shown = {
        name: known.name ?? known.bpmnProcessId,
        version: known.version,
        ...(later && { definition: later }),
      };
      return { definition, elements: new Map(), target: shown };
    }
    const { command } = intervention;
    const keys = command.type === 'modifyProcessInstance' ? (command.terminate ?? []) : [];
    const elements = await Promise.all(keys.map((key) => this.queries.get('elementInstances', key)));
    return {
      definition,
      elements: new Map(elements.flatMap((one) => (one ? [[one.elementInstanceKey, one.elementId]] : []))),
    };
  }
}

const nameOf = (instanceKey: Key): string => `intervention:${instanceKey}`;

const waitingOf = ({ changes }: Approval): Waiting => changes as Waiting;

function requireReason(reason: string | undefined): string {
  const given = reason?.trim() ?? '';
  if (given !== '' && given.length <= mostInReason) return given;
  throw new Refusal(
    'invalidArgument',
    `Expected "reason" with 1 to ${mostInReason} characters: an intervention in a case is reasoned, and done once a second person has approved it.`,
    { zh: '改动正在办理的事项，要写明理由（reason，不超过 500 字），并由另一个人批准。' },
  );
}
