import { Body, Controller, Get, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Queries } from '#persistence';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { InterventionsService } from '../interventions/interventions.service.js';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';
import { AdHocActivationDto, SetVariablesDto } from './dto/bodies.dto.js';
import { ApiIntervention, intervened } from './intervened.js';
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
    private readonly visibility: InstanceVisibility,
    private readonly interventions: InterventionsService,
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
  @ApiIntervention()
  async setVariables(
    @Key('elementInstanceKey') scopeKey: string,
    @Body() body: SetVariablesDto,
    @CurrentAccount() account: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const element = await this.queries.get('elementInstances', scopeKey);
    const instanceKey =
      element?.processInstanceKey ?? found(await this.queries.instance(scopeKey), `element instance ${scopeKey}`).key;
    await this.visibility.requireVisible(instanceKey, account, `element instance ${scopeKey}`);
    const { variables, local = false, reason } = body;
    const command = { type: 'setVariables', scopeKey, variables, local, by: account.id } as const;
    const wish = { instanceKey, intervention: { kind: 'command', command }, reason } as const;
    return intervened(await this.interventions.intervene(wish, account), reply);
  }

  /** Chooses what is done next in an ad-hoc sub-process. */
  @RequirePermission('PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE')
  @ClientCommand()
  @Post('ad-hoc-activities/:adHocSubProcessInstanceKey/activation')
  @HttpCode(204)
  @ApiIntervention()
  async activateAdHoc(
    @Key('adHocSubProcessInstanceKey') elementInstanceKey: string,
    @Body() body: AdHocActivationDto,
    @CurrentAccount() account: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
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
    const intervention = { kind: 'command', command } as const;
    const wish = { instanceKey: processInstanceKey, intervention, reason: body.reason };
    return intervened(await this.interventions.intervene(wish, account), reply);
  }
}
