import { Inject, Injectable } from '@nestjs/common';
import type { Approval, WorkQueries } from '#persistence';
import type { Runtime } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { NamesService } from '../cases/names.service.js';
import { isoTime } from '../iso-time.js';
import { Refusal, found, replyOf } from '../problems/refusal.js';
import { RUNTIME, WORK_QUERIES } from '../tokens.js';
import type { Publication } from './studio.service.js';

export interface ApprovalWish extends Publication {
  readonly why: readonly string[];
  readonly author: string;
}

/** Publications that wait for a second person, who is never their author. */
@Injectable()
export class ApprovalsService {
  constructor(
    private readonly names: NamesService,
    @Inject(WORK_QUERIES) private readonly queries: WorkQueries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async ask({ changes, why, message, author }: ApprovalWish): Promise<string> {
    const approvalKey = await this.runtime.nextKey();
    const row = {
      approval_key: approvalKey,
      changes: JSON.stringify(changes),
      why: JSON.stringify(why),
      message,
      author,
      created_at: this.runtime.now(),
      state: 'waiting',
      decided_by: null,
      decided_at: null,
      comment: null,
    };
    replyOf(await this.runtime.write([{ insert: 'approvals', rows: [row] }]));
    return approvalKey;
  }

  async list() {
    const rows = await this.queries.approvals(100);
    return Promise.all(
      rows.map(async (row) => ({
        approvalId: row.approvalKey,
        message: row.message,
        why: row.why,
        changes: row.changes,
        author: await this.names.account(row.author),
        createdAt: isoTime(row.createdAt),
        state: row.state,
        decidedBy: await this.names.account(row.decidedBy),
        decidedAt: isoTime(row.decidedAt),
        comment: row.comment,
      })),
    );
  }

  /** The waiting approval, for somebody else than its author. */
  async waiting(approvalKey: string, account: SignedIn): Promise<Approval> {
    const approval = found(await this.queries.approval(approvalKey), `approval ${approvalKey}`);
    if (approval.author === account.id)
      throw new Refusal('forbidden', 'Expected another person than the author.', { zh: '须由提出修改以外的人批准。' });
    if (approval.state !== 'waiting')
      throw new Refusal('invalidState', `Expected approval ${approvalKey} to be waiting but it is ${approval.state}.`);
    return approval;
  }

  async close(
    approvalKey: string,
    decision: { state: 'approved' | 'rejected'; comment: string },
    account: SignedIn,
  ): Promise<void> {
    replyOf(
      await this.runtime.write([
        {
          sql: "UPDATE approvals SET state = ?, decided_by = ?, decided_at = ?, comment = ? WHERE approval_key = ? AND state = 'waiting'",
          params: [decision.state, account.id, this.runtime.now(), decision.comment, approvalKey],
          expectRows: 1,
        },
      ]),
    );
  }
}
