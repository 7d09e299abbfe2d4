import { Body, Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Queries } from '#persistence';
import { RequirePermission } from '../access/decorators.js';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';
import { DecisionsService } from './decisions.service.js';
import { EvaluateDecisionDto } from './dto/bodies.dto.js';
import { Key } from './key-param.js';
import { resultOf, SearchDto, searchOf } from './search.js';
import { decisionDefinitionView } from './views.js';

@ApiTags('engine: decisions')
@Controller('v2/decision-definitions')
export class DecisionsController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    private readonly decisions: DecisionsService,
  ) {}

  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto) {
    const request = searchOf(body, {
      names: { decisionRequirementsId: 'decisionDefinitionId', decisionRequirementsKey: 'decisionDefinitionKey' },
    });
    return resultOf(await this.queries.search('decisionDefinitions', request), decisionDefinitionView);
  }

  @RequirePermission('operate', 'studio')
  @Post('evaluation')
  @HttpCode(200)
  @ApiOkResponse()
  evaluate(@Body() { decisionDefinitionId, decisionDefinitionKey, variables }: EvaluateDecisionDto) {
    return this.decisions.evaluate({ decisionDefinitionId, decisionDefinitionKey }, variables ?? {});
  }

  @Get(':decisionDefinitionKey')
  @ApiOkResponse()
  async get(@Key('decisionDefinitionKey') key: string) {
    return decisionDefinitionView(
      found(await this.queries.get('decisionDefinitions', key), `decision definition ${key}`),
    );
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
