import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Queries } from '#persistence';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';
import { Key } from './key-param.js';
import { resultOf, SearchDto, searchOf } from './search.js';
import { variableSearchView, variableView } from './views.js';

/** Open variables alone: protected content never is one. */
@ApiTags('engine: variables')
@RequirePermission('PROCESS_DEFINITION:READ_PROCESS_INSTANCE')
@Controller('v2/variables')
export class VariablesController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    private readonly visibility: InstanceVisibility,
  ) {}

  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    const request = await this.visibility.narrowed(searchOf(body), account);
    return resultOf(await this.queries.search('variables', request), variableSearchView);
  }

  @Get(':variableKey')
  @ApiOkResponse()
  async get(@Key('variableKey') key: string, @CurrentAccount() account: SignedIn) {
    const name = `variable ${key}`;
    const variable = found(await this.queries.get('variables', key), name);
    await this.visibility.requireVisible(variable.processInstanceKey, account, name);
    return variableView(variable);
  }
}
