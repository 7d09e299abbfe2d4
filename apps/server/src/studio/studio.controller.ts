import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { FastifyReply } from 'fastify';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { ApprovalsService } from './approvals.service.js';
import { DocumentPreviewService } from './document-preview.service.js';
import { PublishingService } from './publishing.service.js';
import { StudioService } from './studio.service.js';

export class ChangeDto {
  @ApiProperty({ type: String, example: 'forms/F01.form.json' })
  @IsString()
  @Length(1, 300)
  path!: string;

  @ApiProperty({ type: String, nullable: true, description: 'New content; null takes the file away' })
  @ValidateIf(({ content }: ChangeDto) => content !== null)
  @IsString()
  @Length(0, 2_000_000)
  content!: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Hash of the file that the editor began with; null for a new one',
  })
  @IsOptional()
  @IsString()
  baseHash?: string | null;
}

export class CheckDto {
  @ApiProperty({ type: [ChangeDto] })
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ChangeDto)
  changes!: ChangeDto[];
}

export class PublishDto extends CheckDto {
  @ApiProperty({ type: String, description: 'Why, in one line' })
  @IsString()
  @Length(2, 200, { message: '请用一句话说明为什么修改（2至200字）' })
  message!: string;
}

export class PreviewDto {
  @ApiProperty({ type: Object })
  @IsObject()
  form!: Record<string, unknown>;

  @ApiPropertyOptional({ type: Object })
  @IsOptional()
  @IsObject()
  data?: Record<string, unknown>;
}

export class DocumentPreviewDto {
  @ApiProperty({
    type: String,
    example: 'workflows/leave_request/documents/notice.hbs',
    description: 'Path of the template; the forms of its process name the values',
  })
  @IsString()
  @Matches(/^workflows\/[^\0]{1,290}\.hbs$/)
  path!: string;

  @ApiProperty({ type: String, description: 'Text of the template, published or not' })
  @IsString()
  @Length(0, 2_000_000)
  source!: string;

  @ApiPropertyOptional({ type: String, description: 'Title of the page; default: the path' })
  @IsOptional()
  @IsString()
  @Length(0, 200)
  title?: string;

  @ApiPropertyOptional({
    type: Boolean,
    description: 'False shows the paper as nobody has filled it in; default: true',
  })
  @IsOptional()
  @IsBoolean()
  filled?: boolean;
}

export class DecideDto {
  @ApiProperty({ enum: ['approve', 'reject'] })
  @IsDefined()
  @IsIn(['approve', 'reject'])
  decision!: 'approve' | 'reject';

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @Length(0, 500)
  comment?: string;
}

export class HistoryQuery {
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @Matches(/^(workflows|forms)\/[^\0]+$/)
  path?: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Matches(/^[0-9a-f]{7,64}$/)
  commit?: string;
}

type Published = Awaited<ReturnType<PublishingService['carryOut']>>;

/** Editing, checking and publishing the configuration. */
@ApiTags('studio')
@Controller('api/studio')
export class StudioController {
  constructor(
    private readonly studio: StudioService,
    private readonly documents: DocumentPreviewService,
    private readonly publishing: PublishingService,
    private readonly approvals: ApprovalsService,
  ) {}

  @Get('files')
  @RequirePermission('studio', 'approve')
  @ApiOkResponse({ description: 'All files of the configuration' })
  files() {
    return this.studio.files();
  }

  @Get('file')
  @RequirePermission('studio', 'approve')
  @ApiOkResponse({ description: 'One file, as it stands or at a commit' })
  file(@Query() { path, commit }: HistoryQuery) {
    return commit === undefined ? this.studio.file(path ?? '') : this.studio.at(path ?? '', commit);
  }

  @Get('reference')
  @RequirePermission('studio', 'approve')
  @ApiOkResponse({ description: 'What editors offer to choose from' })
  reference() {
    return this.studio.reference();
  }

  @Post('check')
  @HttpCode(200)
  @RequirePermission('studio')
  @ApiOkResponse({ description: 'All problems of the set with these changes' })
  check(@Body() { changes }: CheckDto) {
    return this.publishing.check(changes);
  }

  @Post('publish')
  @RequirePermission('studio')
  @ApiOkResponse({ description: 'The published set; 202 where a second person must approve' })
  async publish(
    @Body() body: PublishDto,
    @CurrentAccount() account: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const published = await this.publishing.publish(body, account);
    reply.status('approvalId' in published ? 202 : 200);
    return published;
  }

  @Get('history')
  @RequirePermission('studio', 'approve')
  @ApiOkResponse({ description: 'Who changed what, when and why; newest first' })
  history(@Query() { path }: HistoryQuery) {
    return this.studio.history(path);
  }

  @Post('forms/preview')
  @HttpCode(200)
  @RequirePermission('studio')
  @ApiOkResponse({ description: 'The form as a person would meet it' })
  preview(@Body() { form, data }: PreviewDto) {
    return this.studio.preview(form, data ?? {});
  }

  @Post('documents/preview')
  @HttpCode(200)
  @RequirePermission('studio')
  @ApiOkResponse({ description: 'The page that a template prints over made-up values, or its faults' })
  previewDocument(@Body() { path, source, title = path, filled = true }: DocumentPreviewDto) {
    return this.documents.preview({ path, source, title, isFilled: filled });
  }

  @Get('approvals')
  @RequirePermission('approve', 'studio', 'accounts')
  @ApiOkResponse({ description: 'What waits or waited for a second person' })
  listApprovals(@CurrentAccount() account: SignedIn) {
    return this.approvals.list(account);
  }

  @Post('approvals/:id')
  @HttpCode(200)
  @RequirePermission('approve')
  @ApiOkResponse({ description: 'What was published; null where it was rejected or was no publication' })
  async decide(
    @Param('id') id: string,
    @Body() decision: DecideDto,
    @CurrentAccount() account: SignedIn,
  ): Promise<{ published: Published | null }> {
    return { published: (await this.approvals.decide(id, decision, account)) as Published | null };
  }
}
