import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Queries } from '#persistence';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';
import { decisionInstanceDetail, decisionInstanceView } from './decision-views.js';
import { Key } from './key-param.js';
import { resultOf, SearchDto, searchOf, type SearchRules } from './search.js';

const unrecorded = 'an evaluation is recorded with the id of its decision alone; look at the process definition';
const rules: SearchRules = {
  names: { decisionEvaluationInstanceKey: 'decisionEvaluationKey' },
  times: ['evaluationDate'],
  constants: { state: 'EVALUATED', evaluationFailure: null },
  refused: {
    decisionDefinitionKey: unrecorded,
    decisionDefinitionName: unrecorded,
    decisionDefinitionType: unrecorded,
    decisionDefinitionVersion: unrecorded,
  },
};

/** Evaluations by processes; one that fails is an incident and leaves none. */
@ApiTags('engine: decisions')
@RequirePermission('DECISION_DEFINITION:READ_DECISION_INSTANCE')
@Controller('v2/decision-instances')
export class DecisionInstancesController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    private readonly visibility: InstanceVisibility,
  ) {}

  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    const request = await this.visibility.narrowed(searchOf(body, rules), account);
    return resultOf(await this.queries.search('decisionInstances', request), decisionInstanceView);
  }

  @Get(':decisionEvaluationInstanceKey')
  @ApiOkResponse()
  async get(@Key('decisionEvaluationInstanceKey') key: string, @CurrentAccount() account: SignedIn) {
    const name = `decision instance ${key}`;
    const instance = found(await this.queries.get('decisionInstances', key), name);
    await this.visibility.requireVisible(instance.processInstanceKey, account, name);
    return decisionInstanceDetail(instance);
  }
}
