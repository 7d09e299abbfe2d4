import { Inject, Injectable } from '@nestjs/common';
import type { RowWrite, Runtime } from '#runtime';
import { ChatNotices } from '../chat/chat-notices.service.js';
import { MailNotices } from '../mail/mail-notices.service.js';
import { RUNTIME } from '../tokens.js';

/** Makes notices to persons; what they say names steps and case numbers, never content. */
@Injectable()
export class NoticeWriter {
  constructor(
    private readonly mail: MailNotices,
    private readonly chat: ChatNotices,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** Commit with what the notice tells. */
  async to(recipients: readonly string[], text: string, processInstanceKey: string): Promise<readonly RowWrite[]> {
    if (recipients.length === 0) return [];
    const rows = await Promise.all(
      [...new Set(recipients)].map(async (recipient) => ({
        notice_key: await this.runtime.nextKey(),
        recipient,
        text,
        process_instance_key: processInstanceKey,
        created_at: this.runtime.now(),
      })),
    );
    const told = rows.map(({ notice_key: noticeKey, recipient }) => ({ noticeKey, recipient, processInstanceKey }));
    return [{ insert: 'notices', rows }, ...(await this.mail.writes(told)), ...(await this.chat.writes(told))];
  }
}
