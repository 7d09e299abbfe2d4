import { Body, Controller, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Queries } from '#persistence';
import type { Runtime } from '#runtime';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { found, replyOf } from '../problems/refusal.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { AdHocActivationDto, SetVariablesDto } from './dto/bodies.dto.js';
import { Key } from './key-param.js';
import { elementInstanceRules } from './search-rules.js';
import { resultOf, SearchDto, searchOf } from './search.js';
import { elementInstanceView } from './views.js';

@ApiTags('engine: element instances')
@RequirePermission('PROCESS_DEFINITION:READ_PROCESS_INSTANCE')
@Controller('v2/element-instances')
export class ElementInstancesController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly visibility: InstanceVisibility,
  ) {}

  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    const request = await this.visibility.narrowed(searchOf(body, elementInstanceRules), account);
    return resultOf(await this.queries.search('elementInstances', request), elementInstanceView);
  }

  @Get(':elementInstanceKey')
  @ApiOkResponse()
  async get(@Key('elementInstanceKey') key: string, @CurrentAccount() account: SignedIn) {
    const name = `element instance ${key}`;
    const element = found(await this.queries.get('elementInstances', key), name);
    await this.visibility.requireVisible(element.processInstanceKey, account, name);
    return elementInstanceView(element);
  }

  /** The key may be that of a process instance too. */
  @RequirePermission('PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE')
  @ClientCommand()
  @Put(':elementInstanceKey/variables')
  @HttpCode(204)
  @ApiNoContentResponse()
  async setVariables(
    @Key('elementInstanceKey') scopeKey: string,
    @Body() body: SetVariablesDto,
    @CurrentAccount() account: SignedIn,
  ): Promise<void> {
    const element = await this.queries.get('elementInstances', scopeKey);
    const instanceKey =
      element?.processInstanceKey ?? found(await this.queries.instance(scopeKey), `element instance ${scopeKey}`).key;
    await this.visibility.requireVisible(instanceKey, account, `element instance ${scopeKey}`);
    const { variables, local = false } = body;
    const command = { type: 'setVariables', scopeKey, variables, local, by: account.id } as const;
    replyOf(await this.runtime.execute({ instanceKey, command, by: account.id }));
  }

  /** Chooses what is done next in an ad-hoc sub-process. */
  @RequirePermission('PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE')
  @ClientCommand()
  @Post('ad-hoc-activities/:adHocSubProcessInstanceKey/activation')
  @HttpCode(204)
  @ApiNoContentResponse()
  async activateAdHoc(
    @Key('adHocSubProcessInstanceKey') elementInstanceKey: string,
    @Body() body: AdHocActivationDto,
    @CurrentAccount() account: SignedIn,
  ): Promise<void> {
    const name = `ad-hoc sub-process ${elementInstanceKey}`;
    const { processInstanceKey } = found(await this.queries.get('elementInstances', elementInstanceKey), name);
    await this.visibility.requireVisible(processInstanceKey, account, name);
    const elements = body.elements.map(({ elementId, variables }) => ({ elementId, ...(variables && { variables }) }));
    const { cancelRemainingInstances = false } = body;
    const command = {
      type: 'activateAdHocElements',
      elementInstanceKey,
      elements,
      cancelRemainingInstances,
      by: account.id,
    } as const;
    replyOf(await this.runtime.execute({ instanceKey: processInstanceKey, command, by: account.id }));
  }
}
