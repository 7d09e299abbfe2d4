import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { CurrentAccount } from '../access/decorators.js';
import { CurrentStateInterceptor } from '../problems/current-state.interceptor.js';
import type { SignedIn } from '../access/signed-in.js';
import { FormSubmissions } from './form-submissions.service.js';
import type { Lamp } from './task-rows.js';
import { TasksService } from './tasks.service.js';

export class TaskListQuery {
  @ApiPropertyOptional({ enum: ['mine', 'claimable', 'done', 'all'] })
  @IsOptional()
  @IsIn(['mine', 'claimable', 'done', 'all'])
  view?: 'mine' | 'claimable' | 'done' | 'all';

  @ApiPropertyOptional({ type: String, description: 'Part of title, task name or case number' })
  @IsOptional()
  @IsString()
  @Length(0, 100)
  q?: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  unit?: string;

  @ApiPropertyOptional({ enum: ['normal', 'near', 'urgent', 'overdue'] })
  @IsOptional()
  @IsIn(['normal', 'near', 'urgent', 'overdue'])
  lamp?: Lamp;

  @ApiPropertyOptional({ enum: ['due', 'created'] })
  @IsOptional()
  @IsIn(['due', 'created'])
  sort?: 'due' | 'created';

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  cursor?: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 200 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class FormDataDto {
  @ApiProperty({ type: Object, description: 'Values by field; an untouched protected field as its handle' })
  @IsObject()
  data!: Record<string, unknown>;
}

/** The work of the person who is signed in. */
@ApiTags('tasks')
@Controller('api/tasks')
export class TasksController {
  constructor(
    private readonly tasks: TasksService,
    private readonly submissions: FormSubmissions,
  ) {}

  @Get()
  @ApiOkResponse({ description: 'A page of the task list with the counts of all views' })
  list(@Query() query: TaskListQuery, @CurrentAccount() account: SignedIn) {
    return this.tasks.list({ ...query, view: query.view ?? 'mine' }, account);
  }

  @Get(':key')
  @ApiOkResponse({ description: 'One task: its form, what is known, what comes next' })
  detail(@Param('key') key: string, @CurrentAccount() account: SignedIn) {
    return this.tasks.detail(key, account);
  }

  @ClientCommand()
  @Post(':key/claim')
  @HttpCode(204)
  claim(@Param('key') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    return this.tasks.claim(key, account);
  }

  @ClientCommand()
  @Post(':key/unclaim')
  @HttpCode(204)
  unclaim(@Param('key') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    return this.tasks.unclaim(key, account);
  }

  @UseInterceptors(CurrentStateInterceptor)
  @Put(':key/draft')
  @ApiOkResponse({ description: 'When it was saved' })
  saveDraft(@Param('key') key: string, @Body() body: FormDataDto, @CurrentAccount() account: SignedIn) {
    return this.tasks.saveDraft(key, body.data, account);
  }

  @ClientCommand('own')
  @Post(':key/completion')
  @HttpCode(200)
  @ApiOkResponse({ description: 'What happens next' })
  async complete(
    @Param('key') key: string,
    @Body() body: FormDataDto,
    @CurrentAccount() account: SignedIn,
    @Headers('idempotency-key') idempotencyKey?: string,
  ) {
    const submitted = await this.submissions.submit({
      userTaskKey: key,
      data: body.data,
      account,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    });
    return { next: submitted.next ?? '已提交。', caseNo: submitted.caseNo };
  }
}
