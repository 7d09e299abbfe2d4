import { Body, Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Queries } from '#persistence';
import type { Runtime } from '#runtime';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { InterventionsService } from '../interventions/interventions.service.js';
import { found, Refusal, replyOf } from '../problems/refusal.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { CompletionWait } from './completion-wait.service.js';
import { CreateProcessInstanceDto } from './dto/bodies.dto.js';
import { WithReason } from './dto/shared.dto.js';
import { ApiIntervention, intervened } from './intervened.js';
import { Key } from './key-param.js';
import { incidentRules, processInstanceRules } from './search-rules.js';
import { resultOf, SearchDto, searchOf, tenant, withField } from './search.js';
import { incidentView, processInstanceView } from './views.js';

@ApiTags('engine: process instances')
@RequirePermission('PROCESS_DEFINITION:READ_PROCESS_INSTANCE')
@Controller('v2/process-instances')
export class ProcessInstancesController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly visibility: InstanceVisibility,
    private readonly completion: CompletionWait,
    private readonly interventions: InterventionsService,
  ) {}

  @RequirePermission('PROCESS_DEFINITION:CREATE_PROCESS_INSTANCE')
  @ClientCommand()
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ description: '504 where awaitCompletion waited in vain; the instance runs on.' })
  async create(@Body() body: CreateProcessInstanceDto, @CurrentAccount() account: SignedIn) {
    const reply = replyOf(
      await this.runtime.createInstance({ ...startOf(body), variables: body.variables ?? {}, by: account.id }),
    );
    return {
      processDefinitionId: reply.bpmnProcessId,
      processDefinitionVersion: reply.version,
      tenantId: tenant,
      variables: body.awaitCompletion ? await this.resultOf(reply.processInstanceKey, body, account) : {},
      processDefinitionKey: reply.processDefinitionKey,
      processInstanceKey: reply.processInstanceKey,
    };
  }

  @RequirePermission('supervise', 'PROCESS_DEFINITION:READ_PROCESS_INSTANCE')
  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    const request = await this.visibility.narrowed(searchOf(body, processInstanceRules), account);
    return resultOf(await this.queries.search('processInstances', request), processInstanceView);
  }

  @RequirePermission('supervise', 'PROCESS_DEFINITION:READ_PROCESS_INSTANCE')
  @Get(':processInstanceKey')
  @ApiOkResponse()
  async get(@Key('processInstanceKey') key: string, @CurrentAccount() account: SignedIn) {
    return processInstanceView(await this.require(key, account));
  }

  @RequirePermission('PROCESS_DEFINITION:CANCEL_PROCESS_INSTANCE')
  @ClientCommand()
  @Post(':processInstanceKey/cancellation')
  @HttpCode(204)
  @ApiIntervention()
  async cancel(
    @Key('processInstanceKey') key: string,
    @Body() { reason }: WithReason,
    @CurrentAccount() account: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.require(key, account);
    const command = { type: 'cancelProcessInstance', by: account.id } as const;
    const wish = { instanceKey: key, intervention: { kind: 'command', command }, reason } as const;
    return intervened(await this.interventions.intervene(wish, account), reply);
  }

  @Post(':processInstanceKey/incidents/search')
  @HttpCode(200)
  @ApiOkResponse()
  async incidents(
    @Key('processInstanceKey') key: string,
    @Body() body: SearchDto,
    @CurrentAccount() account: SignedIn,
  ) {
    await this.require(key, account);
    const request = withField(searchOf(body, incidentRules), 'processInstanceKey', key);
    return resultOf(await this.queries.search('incidents', request), incidentView);
  }

  @RequirePermission('supervise', 'PROCESS_DEFINITION:READ_PROCESS_INSTANCE')
  @Get(':processInstanceKey/statistics/element-instances')
  @ApiOkResponse()
  async elementStatistics(@Key('processInstanceKey') key: string, @CurrentAccount() account: SignedIn) {
    await this.require(key, account);
    return { items: await this.queries.elementCounts({ processInstanceKey: key }) };
  }

  /** The instance may have come into a case that is hidden from the account meanwhile. */
  private async resultOf(
    key: string,
    { fetchVariables: names = [], requestTimeout: timeoutMs = 0 }: CreateProcessInstanceDto,
    account: SignedIn,
  ) {
    const variables = await this.completion.variablesOf(key, { names, timeoutMs });
    await this.visibility.requireVisible(key, account, `process instance ${key}`);
    return variables;
  }

  private async require(key: string, account: SignedIn) {
    const name = `process instance ${key}`;
    await this.visibility.requireVisible(key, account, name);
    return found(await this.queries.get('processInstances', key), name);
  }
}

function startOf(body: CreateProcessInstanceDto) {
  const { processDefinitionId, processDefinitionKey, processDefinitionVersion = -1, startInstructions = [] } = body;
  if ((processDefinitionId === undefined) === (processDefinitionKey === undefined)) {
    throw new Refusal('invalidArgument', 'Expected either processDefinitionId or processDefinitionKey.');
  }
  return {
    ...(processDefinitionId !== undefined && { bpmnProcessId: processDefinitionId }),
    ...(processDefinitionKey !== undefined && { processDefinitionKey }),
    ...(processDefinitionVersion !== -1 && { version: processDefinitionVersion }),
    ...(startInstructions.length > 0 && { startElementIds: startInstructions.map(({ elementId }) => elementId) }),
  };
}
