import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { createMailPreferences, type Database, type MailPreferences, type Queries } from '#persistence';
import type { Delivery, DeliveryRequest, DeliveryResult, RowWrite, Runtime } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { TaskVisibility } from '../access/task-visibility.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { isFor } from '../notices/to-account.js';
import type { Settings } from '../settings/settings.js';
import { DATABASE, QUERIES, RUNTIME, SETTINGS } from '../tokens.js';
import { filled, isMailAddress } from './letter.js';
import { postLetter } from './post-letter.js';

const KIND = 'ct.mail';

/** A notice in the application that is to go out by e-mail too. */
export interface NoticeToMail {
  readonly noticeKey: string;
  /** Account or group. */
  readonly recipient: string;
  readonly processInstanceKey: string;
}

/**
 * Notices by e-mail, to accounts that want it and to nobody else: a row of the outbox for each, in the commit of the notice,
 * and a letter that names the procedure, the number and the address of the workbench. What the notice says stays inside.
 * Who may know is asked when the letter is sent, not when the row is written.
 */
@Injectable()
export class MailNotices implements OnModuleInit {
  private readonly preferences: MailPreferences;

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly accounts: AccountsService,
    private readonly visibility: TaskVisibility,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(DATABASE) database: Database,
  ) {
    this.preferences = createMailPreferences(database);
  }

  onModuleInit(): void {
    if (this.settings.mail) this.runtime.registerDeliveryHandler(KIND, (delivery) => this.deliver(delivery));
  }

  get isOffered(): boolean {
    return this.settings.mail !== undefined && this.configuration.current.notifications.mail !== undefined;
  }

  /** Commit with the notices. */
  async writes(notices: readonly NoticeToMail[]): Promise<readonly RowWrite[]> {
    if (!this.isOffered || notices.length === 0) return [];
    const readers = await this.readers();
    const writes = await Promise.all(
      notices.map(({ processInstanceKey, ...notice }) =>
        this.runtime.deliveryWrites(lettersFor(notice, readers), processInstanceKey),
      ),
    );
    return writes.flat();
  }

  private async readers(): Promise<readonly SignedIn[]> {
    const wanted = await this.preferences.wanted();
    const accounts = await Promise.all(wanted.map(({ account }) => this.accounts.signedIn(account)));
    return accounts.filter((account) => account !== undefined);
  }

  /** Nothing is sent where the account has changed its mind, may not know of the case any more, or is no receiver now. */
  private async deliver({ payload, idempotencyKey, processInstanceKey }: Delivery): Promise<DeliveryResult> {
    const { mail } = this.settings;
    const template = this.configuration.current.notifications.mail;
    const account = await this.accounts.signedIn(String(payload['account']));
    const preference = account && (await this.preferences.of(account.id));
    const recipient = String(payload['recipient']);
    const isReceiver = account !== undefined && isFor(recipient, account);
    if (!mail || !template || !account || preference?.wanted !== true || !isReceiver) return { ok: true };
    const instance = processInstanceKey === null ? undefined : await this.queries.instance(processInstanceKey);
    if (!instance || (await this.visibility.isExcluded(account, instance.caseKey))) return { ok: true };
    if (!isMailAddress(preference.address)) return { ok: false, message: 'Expected a mailbox address.', isFinal: true };
    const { processes, organization } = this.configuration.current;
    const letter = filled(template, {
      organization: organization.name,
      title: processes.find(({ id }) => id === instance.bpmnProcessId)?.definition.name ?? '',
      caseNo: instance.caseNo ?? '',
      link: `${this.settings.baseUrl}/work`,
    });
    return postLetter({ ...letter, to: preference.address, idempotencyKey }, mail);
  }
}

/** One for each reader whom the notice is for. */
const lettersFor = (
  { noticeKey, recipient }: Pick<NoticeToMail, 'noticeKey' | 'recipient'>,
  readers: readonly SignedIn[],
): readonly DeliveryRequest[] =>
  readers
    .filter((reader) => isFor(recipient, reader))
    .map(({ id }) => ({
      kind: KIND,
      name: '邮件通知',
      idempotencyKey: `notice-${noticeKey}-${id}`,
      payload: { account: id, recipient },
    }));
