import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Runtime } from '#runtime';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { replyOf } from '../problems/refusal.js';
import { RUNTIME } from '../tokens.js';
import { ConditionalEvaluationDto } from './dto/bodies.dto.js';
import { tenant } from './search.js';

@ApiTags('engine: conditionals')
@RequirePermission('PROCESS_DEFINITION:CREATE_PROCESS_INSTANCE')
@Controller('v2/conditionals')
export class ConditionalsController {
  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {}

  /** `faults` comes beside what Camunda 8.9 answers: conditions that are neither true nor false of the variables. */
  @ClientCommand()
  @Post('evaluation')
  @HttpCode(200)
  @ApiOkResponse()
  async evaluate(@Body() body: ConditionalEvaluationDto, @CurrentAccount() account: SignedIn) {
    const { processDefinitionKey, variables } = body;
    const request = { variables, by: account.id, ...(processDefinitionKey !== undefined && { processDefinitionKey }) };
    const { evaluationKey, started, faults } = replyOf(await this.runtime.evaluateConditions(request));
    return { conditionalEvaluationKey: evaluationKey, tenantId: tenant, processInstances: started, faults };
  }
}
