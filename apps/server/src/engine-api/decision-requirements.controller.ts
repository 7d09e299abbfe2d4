import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequirePermission } from '../access/decorators.js';
import { DecisionCatalog } from './decision-catalog.service.js';
import { decisionRequirementsRules, decisionRequirementsView } from './decision-views.js';
import { Key } from './key-param.js';
import { searchList } from './list-search.js';
import { resultOf, SearchDto } from './search.js';

/** DMN files as they were deployed. */
@ApiTags('engine: decisions')
@RequirePermission('DECISION_REQUIREMENTS_DEFINITION:READ')
@Controller('v2/decision-requirements')
export class DecisionRequirementsController {
  constructor(private readonly catalog: DecisionCatalog) {}

  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto) {
    const all = await this.catalog.requirements();
    return resultOf(searchList(all, body, decisionRequirementsRules), decisionRequirementsView);
  }

  @Get(':decisionRequirementsKey')
  @ApiOkResponse()
  async get(@Key('decisionRequirementsKey') key: string) {
    return decisionRequirementsView(await this.catalog.graph(key));
  }

  @Get(':decisionRequirementsKey/xml')
  @ApiOkResponse({ description: 'The DMN file.' })
  async xml(
    @Key('decisionRequirementsKey') key: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    void reply.type('text/xml; charset=utf-8');
    return this.catalog.xml(await this.catalog.graph(key));
  }
}
