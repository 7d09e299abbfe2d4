import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { SupervisionService } from './supervision.service.js';

/** What is overdue, where, and which supervisions run. */
@ApiTags('supervision')
@Controller('api/supervision')
export class SupervisionController {
  constructor(private readonly supervision: SupervisionService) {}

  @Get()
  @RequirePermission('supervise', 'operate')
  @ApiOkResponse({ description: 'Open tasks by unit with their lamps' })
  overview(@CurrentAccount() account: SignedIn) {
    return this.supervision.overview(account);
  }
}
