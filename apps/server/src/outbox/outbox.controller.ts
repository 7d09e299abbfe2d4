import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Queries } from '#persistence';
import type { Runtime } from '#runtime';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { Key } from '../engine-api/key-param.js';
import { OperatorCommand } from '../idempotency/operator-command.js';
import { isoTime } from '../iso-time.js';
import { found, replyOf } from '../problems/refusal.js';
import { QUERIES, RUNTIME } from '../tokens.js';

const MOST = 200;

/** Effects on the outside that were given up: what, from where, why; and another try. Never what they hold. */
@ApiTags('operation')
@RequirePermission('operate')
@Controller('api/dead-letters')
export class OutboxController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly visibility: InstanceVisibility,
  ) {}

  @Get()
  @ApiOkResponse({ description: 'The latest 200, newest first' })
  async list(@CurrentAccount() account: SignedIn) {
    const hidden = new Set(await this.visibility.hiddenInstances(account));
    const letters = await this.queries.deadLetters(MOST);
    const visible = letters.filter(({ processInstanceKey: key }) => key === null || !hidden.has(key));
    return {
      items: visible.map(({ createdAt, failedAt, ...letter }) => ({
        ...letter,
        createdAt: isoTime(createdAt),
        failedAt: isoTime(failedAt),
      })),
    };
  }

  @OperatorCommand(':deadLetterKey/retry', 'Delivered again under its old key, from the first attempt on')
  async retry(@Key('deadLetterKey') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    await this.requireVisible(key, account);
    replyOf(await this.runtime.retryDelivery(key));
  }

  @OperatorCommand(':deadLetterKey/discard', 'Given up for good; what it held is not kept')
  async discard(@Key('deadLetterKey') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    await this.requireVisible(key, account);
    replyOf(await this.runtime.discardDelivery(key));
  }

  private async requireVisible(key: string, account: SignedIn): Promise<void> {
    const name = `dead letter ${key}`;
    const { processInstanceKey } = found(await this.queries.deadLetter(key), name);
    if (processInstanceKey !== null) await this.visibility.requireVisible(processInstanceKey, account, name);
  }
}
