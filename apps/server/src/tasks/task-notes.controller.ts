import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { SealedHandle } from '#engine';
import type { CopyView, Queries } from '#persistence';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { TaskVisibility } from '../access/task-visibility.js';
import { CaseAccessService } from '../cases/case-access.service.js';
import { NamesService } from '../cases/names.service.js';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { isoTime } from '../iso-time.js';
import { SealedFactsService, type SealedFact } from '../reveals/sealed-facts.service.js';
import {
  CopiesDto,
  CopiesQuery,
  ReadCopiesDto,
  TaskAttachmentDto,
  TaskCommentDto,
  TaskTextDto,
} from './dto/task-actions.dto.js';
import { QUERIES } from '../tokens.js';
import { TaskNotesService } from './task-notes.service.js';

const PAGE = 50;

/** What people add to tasks, and what was copied to them. */
@ApiTags('tasks')
@Controller('api')
export class TaskNotesController {
  constructor(
    private readonly notes: TaskNotesService,
    private readonly visibility: TaskVisibility,
    private readonly access: CaseAccessService,
    private readonly sealed: SealedFactsService,
    private readonly names: NamesService,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  @ClientCommand()
  @Post('tasks/:key/copies')
  @HttpCode(204)
  @ApiNoContentResponse({ description: '抄送: others are told of the step; it gives them no right' })
  copy(@Param('key') key: string, @Body() { accounts, comment }: CopiesDto, @CurrentAccount() account: SignedIn) {
    return this.notes.copy(key, accounts, comment ?? '', account);
  }

  @ClientCommand()
  @Post('tasks/:key/urges')
  @HttpCode(204)
  @ApiNoContentResponse({ description: '催办: who has the task is told; once an hour' })
  urge(@Param('key') key: string, @Body() { comment }: TaskCommentDto, @CurrentAccount() account: SignedIn) {
    return this.notes.urge(key, comment ?? '', account);
  }

  @ClientCommand()
  @Post('tasks/:key/comments')
  @HttpCode(204)
  @ApiNoContentResponse({ description: '评论' })
  comment(@Param('key') key: string, @Body() { text }: TaskTextDto, @CurrentAccount() account: SignedIn) {
    return this.notes.comment(key, text, account);
  }

  @ClientCommand()
  @Post('tasks/:key/attachments')
  @HttpCode(204)
  @ApiNoContentResponse({ description: '附件: a file that was uploaded before becomes part of the case' })
  attach(@Param('key') key: string, @Body() { attachmentId }: TaskAttachmentDto, @CurrentAccount() account: SignedIn) {
    return this.notes.attach(key, attachmentId, account);
  }

  @Get('copies')
  @ApiOkResponse({
    description: 'What was copied to the account, newest first, 50 a page, with the count of unread ones',
  })
  async copies(@Query() { cursor }: CopiesQuery, @CurrentAccount() account: SignedIn) {
    const excluded = await this.visibility.silentCases(account);
    const { items, unread } = await this.notes.copiesTo(account, excluded, cursor);
    const rows = await Promise.all(items.map((copy) => this.row(copy, account)));
    return { items: rows, unread, nextCursor: items.length === PAGE ? (items.at(-1)?.noteKey ?? null) : null };
  }

  @Post('copies/read')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'They were looked at' })
  read(@Body() { copyKeys }: ReadCopiesDto, @CurrentAccount() account: SignedIn): Promise<void> {
    return this.notes.markRead(account, copyKeys);
  }

  /** The comment is for its reader; the case only where the account may see it. */
  private async row(copy: CopyView, account: SignedIn) {
    const instance = await this.queries.instance(copy.processInstanceKey);
    const isOpen = instance !== undefined && (await this.access.isVisible(instance, account));
    const comment: SealedHandle | null = copy.sealedKey === null ? null : { $sealed: copy.sealedKey };
    const sealed: Readonly<Record<string, SealedFact>> = await this.sealed.of(
      comment,
      copy.caseKey ?? copy.processInstanceKey,
      account,
    );
    return {
      copyKey: copy.noteKey,
      taskName: copy.taskName,
      caseNo: copy.caseNo,
      from: await this.names.account(copy.account),
      at: isoTime(copy.at),
      comment,
      sealed,
      isRead: copy.readAt !== null,
      processInstanceKey: copy.processInstanceKey,
      canOpen: isOpen,
    };
  }
}
