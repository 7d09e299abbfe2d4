import { Inject, Injectable } from '@nestjs/common';
import type { RowWrite, Runtime } from '#runtime';
import { ChatNotices } from '../chat/chat-notices.service.js';
import { MailNotices } from '../mail/mail-notices.service.js';
import { RUNTIME } from '../tokens.js';

/** What is told of an instance, to accounts and groups. */
export interface Told {
  readonly recipients: readonly string[];
  readonly text: string;
  readonly processInstanceKey: string;
}

/** Makes notices to persons; what they say names steps and case numbers, never content. */
@Injectable()
export class NoticeWriter {
  constructor(
    private readonly mail: MailNotices,
    private readonly chat: ChatNotices,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** Commit with what the notice tells. */
  to(recipients: readonly string[], text: string, processInstanceKey: string): Promise<readonly RowWrite[]> {
    return this.all([{ recipients, text, processInstanceKey }]);
  }

  /** The same of many things at once. */
  async all(told: readonly Told[]): Promise<readonly RowWrite[]> {
    const rows = (await Promise.all(told.map((one) => this.rows(one)))).flat();
    if (rows.length === 0) return [];
    const notices = rows.map((row) => ({
      noticeKey: row.notice_key,
      recipient: row.recipient,
      processInstanceKey: row.process_instance_key,
    }));
    return [{ insert: 'notices', rows }, ...(await this.mail.writes(notices)), ...(await this.chat.writes(notices))];
  }

  private rows({ recipients, text, processInstanceKey }: Told) {
    return Promise.all(
      [...new Set(recipients)].map(async (recipient) => ({
        notice_key: await this.runtime.nextKey(),
        recipient,
        text,
        process_instance_key: processInstanceKey,
        created_at: this.runtime.now(),
      })),
    );
  }
}
