import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Command } from '#engine';
import type { Queries } from '#persistence';
import type { Runtime } from '#runtime';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { found, replyOf } from '../problems/refusal.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { OperatorCommand } from '../idempotency/operator-command.js';
import { MigrationDto, ModificationDto } from './dto/operations.dto.js';
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
  ) {}

  @RequirePermission('PROCESS_DEFINITION:MODIFY_PROCESS_INSTANCE')
  @OperatorCommand('modification')
  modify(
    @Key('processInstanceKey') key: string,
    @Body() body: ModificationDto,
    @CurrentAccount() account: SignedIn,
  ): Promise<void> {
    return this.execute(key, account, {
      type: 'modifyProcessInstance',
      activate: (body.activateInstructions ?? []).map(activationOf),
      terminate: (body.terminateInstructions ?? []).map(({ elementInstanceKey }) => elementInstanceKey),
      by: account.id,
    });
  }

  @OperatorCommand('migration')
  async migrate(
    @Key('processInstanceKey') key: string,
    @Body() body: MigrationDto,
    @CurrentAccount() account: SignedIn,
  ): Promise<void> {
    await this.require(key, account);
    const { targetProcessDefinitionKey: targetDefinitionKey, mappingInstructions: mappings } = body;
    const request = { instanceKey: key, targetDefinitionKey, mappings, by: account.id };
    replyOf(await this.runtime.migrateInstance(request));
  }

  @OperatorCommand('suspension')
  suspend(@Key('processInstanceKey') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    return this.execute(key, account, { type: 'suspendProcessInstance', by: account.id });
  }

  @OperatorCommand('resumption')
  resume(@Key('processInstanceKey') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    return this.execute(key, account, { type: 'resumeProcessInstance', by: account.id });
  }

  /** Removes an instance that has ended, with its history. */
  @RequirePermission('PROCESS_DEFINITION:DELETE_PROCESS_INSTANCE')
  @OperatorCommand('deletion')
  async remove(@Key('processInstanceKey') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    await this.require(key, account);
    replyOf(await this.runtime.deleteInstance(key));
  }

  private async execute(key: string, account: SignedIn, command: Command): Promise<void> {
    await this.require(key, account);
    replyOf(await this.runtime.execute({ instanceKey: key, command, by: account.id }));
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
