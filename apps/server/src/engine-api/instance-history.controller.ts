import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { ProcessInstanceView, Queries } from '#persistence';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';
import { Key } from './key-param.js';
import { tenant } from './search.js';

/** Where a process instance comes from and which way it went. */
@ApiTags('engine: process instances')
@RequirePermission('supervise', 'PROCESS_DEFINITION:READ_PROCESS_INSTANCE')
@Controller('v2/process-instances/:processInstanceKey')
export class InstanceHistoryController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    private readonly visibility: InstanceVisibility,
  ) {}

  /** The instance and those that called it, the outermost first; one that the account may not see ends the chain. */
  @Get('call-hierarchy')
  @ApiOkResponse()
  async callHierarchy(@Key('processInstanceKey') key: string, @CurrentAccount() account: SignedIn) {
    const hidden = new Set(await this.visibility.hiddenInstances(account));
    const callers: ProcessInstanceView[] = [await this.require(key, account)];
    for (let above = callers[0]!.parentProcessInstanceKey; above !== null && !hidden.has(above);) {
      const caller = await this.queries.get('processInstances', above);
      if (!caller) break;
      callers.unshift(caller);
      above = caller.parentProcessInstanceKey;
    }
    return callers.map(({ processInstanceKey, processDefinitionKey, processDefinitionId, processDefinitionName }) => ({
      processInstanceKey,
      processDefinitionKey,
      processDefinitionName: processDefinitionName || processDefinitionId,
    }));
  }

  /** Each sequence flow that a token took, once. */
  @Get('sequence-flows')
  @ApiOkResponse()
  async sequenceFlows(@Key('processInstanceKey') key: string, @CurrentAccount() account: SignedIn) {
    const { processDefinitionKey, processDefinitionId } = await this.require(key, account);
    const events = await this.queries.eventsOfTypes(key, ['sequenceFlowTaken']);
    const flows = new Set(events.flatMap(({ event }) => (event.type === 'sequenceFlowTaken' ? [event.flowId] : [])));
    const items = [...flows].map((flowId) => ({
      sequenceFlowId: `${key}_${flowId}`,
      processInstanceKey: key,
      processDefinitionKey,
      processDefinitionId,
      elementId: flowId,
      tenantId: tenant,
    }));
    return { items };
  }

  private async require(key: string, account: SignedIn): Promise<ProcessInstanceView> {
    const name = `process instance ${key}`;
    await this.visibility.requireVisible(key, account, name);
    return found(await this.queries.get('processInstances', key), name);
  }
}
