import { isDeepStrictEqual } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import type { Scenario, ScenarioOpening, ScenarioStep } from '#configuration';
import type { UserTaskView } from '#persistence';
import type { InstanceRecord } from '#runtime';
import { may, type SignedIn } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { DeadlineKeeping } from '../deadlines/deadline-keeping.service.js';
import type { Started } from '../cases/case-starter.service.js';
import { CaseAccessService } from '../cases/case-access.service.js';
import { CasesService } from '../cases/cases.service.js';
import { FormContextService } from '../cases/form-context.service.js';
import { LaunchersService } from '../launchers/launchers.service.js';
import type { Platform } from '../platform/open-platform.js';
import { PortalActionsService } from '../portal/portal-actions.service.js';
import { PortalService } from '../portal/portal.service.js';
import { Refusal, replyOf } from '../problems/refusal.js';
import { handlesIn } from '../reveals/sealed-facts.service.js';
import { RevealsService } from '../reveals/reveals.service.js';
import { isCandidate } from '../access/task-holders.js';
import { AttendanceService } from '../organization/attendance.service.js';
import { FormSubmissions } from '../tasks/form-submissions.service.js';
import { ScenarioClock } from './scenario-clock.js';
import { ScenarioFault } from './scenario-fault.js';
import { publish } from './scenario-publishing.js';
import { actOnRequest } from './scenario-requests.js';

/** The petitioner's PIN wherever an entry asks for one. */
const PIN = '135790';

/** Name of the case that the scenario itself starts. */
const FIRST = 'first';

interface FollowedCase {
  readonly instanceKey: string;
  readonly code?: string;
  readonly receipt?: string;
}

/** One scenario on a running application, through the services behind the HTTP interface. */
export class ScenarioRun {
  readonly clock: ScenarioClock;
  /** What the last `reveal` showed. */
  revealed: unknown;
  /** Action that was offered with the answer to the last act of a petitioner. */
  offered: string | null = null;
  private followed: FollowedCase = { instanceKey: '' };
  private readonly cases = new Map<string, FollowedCase>();

  constructor(
    readonly app: INestApplicationContext,
    readonly platform: Platform,
  ) {
    this.clock = new ScenarioClock(platform, app.get(DeadlineKeeping));
  }

  /** Pins the clock and starts what the scenario starts. */
  async start({ start }: Scenario): Promise<void> {
    await this.clock.pin(Date.parse(start.at));
    if (start.schedules === true) await this.clock.followSchedules();
    await this.open(start, FIRST);
    await this.settled();
  }

  /** The page that the start gave to whoever began. */
  get receipt(): string | undefined {
    return this.followed.receipt;
  }

  /** The tracking code of the followed case, with the PIN that is taken wherever one is asked for. */
  code(): { readonly code: string; readonly pin: string } {
    const { code } = this.followed;
    if (code === undefined) throw new ScenarioFault('Expected a case with a tracking code but its start gave none.');
    return { code, pin: PIN };
  }

  /** Does one step; a refusal of the server is thrown as it is. */
  async step(step: ScenarioStep): Promise<void> {
    for (const name of step.cases ?? [undefined]) {
      if (name !== undefined && step.do !== 'start') this.followed = this.named(name);
      await this.act(step, name);
    }
    await this.settled();
  }

  /** Deadlines are kept, and what nobody could do has been offered to others. */
  private async settled(): Promise<void> {
    await this.app.get(DeadlineKeeping).settled();
    await this.app.get(AttendanceService).settled();
  }

  private async act(step: ScenarioStep, name: string | undefined): Promise<void> {
    switch (step.do) {
      case 'complete':
        await this.complete(step);
        break;
      case 'message':
        await this.message(step);
        break;
      case 'advance':
        await this.clock.advance(step);
        break;
      case 'reveal':
        await this.reveal(step);
        break;
      case 'submit':
        await this.submit(step);
        break;
      case 'start':
        await this.open(withName(step.start ?? {}, name), name ?? '');
        break;
      case 'follow':
        if (step.process !== undefined) await this.followProcess(step.process, step.variables ?? {});
        break;
      case 'publish':
        await publish(this, step);
        break;
      default:
        throw new ScenarioFault(`Expected a step that scenarios can run but found "${step.do}".`);
    }
  }

