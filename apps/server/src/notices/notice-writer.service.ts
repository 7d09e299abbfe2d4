import { Inject, Injectable } from '@nestjs/common';
import type { RowWrite, Runtime } from '#runtime';
import { ChatNotices } from '../chat/chat-notices.service.js';
import { MailNotices } from '../mail/mail-notices.service.js';
import { RUNTIME } from '../tokens.js';
import { noticeRows, type Told } from './notice-rows.js';
import { toAccount } from './to-account.js';

/** Makes notices to persons; what they say names steps and case numbers, never content. */
@Injectable()
export class NoticeWriter {
  constructor(
    private readonly mail: MailNotices,
    private readonly chat: ChatNotices,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** To groups, such as roles. Commit with what the notice tells. */
  to(recipients: readonly string[], text: string, processInstanceKey: string): Promise<readonly RowWrite[]> {
    return this.all([{ recipients, text, processInstanceKey }]);
  }

  /** To these accounts alone, whatever roles are called. */
  toAccounts(ids: readonly string[], text: string, processInstanceKey: string): Promise<readonly RowWrite[]> {
    return this.to(ids.map(toAccount), text, processInstanceKey);
  }

  /** The same of many things at once. One that tells of two cases does not leave the application. */
  async all(told: readonly Told[]): Promise<readonly RowWrite[]> {
    const rows = await noticeRows(this.runtime, told);
    if (rows.length === 0) return [];
    const sent = rows
      .filter(({ other_instance_key: other }) => other === null)
      .map((row) => ({
        noticeKey: row.notice_key,
        recipient: row.recipient,
        processInstanceKey: row.process_instance_key,
      }));
    return [{ insert: 'notices', rows }, ...(await this.mail.writes(sent)), ...(await this.chat.writes(sent))];
  }
}
