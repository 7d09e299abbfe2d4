import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, Length } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { DocumentsService } from '../documents/documents.service.js';
import { WordDocuments } from '../documents/word-documents.service.js';
import { CaseAccessService } from './case-access.service.js';
import { CasesService } from './cases.service.js';

export class InstanceListQuery {
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  processId?: string;

  @ApiPropertyOptional({ enum: ['ACTIVE', 'COMPLETED', 'TERMINATED'] })
  @IsOptional()
  @IsIn(['ACTIVE', 'COMPLETED', 'TERMINATED'])
  state?: 'ACTIVE' | 'COMPLETED' | 'TERMINATED';

  @ApiPropertyOptional({ type: String, description: 'Part of the case number' })
  @IsOptional()
  @IsString()
  @Length(0, 60)
  q?: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  cursor?: string;
}

export class ReasonDto {
  @ApiPropertyOptional({
    type: String,
    description: 'Why the page is opened; recorded with each protected value on it',
  })
  @IsOptional()
  @IsString()
  @Length(0, 1000)
  reason?: string;
}

export class ActionDto {
  @ApiProperty({ type: Object })
  @IsObject()
  data!: Record<string, unknown>;
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Process instances as people see them. */
@ApiTags('instances')
@Controller('api/instances')
export class CasesController {
  constructor(
    private readonly cases: CasesService,
    private readonly access: CaseAccessService,
    private readonly documents: DocumentsService,
    private readonly wordDocuments: WordDocuments,
  ) {}

  @Get()
  @RequirePermission('operate', 'supervise')
  @ApiOkResponse({ description: 'Instances, newest first' })
  list(@Query() query: InstanceListQuery, @CurrentAccount() account: SignedIn) {
    return this.cases.list(query, account);
  }

  @Get(':key')
  @ApiOkResponse({ description: 'Facts, tasks, documents and room of an instance' })
  detail(@Param('key') key: string, @CurrentAccount() account: SignedIn) {
    return this.cases.detail(key, account);
  }

  @Get(':key/timeline')
  @ApiOkResponse({ description: 'The course of the case in sentences, oldest first' })
  timeline(@Param('key') key: string, @CurrentAccount() account: SignedIn) {
    return this.cases.timeline(key, account);
  }

  @Get(':key/diagram')
  @ApiOkResponse({ description: 'BPMN file of the version that the instance runs, with where it stands' })
  diagram(@Param('key') key: string, @CurrentAccount() account: SignedIn) {
    return this.cases.diagram(key, account);
  }

  @Post(':key/documents/:id')
  @HttpCode(200)
  @ApiOkResponse({ description: 'The page as HTML' })
  async document(
    @Param('key') key: string,
    @Param('id') id: string,
    @Body() body: ReasonDto,
    @CurrentAccount() account: SignedIn,
  ) {
    const instance = await this.access.requireInvolved(key, account);
    const acting = await this.access.acting(instance, account);
    return { html: await this.documents.open(key, id, { account: acting, reason: body.reason ?? '' }) };
  }

  @Post(':key/documents/:id/word')
  @HttpCode(200)
  @ApiProduces(DOCX)
  @ApiOkResponse({ description: 'The same page as a Word file, where the document is declared to be edited' })
  async word(
    @Param('key') key: string,
    @Param('id') id: string,
    @Body() body: ReasonDto,
    @CurrentAccount() account: SignedIn,
    @Res() reply: FastifyReply,
  ) {
    const instance = await this.access.requireInvolved(key, account);
    const acting = await this.access.acting(instance, account);
    const wish = { account: acting, reason: body.reason ?? '' };
    const { fileName, content } = await this.wordDocuments.open(key, id, wish);
    return reply
      .header('content-type', DOCX)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
      .header('cache-control', 'no-store')
      .send(content);
  }

  @ClientCommand('own')
  @Post(':key/actions/:actionId')
  @HttpCode(204)
  act(
    @Param('key') key: string,
    @Param('actionId') actionId: string,
    @Body() body: ActionDto,
    @CurrentAccount() account: SignedIn,
    @Headers('idempotency-key') idempotencyKey?: string,
  ): Promise<void> {
    return this.cases.act(
      key,
      { actionId, data: body.data, ...(idempotencyKey !== undefined && { idempotencyKey }) },
      account,
    );
  }
}