  async instance(): Promise<InstanceRecord> {
    const instance = await this.platform.queries.instance(this.followed.instanceKey);
    if (!instance) throw new ScenarioFault('Expected a process instance but nothing was started.');
    return instance;
  }

  /** The started instance and all others of its case. */
  async instances(): Promise<readonly InstanceRecord[]> {
    return this.app.get(CaseAccessService).instancesOf(await this.instance());
  }

  async openTasks(): Promise<readonly UserTaskView[]> {
    const keys = (await this.instances()).map(({ key }) => key);
    return (await this.platform.queries.tasksOfInstances(keys)).filter(({ state }) => state === 'CREATED');
  }

  /** The account with the roles and groups that guards see. */
  async account(id: string | undefined): Promise<SignedIn> {
    const account = await this.app.get(AccountsService).signedIn(id ?? '');
    if (!account) throw new ScenarioFault(`Expected an account of organization.json but found "${id}".`);
    return account;
  }

  private async open(start: ScenarioOpening, name: string): Promise<void> {
    this.followed =
      start.form === undefined
        ? { instanceKey: await this.startByMessage(start) }
        : await this.startByForm(start, start.form);
    this.cases.set(name, this.followed);
  }

  private async followProcess(processId: string, wanted: Readonly<Record<string, unknown>>): Promise<void> {
    const { queries } = this.platform;
    const { items } = await queries.search('processInstances', {
      filter: { processDefinitionId: processId },
      sort: [{ field: 'processInstanceKey', order: 'desc' }],
      page: { limit: 200 },
    });
    for (const { processInstanceKey: key } of items) {
      const variables = await queries.variablesOf(key);
      const isMeant = Object.entries(wanted).every(([name, value]) => isDeepStrictEqual(variables[name], value));
      if (isMeant) return void (this.followed = { instanceKey: key });
    }
    throw new ScenarioFault(`Expected an instance of ${processId} with ${JSON.stringify(wanted)} but found none.`);
  }

  private named(name: string): FollowedCase {
    const found = this.cases.get(name);
    if (!found) throw new ScenarioFault(`Expected a case ${name} but found ${listed([...this.cases.keys()])}.`);
    return found;
  }

  private async startByForm(start: ScenarioOpening, formId: string): Promise<FollowedCase> {
    const data = start.values ?? {};
    if (start.as === undefined) return this.startOnPortal(start, { formId, data });
    const { launchers } = this.platform.configuration.current;
    const launcher = launchers.find((one) => one.processId === start.process && one.formId === formId);
    if (!launcher) throw new ScenarioFault(`Expected a launcher of process ${start.process} with form ${formId}.`);
    return followedFrom(
      await this.app.get(LaunchersService).start(launcher.id, { data }, await this.account(start.as)),
    );
  }

  private async startOnPortal(
    start: ScenarioOpening,
    { formId, data }: { formId: string; data: Readonly<Record<string, unknown>> },
  ): Promise<FollowedCase> {
    const entries = this.platform.configuration.current.portal?.entries ?? [];
    const isMeant = (entry: (typeof entries)[number]): boolean =>
      start.message === undefined ? entry.processId === start.process : entry.startMessage === start.message;
    const entry = entries.find((one) => one.formId === formId && isMeant(one));
    if (!entry) throw new ScenarioFault(`Expected a portal entry with form ${formId}.`);
    const needsPin = entry.pinWhen !== undefined && this.app.get(FormContextService).holds(entry.pinWhen, data);
    const submitted = await this.app.get(PortalService).submit(entry.id, { data, ...(needsPin && { pin: PIN }) });
    const [instance] = await this.platform.queries.instancesByCaseNo(submitted.caseNo ?? '');
    return followedFrom({ ...submitted, processInstanceKey: instance?.key ?? '' });
  }

  private async startByMessage({ message, process, as, variables = {} }: ScenarioOpening): Promise<string> {
    const { runtime, queries } = this.platform;
    const by = as === undefined ? {} : { by: as };
    if (process !== undefined)
      return replyOf(await runtime.createInstance({ bpmnProcessId: process, variables, ...by })).processInstanceKey;
    replyOf(await runtime.publishMessage({ name: message ?? '', correlationKey: '', variables, ...by }));
    await runtime.idle();
    const { items } = await queries.search('processInstances', {
      sort: [{ field: 'processInstanceKey', order: 'desc' }],
      page: { limit: 1 },
    });
    return items[0]?.processInstanceKey ?? '';
  }

