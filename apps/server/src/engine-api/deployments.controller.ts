import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type AccessRequest, CurrentAccount, RequirePermission } from '../access/decorators.js';
import { ClientCommand } from '../idempotency/command.decorator.js';
import type { SignedIn } from '../access/signed-in.js';
import { DeploymentsService } from './deployments.service.js';
import { filesOf } from './multipart-files.js';

@ApiTags('engine: deployments')
@RequirePermission('RESOURCE:CREATE')
@Controller('v2/deployments')
export class DeploymentsController {
  constructor(private readonly deployments: DeploymentsService) {}

  @ClientCommand()
  @Post()
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      properties: { resources: { type: 'array', items: { type: 'string', format: 'binary' } } },
      required: ['resources'],
    },
  })
  @ApiOkResponse({ description: '409 where the configuration folder owns a process id.' })
  async create(@Req() request: AccessRequest, @CurrentAccount() account: SignedIn) {
    return this.deployments.deploy(await filesOf(request), account.id);
  }
}
