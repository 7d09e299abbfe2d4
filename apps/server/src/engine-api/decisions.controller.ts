import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequirePermission } from '../access/decorators.js';
import { DecisionCatalog } from './decision-catalog.service.js';
import { decisionDefinitionRules, decisionDefinitionView } from './decision-views.js';
import { DecisionsService } from './decisions.service.js';
import { EvaluateDecisionDto } from './dto/bodies.dto.js';
import { Key } from './key-param.js';
import { searchList } from './list-search.js';
import { resultOf, SearchDto } from './search.js';

@ApiTags('engine: decisions')
@RequirePermission('DECISION_DEFINITION:READ_DECISION_DEFINITION')
@Controller('v2/decision-definitions')
export class DecisionsController {
  constructor(
    private readonly catalog: DecisionCatalog,
    private readonly decisions: DecisionsService,
  ) {}

  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto) {
    return resultOf(searchList(await this.catalog.decisions(), body, decisionDefinitionRules), decisionDefinitionView);
  }

  @RequirePermission('DECISION_DEFINITION:CREATE_DECISION_INSTANCE')
  @Post('evaluation')
  @HttpCode(200)
  @ApiOkResponse()
  evaluate(@Body() { decisionDefinitionId, decisionDefinitionKey, variables }: EvaluateDecisionDto) {
    return this.decisions.evaluate({ decisionDefinitionId, decisionDefinitionKey }, variables ?? {});
  }

  @Get(':decisionDefinitionKey')
  @ApiOkResponse()
  async get(@Key('decisionDefinitionKey') key: string) {
    return decisionDefinitionView(await this.catalog.decision(key));
  }

  @Get(':decisionDefinitionKey/xml')
  @ApiOkResponse({ description: 'The DMN file.' })
  async xml(
    @Key('decisionDefinitionKey') key: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { xml } = await this.decisions.stored(key);
    void reply.type('text/xml; charset=utf-8');
    return xml;
  }
}