  private async complete({ element, as, values = {} }: ScenarioStep): Promise<void> {
    const account = await this.account(as);
    const tasks = await this.openTasks();
    const meant = tasks.filter(({ elementId }) => elementId === element);
    const task = meant.find((one) => isCandidate(one, account)) ?? meant[0];
    if (!task)
      throw new ScenarioFault(
        `Expected an open task ${element} but found ${listed(tasks.map(({ elementId }) => elementId))}.`,
      );
    await this.app.get(FormSubmissions).submit({ userTaskKey: task.userTaskKey, data: values, account });
  }

  private async message({ message, form, as, values = {}, correlationKey }: ScenarioStep): Promise<void> {
    const instance = await this.instance();
    const { rooms, portal } = this.platform.configuration.current;
    const isMeant = (one: { message: string; formId?: string | undefined }): boolean =>
      one.message === message && one.formId === form;
    const own = (portal?.tracking?.actions ?? []).find(isMeant);
    if (own && as === undefined) {
      const done = await this.app.get(PortalActionsService).act(instance, { actionId: own.id, data: values });
      this.offered = done.offer?.actionId ?? null;
      return;
    }
    if (as === undefined && (await actOnRequest(this, isMeant, values))) return;
    const action = (rooms[instance.bpmnProcessId]?.actions ?? []).find(isMeant);
    if (action)
      return this.app
        .get(CasesService)
        .act(instance.key, { actionId: action.id, data: values }, await this.account(as));
    if (as !== undefined && !may(await this.account(as), 'MESSAGE:CREATE'))
      throw new Refusal('forbidden', `Expected the permission MESSAGE:CREATE to publish "${message}".`);
    const request = {
      name: message ?? '',
      correlationKey: correlationKey ?? instance.caseNo ?? instance.key,
      variables: values,
    };
    replyOf(await this.platform.runtime.correlateMessage({ ...request, ...(as !== undefined && { by: as }) }));
  }

  /** Starts by a form: what joins the case by its number, or another case, which is followed from here on. */
  private async submit({ as, form, values = {} }: ScenarioStep): Promise<void> {
    const launcher = this.platform.configuration.current.launchers.find(({ formId }) => formId === form);
    if (!launcher) throw new ScenarioFault(`Expected a launcher with form ${form ?? ''}.`);
    const started = await this.app.get(LaunchersService).start(launcher.id, { data: values }, await this.account(as));
    const { caseKey } = await this.instance();
    const joined = await this.platform.queries.instance(started.processInstanceKey);
    if (joined?.caseKey !== caseKey) this.followed = followedFrom(started);
  }

  private async reveal({ field = '', reason = '', as }: ScenarioStep): Promise<void> {
    const instance = await this.instance();
    const variables = await this.platform.queries.variablesOf(instance.key);
    const sealedKeys = handlesIn(variables[field]);
    if (sealedKeys.length === 0) throw new ScenarioFault(`Expected a protected value in ${field} but found none.`);
    const shown = await this.app
      .get(RevealsService)
      .reveal({ sealedKeys, reason, processInstanceKey: instance.key }, await this.account(as));
    this.revealed = sealedKeys.length === 1 ? shown.get(sealedKeys[0] ?? '') : [...shown.values()];
  }
}

export const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

interface Begun extends Pick<Started, 'processInstanceKey'> {
  readonly trackingCode?: string | undefined;
  readonly receiptHtml?: string | undefined;
}

/** The opening of one of several cases: its name stands where the values say `${case}`. */
function withName(opening: ScenarioOpening, name = ''): ScenarioOpening {
  const text = JSON.stringify(opening).replaceAll('${case}', name);
  return JSON.parse(text) as ScenarioOpening;
}

const followedFrom = ({ processInstanceKey, trackingCode, receiptHtml }: Begun): FollowedCase => ({
  instanceKey: processInstanceKey,
  ...(trackingCode !== undefined && { code: trackingCode }),
  ...(receiptHtml !== undefined && { receipt: receiptHtml }),
});
