import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { LampName } from '#persistence';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { DeadlinesService } from './deadlines.service.js';

const LAMPS = ['normal', 'near', 'urgent', 'overdue'] as const;

class DeadlinesQuery {
  @ApiPropertyOptional({ enum: LAMPS })
  @IsOptional()
  @IsIn(LAMPS)
  lamp?: LampName;
}

/** Declared deadlines of cases, tasks and items (ADR 21). */
@ApiTags('supervision')
@Controller('api/deadlines')
export class DeadlinesController {
  constructor(private readonly deadlines: DeadlinesService) {}

  @Get()
  @RequirePermission('supervise', 'operate')
  @ApiOkResponse({
    description: 'Up to 500 open ones, soonest due first, how many stand under each lamp, and what publications moved',
  })
  overview(@Query() { lamp }: DeadlinesQuery, @CurrentAccount() account: SignedIn) {
    return this.deadlines.overview(account, lamp);
  }
}
