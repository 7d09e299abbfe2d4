import { Inject, Injectable } from '@nestjs/common';
import { createWaitingCases, type Database, type WaitingCase, type WaitingCases } from '#persistence';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { Refusal } from '../problems/refusal.js';
import { DATABASE } from '../tokens.js';

/**
 * Whether a case waits for what an account sends. The runtime lets no message and no signal of an account reach one;
 * here whoever sends it is told so, unless the case does not exist for the account.
 */
@Injectable()
export class CasesThatWait {
  private readonly waiting: WaitingCases;

  constructor(
    private readonly visibility: InstanceVisibility,
    @Inject(DATABASE) database: Database,
  ) {
    this.waiting = createWaitingCases(database);
  }

  /** @throws Refusal where an instance of a case waits for the message */
  async requireNoneForMessage(name: string, correlationKey: string, account: SignedIn): Promise<void> {
    await this.requireNone(await this.waiting.forMessage(name, correlationKey), ['message', '消息', name], account);
  }

  /** @throws Refusal where an instance of a case waits for the signal */
  async requireNoneForSignal(name: string, account: SignedIn): Promise<void> {
    await this.requireNone(await this.waiting.forSignal(name), ['signal', '信号', name], account);
  }

  private async requireNone(
    found: readonly WaitingCase[],
    [what, whatZh, name]: readonly [string, string, string],
    account: SignedIn,
  ): Promise<void> {
    if (found.length === 0) return;
    const hidden = await this.visibility.hiddenCases(account);
    const first = found.find(({ caseKey }) => !hidden.has(caseKey));
    if (first === undefined) return;
    const { processInstanceKey: key } = first;
    throw new Refusal(
      'invalidState',
      `Expected a ${what} for which no case waits, but process instance ${key} of one waits for "${name}". Nothing was sent. To move the case on, modify process instance ${key} with a reason; a second person approves it.`,
      {
        zh: `有正在办理的事项在等${whatZh}“${name}”，不能由一个人代发，没有发出。确需推进的，用“改动步骤”写明理由，由另一个人批准。`,
      },
    );
  }
}
