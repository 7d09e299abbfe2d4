import { Inject, Injectable } from '@nestjs/common';
import type { FileChange } from '#configuration';
import type { Approval, ApprovalKind, WorkQueries } from '#persistence';
import type { RowWrite, Runtime } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { NamesService } from '../cases/names.service.js';
import { isoTime } from '../iso-time.js';
import { Refusal, found, notFound, replyOf } from '../problems/refusal.js';
import { RUNTIME, WORK_QUERIES } from '../tokens.js';

/** Who may ask for it; whoever may approve sees all. */
const ASKING: Readonly<Record<ApprovalKind, string>> = {
  publication: 'studio',
  account: 'accounts',
  case: 'approve',
};

export interface ApprovalWish {
  readonly kind: ApprovalKind;
  /** What is to be done, as its kind writes it; of a publication its files, which are shown. */
  readonly changes: unknown;
  /** What it means and why it needs a second person, one sentence each. */
  readonly why: readonly string[];
  readonly message: string;
  readonly author: string;
  /** Rows that commit with it. */
  readonly writes?: readonly RowWrite[];
}

/** What the author is told meanwhile. */
export interface Awaiting {
  readonly approvalId: string;
  readonly why: readonly string[];
}

/** What one kind of approval is about. */
export interface Approvable {
  /**
   * How what was approved is done; it may still be refused, and then goes on waiting. `decision` says that it was
   * approved, and meets `conflict` where somebody else was faster: it must commit with what is done where `isAtOnce`.
   */
  readonly carryOut: (approval: Approval, approver: SignedIn, decision: RowWrite) => Promise<unknown>;
  /** The decision commits with what is done: done once, whoever decides beside it. Default: it is written afterwards. */
  readonly isAtOnce?: true;
  /** Whether it exists for an account that may approve; absent: for all of them. */
  readonly isShownTo?: (approval: Approval, account: SignedIn) => Promise<boolean>;
}

/** What waits for a second person, who is never its author. */
@Injectable()
export class ApprovalsService {
  private readonly kinds = new Map<ApprovalKind, Approvable>();

  constructor(
    private readonly names: NamesService,
    @Inject(WORK_QUERIES) private readonly queries: WorkQueries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  carriesOut(kind: ApprovalKind, approvable: Approvable): void {
    this.kinds.set(kind, approvable);
  }

  async ask(wish: ApprovalWish): Promise<Awaiting> {
    const row = await this.rowOf(wish);
    replyOf(await this.runtime.write([...(wish.writes ?? []), { insert: 'approvals', rows: [row] }]));
    return { approvalId: row.approval_key, why: wish.why };
  }

  /** The record of what one person does alone, because there is no second one yet; commits with what is done. */
  async doneAlone(wish: ApprovalWish): Promise<readonly RowWrite[]> {
    const row = await this.rowOf(wish);
    const decided = { state: 'approved', decided_by: wish.author, decided_at: row.created_at };
    return [...(wish.writes ?? []), { insert: 'approvals', rows: [{ ...row, ...decided }] }];
  }

  private async rowOf({ kind, changes, why, message, author }: ApprovalWish) {
    return {
      approval_key: await this.runtime.nextKey(),
      kind,
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
  }

  /** Newest first; those that the account could have asked for, or all where it may approve. */
  async list(account: SignedIn) {
    const rows = await this.queries.approvals(100);
    const isShown = await Promise.all(rows.map((row) => this.isShown(row, account)));
    return Promise.all(
      rows
        .filter((_, index) => isShown[index])
        .map(async (row) => ({
          approvalId: row.approvalKey,
          kind: row.kind,
          message: row.message,
          why: row.why,
          changes: row.kind === 'publication' ? (row.changes as readonly FileChange[]) : [],
          author: await this.names.account(row.author),
          createdAt: isoTime(row.createdAt),
          state: row.state,
          decidedBy: await this.names.account(row.decidedBy),
          decidedAt: isoTime(row.decidedAt),
          comment: row.comment,
        })),
    );
  }

  /** Does what was asked for, or sends it back; gives what came of it. */
  async decide(
    approvalKey: string,
    { decision, comment = '' }: { readonly decision: 'approve' | 'reject'; readonly comment?: string | undefined },
    account: SignedIn,
  ): Promise<unknown> {
    const approval = await this.waiting(approvalKey, account);
    const isApproved = decision === 'approve';
    const decided = this.closing(approvalKey, { state: isApproved ? 'approved' : 'rejected', comment }, account);
    const kind = isApproved ? this.kinds.get(approval.kind) : undefined;
    const done = (await kind?.carryOut(approval, account, decided)) ?? null;
    if (kind?.isAtOnce !== true) replyOf(await this.runtime.write([decided]));
    return done;
  }

  /** The waiting approval, for somebody else than its author. */
  private async waiting(approvalKey: string, account: SignedIn): Promise<Approval> {
    const name = `approval ${approvalKey}`;
    const approval = found(await this.queries.approval(approvalKey), name);
    if (!(await this.isShown(approval, account))) throw notFound(name);
    if (approval.author === account.id)
      throw new Refusal('forbidden', 'Expected another person than the author.', { zh: '须由提出的人以外的人批准。' });
    if (approval.state !== 'waiting')
      throw new Refusal('invalidState', `Expected approval ${approvalKey} to be waiting but it is ${approval.state}.`);
    return approval;
  }

  private async isShown(approval: Approval, account: SignedIn): Promise<boolean> {
    const { permissions, id } = account;
    const isOwn = approval.author === id;
    if (!isOwn && !permissions.has('approve') && !permissions.has(ASKING[approval.kind])) return false;
    return isOwn || ((await this.kinds.get(approval.kind)?.isShownTo?.(approval, account)) ?? true);
  }

  private closing(
    approvalKey: string,
    decision: { state: 'approved' | 'rejected'; comment: string },
    account: SignedIn,
  ): RowWrite {
    return {
      sql: "UPDATE approvals SET state = ?, decided_by = ?, decided_at = ?, comment = ? WHERE approval_key = ? AND state = 'waiting'",
      params: [decision.state, account.id, this.runtime.now(), decision.comment, approvalKey],
      expectRows: 1,
    };
  }
}
