import { Body, Controller, Delete, Get, Headers, HttpCode, Patch, Post, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { AssignUserTaskDto, CompleteUserTaskDto, UpdateUserTaskDto } from './dto/bodies.dto.js';
import { Key } from './key-param.js';
import { noJson } from './no-content.js';
import { resultOf, SearchDto } from './search.js';
import { UserTasksService } from './user-tasks.service.js';
import { formView, userTaskView, variableSearchView } from './views.js';

/** Only who may work on a task sees it; to all others it does not exist. */
@ApiTags('engine: user tasks')
@Controller('v2/user-tasks')
export class UserTasksController {
  constructor(private readonly tasks: UserTasksService) {}

  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    return resultOf(await this.tasks.search(body, account), userTaskView);
  }

  @Get(':userTaskKey')
  @ApiOkResponse()
  async get(@Key('userTaskKey') key: string, @CurrentAccount() account: SignedIn) {
    return userTaskView(await this.tasks.get(key, account));
  }

  @ClientCommand()
  @Patch(':userTaskKey')
  @HttpCode(204)
  @ApiNoContentResponse()
  update(
    @Key('userTaskKey') key: string,
    @Body() body: UpdateUserTaskDto,
    @CurrentAccount() account: SignedIn,
  ): Promise<void> {
    return this.tasks.update(key, body.changeset ?? {}, account);
  }

  @ClientCommand()
  @Post(':userTaskKey/assignment')
  @HttpCode(204)
  @ApiNoContentResponse()
  assign(
    @Key('userTaskKey') key: string,
    @Body() body: AssignUserTaskDto,
    @CurrentAccount() account: SignedIn,
  ): Promise<void> {
    return this.tasks.assign(key, { assignee: body.assignee, allowOverride: body.allowOverride ?? true }, account);
  }

  @ClientCommand()
  @Delete(':userTaskKey/assignee')
  @HttpCode(204)
  @ApiNoContentResponse()
  unassign(@Key('userTaskKey') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    return this.tasks.assign(key, { assignee: null, allowOverride: true }, account);
  }

  @ClientCommand()
  @Post(':userTaskKey/completion')
  @HttpCode(204)
  @ApiNoContentResponse()
  complete(
    @Key('userTaskKey') userTaskKey: string,
    @Body() body: CompleteUserTaskDto,
    @CurrentAccount() account: SignedIn,
    @Headers('idempotency-key') idempotencyKey?: string,
  ): Promise<void> {
    return this.tasks.complete({
      userTaskKey,
      data: body.variables ?? {},
      account,
      ...(body.action && { action: body.action }),
      ...(idempotencyKey && { idempotencyKey }),
    });
  }

  @Get(':userTaskKey/form')
  @ApiOkResponse({ description: '204 where the task has no form.' })
  async form(
    @Key('userTaskKey') key: string,
    @CurrentAccount() account: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const form = await this.tasks.form(key, account);
    return form ? formView(form) : noJson(reply);
  }

  @Post(':userTaskKey/variables/search')
  @HttpCode(200)
  @ApiOkResponse()
  async variables(@Key('userTaskKey') key: string, @Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    return resultOf(await this.tasks.variables(key, body, account), variableSearchView);
  }
}
