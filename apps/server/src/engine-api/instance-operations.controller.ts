import { Body, Controller, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Queries } from '#persistence';
import type { Runtime } from '#runtime';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import type { InterventionWish } from '../interventions/intervention.js';
import { InterventionsService } from '../interventions/interventions.service.js';
import { found, replyOf } from '../problems/refusal.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { OperatorCommand } from '../idempotency/operator-command.js';
import { MigrationDto, ModificationDto } from './dto/operations.dto.js';
import { WithReason } from './dto/shared.dto.js';
import { ApiIntervention, intervened } from './intervened.js';
import { Key } from './key-param.js';

/** What operators do to one process instance. Suspension and resumption are ours; the rest is named as Camunda 8 does. */
@ApiTags('engine: process instances')
@RequirePermission('PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE')
@Controller('v2/process-instances/:processInstanceKey')
export class InstanceOperationsController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly visibility: InstanceVisibility,
    private readonly interventions: InterventionsService,
  ) {}

  @RequirePermission('PROCESS_DEFINITION:MODIFY_PROCESS_INSTANCE')
  @OperatorCommand('modification')
  @ApiIntervention()
  modify(
    @Key('processInstanceKey') key: string,
    @Body() body: ModificationDto,
    @CurrentAccount() account: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = {
      type: 'modifyProcessInstance',
      activate: (body.activateInstructions ?? []).map(activationOf),
      terminate: (body.terminateInstructions ?? []).map(({ elementInstanceKey }) => elementInstanceKey),
      by: account.id,
    } as const;
    return this.intervene({ instanceKey: key, intervention: { kind: 'command', command }, ...body }, account, reply);
  }

  @OperatorCommand('migration')
  @ApiIntervention()
  migrate(
    @Key('processInstanceKey') key: string,
    @Body() body: MigrationDto,
    @CurrentAccount() account: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { targetProcessDefinitionKey: targetDefinitionKey, mappingInstructions: mappings } = body;
    const intervention = { kind: 'migration', plan: { targetDefinitionKey, mappings } } as const;
    return this.intervene({ instanceKey: key, intervention, ...body }, account, reply);
  }

  @OperatorCommand('suspension')
  @ApiIntervention()
  suspend(
    @Key('processInstanceKey') key: string,
    @Body() body: WithReason,
    @CurrentAccount() account: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = { type: 'suspendProcessInstance', by: account.id } as const;
    return this.intervene({ instanceKey: key, intervention: { kind: 'command', command }, ...body }, account, reply);
  }

  @OperatorCommand('resumption')
  async resume(@Key('processInstanceKey') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    await this.require(key, account);
    const command = { type: 'resumeProcessInstance', by: account.id } as const;
    replyOf(await this.runtime.execute({ instanceKey: key, command, by: account.id }));
  }

  /** Removes an instance that has ended, with its history; none that belongs to a case. */
  @RequirePermission('PROCESS_DEFINITION:DELETE_PROCESS_INSTANCE')
  @OperatorCommand('deletion')
  async remove(@Key('processInstanceKey') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    await this.require(key, account);
    await this.interventions.requireNoCase(key);
    replyOf(await this.runtime.deleteInstance(key));
  }

  private async intervene(
    { instanceKey, intervention, reason }: InterventionWish,
    account: SignedIn,
    reply: FastifyReply,
  ) {
    await this.require(instanceKey, account);
    const wish = { instanceKey, intervention, reason };
    return intervened(await this.interventions.intervene(wish, account), reply);
  }

  private async require(key: string, account: SignedIn): Promise<void> {
    const name = `process instance ${key}`;
    await this.visibility.requireVisible(key, account, name);
    found(await this.queries.instance(key), name);
  }
}

type ActivateInstruction = NonNullable<ModificationDto['activateInstructions']>[number];

/** `-1` means what leaving it out means: the scope that runs. An empty scope is the process. */
function activationOf({ elementId, ancestorElementInstanceKey: ancestor, variableInstructions }: ActivateInstruction) {
  const variables = (variableInstructions ?? []).map(({ variables: values, scopeId }) => ({
    variables: values,
    ...(scopeId !== undefined && scopeId !== '' && { scopeId }),
  }));
  return {
    elementId,
    variables,
    ...(ancestor !== undefined && ancestor !== '-1' && { ancestorElementInstanceKey: ancestor }),
  };
}
