import { Body, Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Queries } from '#persistence';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';
import { Key } from './key-param.js';
import { noJson } from './no-content.js';
import { processDefinitionRules, processInstanceRules } from './search-rules.js';
import { resultOf, SearchDto, searchOf } from './search.js';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { processDefinitionView } from './views.js';

@ApiTags('engine: process definitions')
@RequirePermission('PROCESS_DEFINITION:READ_PROCESS_DEFINITION')
@Controller('v2/process-definitions')
export class ProcessDefinitionsController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    private readonly visibility: InstanceVisibility,
  ) {}

  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto) {
    return resultOf(
      await this.queries.search('processDefinitions', searchOf(body, processDefinitionRules)),
      processDefinitionView,
    );
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
  async form(@Key('processDefinitionKey') key: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    found(await this.queries.definition(key), `process definition ${key}`);
    noJson(reply);
  }

  @RequirePermission('supervise', 'PROCESS_DEFINITION:READ_PROCESS_INSTANCE')
  @Post(':processDefinitionKey/statistics/element-instances')
  @HttpCode(200)
  @ApiOkResponse()
  async elementStatistics(
    @Key('processDefinitionKey') key: string,
    @Body() body: SearchDto,
    @CurrentAccount() account: SignedIn,
  ) {
    found(await this.queries.definition(key), `process definition ${key}`);
    const request = await this.visibility.narrowed(searchOf(body, processInstanceRules), account);
    return { items: await this.queries.elementCounts({ processDefinitionKey: key }, request) };
  }
}
