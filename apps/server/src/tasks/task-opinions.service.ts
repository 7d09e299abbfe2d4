import { Injectable } from '@nestjs/common';
import type { SealedHandle } from '#engine';
import type { UserTaskView } from '#persistence';
import type { RowWrite } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { SealingService } from '../reveals/sealing.service.js';

const CLASS = 'opinion';

export interface SealedOpinion {
  /** Absent where nothing was written. */
  readonly handle?: SealedHandle;
  readonly writes: readonly RowWrite[];
}

/** What people write about a task: sealed under the key of its case, in the class of opinions. */
@Injectable()
export class TaskOpinions {
  constructor(private readonly sealing: SealingService) {}

  /** `field` says in the record of looks what it was. */
  async seal(task: UserTaskView, account: SignedIn, field: string, value: unknown): Promise<SealedOpinion> {
    if (value === undefined || value === '') return { writes: [] };
    const place = {
      caseKey: task.caseKey ?? task.processInstanceKey,
      by: account.id,
      userTaskKey: task.userTaskKey,
    };
    const { sealedKey, writes } = await this.sealing.sealValue({ field, class: CLASS, value }, place);
    return { handle: { $sealed: sealedKey }, writes };
  }
}
