import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Queries } from '#persistence';
import { RequirePermission } from '../access/decorators.js';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';
import { Key } from './key-param.js';
import { resultOf, SearchDto, searchOf } from './search.js';
import { variableSearchView, variableView } from './views.js';

/** Open variables alone: protected content never is one. */
@ApiTags('engine: variables')
@RequirePermission('operate')
@Controller('v2/variables')
export class VariablesController {
  constructor(@Inject(QUERIES) private readonly queries: Queries) {}

  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto) {
    return resultOf(await this.queries.search('variables', searchOf(body)), variableSearchView);
  }

  @Get(':variableKey')
  @ApiOkResponse()
  async get(@Key('variableKey') key: string) {
    return variableView(found(await this.queries.get('variables', key), `variable ${key}`));
  }
}
