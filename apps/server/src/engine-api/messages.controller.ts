import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Runtime } from '#runtime';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { CasesThatWait } from '../interventions/waiting-cases.service.js';
import { Refusal, replyOf } from '../problems/refusal.js';
import { RUNTIME } from '../tokens.js';
import { MessageDto, SignalDto } from './dto/bodies.dto.js';
import { tenant } from './search.js';

@ApiTags('engine: messages and signals')
@RequirePermission('MESSAGE:CREATE')
@Controller('v2')
export class MessagesController {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly waiting: CasesThatWait,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  @ClientCommand()
  @Post('messages/publication')
  @HttpCode(200)
  @ApiOkResponse()
  async publish(@Body() body: MessageDto, @CurrentAccount() account: SignedIn) {
    this.requireNoPetitioners(body);
    await this.waiting.requireNoneForMessage(body.name, body.correlationKey ?? '', account);
    const { messageKey } = replyOf(await this.runtime.publishMessage(messageOf(body, account)));
    return { tenantId: tenant, messageKey };
  }

  @ClientCommand()
  @Post('messages/correlation')
  @HttpCode(200)
  @ApiOkResponse()
  async correlate(@Body() body: MessageDto, @CurrentAccount() account: SignedIn) {
    this.requireNoPetitioners(body);
    await this.waiting.requireNoneForMessage(body.name, body.correlationKey ?? '', account);
    const { messageKey, processInstanceKey } = replyOf(await this.runtime.correlateMessage(messageOf(body, account)));
    return { tenantId: tenant, messageKey, processInstanceKey };
  }

  @RequirePermission('PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE')
  @ClientCommand()
  @Post('signals/broadcast')
  @HttpCode(200)
  @ApiOkResponse()
  async broadcast(@Body() { signalName: name, variables }: SignalDto, @CurrentAccount() account: SignedIn) {
    await this.waiting.requireNoneForSignal(name, account);
    const signal = { name, variables: variables ?? {}, visibleTo: account.id };
    const { signalKey } = replyOf(await this.runtime.broadcastSignal(signal));
    return { tenantId: tenant, signalKey };
  }

  /** What who follows a case says by its code is said by nobody else in their name. */
  private requireNoPetitioners({ name }: MessageDto): void {
    const actions = this.configuration.current.portal?.tracking?.actions ?? [];
    if (!actions.some((action) => action.message === name)) return;
    throw new Refusal(
      'forbidden',
      `Expected a message that no action of the public page sends but "${name}" comes from there alone.`,
      { zh: `消息“${name}”只能由当事人在查询页上发出，不能代发。` },
    );
  }
}

function messageOf({ name, correlationKey, timeToLive, messageId, variables }: MessageDto, account: SignedIn) {
  return {
    name,
    correlationKey: correlationKey ?? '',
    timeToLiveMs: timeToLive ?? 0,
    variables: variables ?? {},
    by: account.id,
    visibleTo: account.id,
    ...(messageId && { messageId }),
  };
}
