import { Body, Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Queries } from '#persistence';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';
import { Key } from './key-param.js';
import { resultOf, SearchDto, searchOf } from './search.js';
import { ElementStatistics } from './element-statistics.js';
import { RequirePermission } from '../access/decorators.js';
import { processDefinitionView } from './views.js';

@ApiTags('engine: process definitions')
@Controller('v2/process-definitions')
export class ProcessDefinitionsController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    private readonly statistics: ElementStatistics,
  ) {}

  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto) {
    return resultOf(await this.queries.search('processDefinitions', searchOf(body)), processDefinitionView);
  }

  @Get(':processDefinitionKey')
  @ApiOkResponse()
  async get(@Key('processDefinitionKey') key: string) {
    return processDefinitionView(found(await this.queries.get('processDefinitions', key), `process definition ${key}`));
  }

  @Get(':processDefinitionKey/xml')
  @ApiOkResponse({ description: 'The BPMN file.' })
  async xml(
    @Key('processDefinitionKey') key: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { xml } = found(await this.queries.definition(key), `process definition ${key}`);
    void reply.type('text/xml; charset=utf-8');
    return xml;
  }

  /** No process has a start form: starts with a form are launchers. */
  @Get(':processDefinitionKey/form')
  @HttpCode(204)
  async form(@Key('processDefinitionKey') key: string): Promise<void> {
    found(await this.queries.definition(key), `process definition ${key}`);
  }

  @RequirePermission('operate', 'supervise')
  @Post(':processDefinitionKey/statistics/element-instances')
  @HttpCode(200)
  @ApiOkResponse()
  async elementStatistics(@Key('processDefinitionKey') key: string) {
    found(await this.queries.definition(key), `process definition ${key}`);
    return { items: await this.statistics.of({ processDefinitionKey: key }) };
  }
}
