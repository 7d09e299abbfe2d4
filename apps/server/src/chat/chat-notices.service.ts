import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { ChatGroup } from '#configuration';
import { createOrganizationQueries, type Database, type OrganizationQueries, type Queries } from '#persistence';
import type { Delivery, DeliveryResult, InstanceRecord, RowWrite, Runtime } from '#runtime';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { filledText } from '../mail/letter.js';
import type { Settings } from '../settings/settings.js';
import { DATABASE, QUERIES, RUNTIME, SETTINGS } from '../tokens.js';
import { postChat } from './post-chat.js';

const KIND = 'ct.chat';

/** A notice in the application that a group may be told of. */
export interface NoticeToTell {
  readonly noticeKey: string;
  /** Account or group; only a role leads to a chat. */
  readonly recipient: string;
  readonly processInstanceKey: string;
}

/**
 * Notices to roles in group chats: for each group that `notifications.json` gives the role and whose robot the operator
 * has set, a row of the outbox in the commit of the notices. The text names the procedure, the number and the address of
 * the workbench. Nobody knows who reads a group, so a case that excludes anybody or is in exclusive hands is never told.
 */
@Injectable()
export class ChatNotices implements OnModuleInit {
  private readonly organization: OrganizationQueries;

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly exclusive: ExclusiveCasesService,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(DATABASE) database: Database,
  ) {
    this.organization = createOrganizationQueries(database);
  }

  onModuleInit(): void {
    this.runtime.registerDeliveryHandler(KIND, (delivery) => this.deliver(delivery));
  }

  /** Commit with the notices; one message for each group, however many of its roles are told. */
  async writes(notices: readonly NoticeToTell[]): Promise<readonly RowWrite[]> {
    const { groups = [] } = this.configuration.current.notifications.chat ?? {};
    const writes = groups.map(async (group) => {
      const notice = notices.find(({ recipient }) => isFor(group, recipient));
      if (!notice || !this.settings.outgoing.robots.has(group.robot)) return [];
      const idempotencyKey = `notice-${notice.noticeKey}-${group.robot}`;
      const request = { kind: KIND, name: `群通知 ${group.robot}`, idempotencyKey, payload: { robot: group.robot } };
      return this.runtime.deliveryWrites([request], notice.processInstanceKey);
    });
    return (await Promise.all(writes)).flat();
  }

  /** Everything is looked at when it is sent: who may know, and what group and robot are by then. */
  private async deliver({ payload, idempotencyKey, processInstanceKey }: Delivery): Promise<DeliveryResult> {
    const { chat } = this.configuration.current.notifications;
    const group = chat?.groups.find(({ robot }) => robot === payload['robot']);
    const format = group && chat?.formats[group.format];
    const robot = group && this.settings.outgoing.robots.get(group.robot);
    const instance = processInstanceKey === null ? undefined : await this.queries.instance(processInstanceKey);
    if (!group || !format || !robot || !instance || !(await this.mayBeTold(instance))) return { ok: true };
    const text = this.textOf(group, instance);
    const { hosts } = this.settings.outgoing;
    return postChat({ text, format, robot, idempotencyKey }, { hosts, now: Date.now() });
  }

  private async mayBeTold({ caseKey, bpmnProcessId }: InstanceRecord): Promise<boolean> {
    const process = this.configuration.current.processes.find(({ id }) => id === bpmnProcessId);
    if (process?.exclusiveTo !== undefined) return false;
    if (caseKey === null) return true;
    const hidden = await this.exclusive.hiddenFrom({ roles: [] });
    return !hidden.has(caseKey) && !(await this.organization.casesWithExclusions([caseKey])).has(caseKey);
  }

  private textOf({ text }: ChatGroup, instance: InstanceRecord): string {
    const { processes, organization } = this.configuration.current;
    const drill = instance.drill ? '【演练】' : '';
    return `${drill}${filledText(text, {
      organization: organization.name,
      title: processes.find(({ id }) => id === instance.bpmnProcessId)?.definition.name ?? '',
      caseNo: instance.caseNo ?? '',
      link: `${this.settings.baseUrl}/work`,
    })}`;
  }
}

/** A role, or a role of a unit (`role@unit`). */
function isFor({ roles }: ChatGroup, recipient: string): boolean {
  return roles.includes(recipient.split('@')[0] ?? '');
}
