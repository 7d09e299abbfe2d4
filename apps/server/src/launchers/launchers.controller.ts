import { Body, Controller, Get, Headers, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { FormDataDto } from '../tasks/tasks.controller.js';
import { LaunchersService } from './launchers.service.js';

/** What members of staff may start. */
@ApiTags('launchers')
@Controller('api/launchers')
export class LaunchersController {
  constructor(private readonly launchers: LaunchersService) {}

  @Get()
  @ApiOkResponse({ description: 'What the signed-in account may start' })
  list(@CurrentAccount() account: SignedIn) {
    return this.launchers.list(account);
  }

  @Get(':id')
  @ApiOkResponse({ description: 'The form to fill first' })
  open(@Param('id') id: string, @CurrentAccount() account: SignedIn) {
    return this.launchers.open(id, account);
  }

  @ClientCommand('own')
  @Post(':id')
  @ApiCreatedResponse({ description: 'The started instance; a tracking code is told this once' })
  start(
    @Param('id') id: string,
    @Body() body: FormDataDto,
    @CurrentAccount() account: SignedIn,
    @Headers('idempotency-key') idempotencyKey?: string,
  ) {
    return this.launchers.start(
      id,
      { data: body.data, ...(idempotencyKey !== undefined && { idempotencyKey }) },
      account,
    );
  }
}
