import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { TaskVisibility } from '../access/task-visibility.js';
import { ClientCommand } from '../idempotency/command.decorator.js';
import {
  HandOverDto,
  PeopleQuery,
  ReturnDto,
  SignersDto,
  TaskReasonDto,
  TurnOutcomeDto,
} from './dto/task-actions.dto.js';
import { TaskPeopleService } from './task-people.service.js';
import { TaskReturnsService } from './task-returns.service.js';
import { TaskTurnsService } from './task-turns.service.js';

/** Hands tasks on and goes back. What cannot be done now is 409; who may not know of the task gets 404. */
@ApiTags('tasks')
@Controller('api/tasks')
export class TaskActionsController {
  constructor(
    private readonly turns: TaskTurnsService,
    private readonly returns: TaskReturnsService,
    private readonly people: TaskPeopleService,
    private readonly visibility: TaskVisibility,
  ) {}

  @Get(':key/people')
  @ApiOkResponse({ description: 'At most 20 people that the task can be given to: never those whom its case is about' })
  async offered(@Param('key') key: string, @Query() { q }: PeopleQuery, @CurrentAccount() account: SignedIn) {
    const task = await this.visibility.requireVisible(key, account);
    return { items: await this.people.offered(task, q ?? '', account) };
  }

  @ClientCommand()
  @Post(':key/transfer')
  @HttpCode(204)
  @ApiNoContentResponse({ description: '转办: the task is the other’s' })
  transfer(
    @Param('key') userTaskKey: string,
    @Body() { to, reason }: HandOverDto,
    @CurrentAccount() account: SignedIn,
  ) {
    return this.turns.transfer({ userTaskKey, to: [to], reason }, account);
  }

  @ClientCommand()
  @Post(':key/delegation')
  @HttpCode(204)
  @ApiNoContentResponse({ description: '委派: another does it, then it comes back' })
  delegate(
    @Param('key') userTaskKey: string,
    @Body() { to, reason }: HandOverDto,
    @CurrentAccount() account: SignedIn,
  ) {
    return this.turns.delegate({ userTaskKey, to: [to], reason }, account);
  }

  @ClientCommand()
  @Post(':key/signers')
  @HttpCode(204)
  @ApiNoContentResponse({ description: '加签: others sign, one after another' })
  sign(@Param('key') userTaskKey: string, @Body() body: SignersDto, @CurrentAccount() account: SignedIn) {
    return this.turns.sign(body.when, { userTaskKey, to: body.accounts, reason: body.reason }, account);
  }

  @ClientCommand()
  @Delete(':key/signers/:turnId')
  @HttpCode(204)
  @ApiNoContentResponse({ description: '减签: by whoever asked for it, or whose task it is' })
  unsign(
    @Param('key') userTaskKey: string,
    @Param('turnId') turnId: string,
    @Body() { reason }: TaskReasonDto,
    @CurrentAccount() account: SignedIn,
  ) {
    return this.turns.remove(userTaskKey, turnId, reason, account);
  }

  @ClientCommand()
  @Post(':key/turn')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The one whose turn it is has done it, agrees or disagrees' })
  endTurn(
    @Param('key') key: string,
    @Body() { outcome, comment }: TurnOutcomeDto,
    @CurrentAccount() account: SignedIn,
  ) {
    return this.turns.end(key, outcome, comment ?? '', account);
  }

  @Get(':key/return-targets')
  @ApiOkResponse({ description: 'Steps that the task can be returned to, latest first, with what would end besides' })
  targets(@Param('key') key: string, @CurrentAccount() account: SignedIn) {
    return this.returns.targets(key, account);
  }

  @ClientCommand()
  @Post(':key/return')
  @HttpCode(204)
  @ApiNoContentResponse({ description: '退回: the step is to be done over again' })
  goBack(@Param('key') userTaskKey: string, @Body() body: ReturnDto, @CurrentAccount() account: SignedIn) {
    const { target, reason, revision } = body;
    return this.returns.goBack({ userTaskKey, target, reason, revision }, account);
  }

  @ClientCommand()
  @Post(':key/withdrawal')
  @HttpCode(204)
  @ApiNoContentResponse({ description: '撤回: a step of one’s own, while nobody has touched what follows' })
  withdraw(@Param('key') key: string, @Body() { reason }: TaskReasonDto, @CurrentAccount() account: SignedIn) {
    return this.returns.withdraw(key, reason, account);
  }
}
