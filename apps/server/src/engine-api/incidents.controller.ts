import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Queries } from '#persistence';
import type { Runtime } from '#runtime';
import { OperatorCommand } from '../idempotency/operator-command.js';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { found, replyOf } from '../problems/refusal.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { WithReference } from './dto/shared.dto.js';
import { Key } from './key-param.js';
import { incidentRules } from './search-rules.js';
import { resultOf, SearchDto, searchOf } from './search.js';
import { incidentView } from './views.js';

@ApiTags('engine: incidents')
@RequirePermission('PROCESS_DEFINITION:READ_PROCESS_INSTANCE')
@Controller('v2/incidents')
export class IncidentsController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly visibility: InstanceVisibility,
  ) {}

  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    const request = await this.visibility.narrowed(searchOf(body, incidentRules), account);
    return resultOf(await this.queries.search('incidents', request), incidentView);
  }

  @Get(':incidentKey')
  @ApiOkResponse()
  async get(@Key('incidentKey') key: string, @CurrentAccount() account: SignedIn) {
    const name = `incident ${key}`;
    const incident = found(await this.queries.get('incidents', key), name);
    await this.visibility.requireVisible(incident.processInstanceKey, account, name);
    return incidentView(incident);
  }

  @RequirePermission('PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE')
  @OperatorCommand(':incidentKey/resolution')
  async resolve(
    @Key('incidentKey') incidentKey: string,
    @Body() _: WithReference,
    @CurrentAccount() account: SignedIn,
  ): Promise<void> {
    const name = `incident ${incidentKey}`;
    const { processInstanceKey } = found(await this.queries.get('incidents', incidentKey), name);
    await this.visibility.requireVisible(processInstanceKey, account, name);
    const command = { type: 'resolveIncident', incidentKey, by: account.id } as const;
    replyOf(await this.runtime.execute({ instanceKey: processInstanceKey, command, by: account.id }));
  }
}
