import { Body, Controller, Get, Headers, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { Public } from '../access/decorators.js';
import { Refusal } from '../problems/refusal.js';
import { PortalPagesService } from './portal-pages.service.js';
import { PortalService } from './portal.service.js';
import { RateLimitService } from './rate-limit.service.js';

export class ReportDto {
  @ApiProperty({ type: Object })
  @IsObject()
  data!: Record<string, unknown>;

  @ApiPropertyOptional({ type: String, description: 'Six digits, for who stays anonymous' })
  @IsOptional()
  @IsString()
  @Length(0, 20)
  pin?: string;
}

export class CodeDto {
  @ApiProperty({ type: String, example: 'ABCD-EFGH-JKLM' })
  @IsString()
  @Length(1, 100)
  code!: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @Length(0, 20)
  pin?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'Another of the cases that the code opens',
    example: 'XF-2026-00001',
  })
  @IsOptional()
  @IsString()
  @Length(1, 40)
  caseNo?: string;
}

export class LetterDto extends CodeDto {
  @ApiProperty({ type: String })
  @Matches(/^\d{1,20}$/)
  key!: string;
}

export class CaseActionDto extends CodeDto {
  @ApiPropertyOptional({ type: String, description: 'Key of the request on the page that the action belongs to' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  requestKey?: string;

  @ApiProperty({ type: Object, description: "Values by field of the action's form" })
  @IsObject()
  data!: Record<string, unknown>;
}

/** The public pages: no account, no cookie; the code travels in the body alone. */
@ApiTags('portal')
@Public()
@Controller('api/portal')
export class PortalController {
  constructor(
    private readonly portal: PortalService,
    private readonly pages: PortalPagesService,
    private readonly limits: RateLimitService,
  ) {}

  @Get()
  @ApiOkResponse({ description: 'Texts and entries of the portal' })
  home() {
    return this.portal.home();
  }

  @Get('pages/:id')
  @ApiOkResponse({ description: 'What is published on a page, newest first as its ledger orders it' })
  page(@Param('id') id: string) {
    return this.pages.page(id);
  }

  @Get('entries/:id')
  @ApiOkResponse({ description: 'An entry and its form' })
  entry(@Param('id') id: string) {
    return this.portal.entry(id);
  }

  @Post('entries/:id')
  @ApiCreatedResponse({ description: 'Case number and tracking code; the code is told this once' })
  async submit(
    @Param('id') id: string,
    @Body() body: ReportDto,
    @Req() request: FastifyRequest,
    @Headers('idempotency-key') idempotencyKey?: string,
  ) {
    await this.limits.take('submit', request.ip);
    return this.portal.submit(id, {
      data: body.data,
      ...(body.pin !== undefined && { pin: body.pin }),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    });
  }

  @Post('case')
  @HttpCode(200)
  @ApiOkResponse({ description: 'Where the case stands, in plain words' })
  async view(@Body() body: CodeDto, @Req() request: FastifyRequest) {
    return this.guarded(request, () => this.portal.view(body));
  }

  @Post('case/document')
  @HttpCode(200)
  @ApiOkResponse({ description: 'A letter as HTML' })
  async letter(@Body() { key, ...wish }: LetterDto, @Req() request: FastifyRequest) {
    return this.guarded(request, () => this.portal.document(wish, key));
  }

  @Post('case/thread')
  @HttpCode(200)
  @ApiOkResponse({ description: 'What was written to and fro about the case, oldest first' })
  async conversation(@Body() body: CodeDto, @Req() request: FastifyRequest) {
    return this.guarded(request, () => this.portal.conversation(body));
  }

  @Post('case/actions/:id')
  @HttpCode(200)
  @ApiOkResponse({ description: 'What is said when it has arrived' })
  async act(
    @Param('id') actionId: string,
    @Body() { data, requestKey, ...wish }: CaseActionDto,
    @Req() request: FastifyRequest,
    @Headers('idempotency-key') idempotencyKey?: string,
  ) {
    await this.limits.take('submit', request.ip);
    const of = requestKey === undefined ? {} : { requestKey };
    const action = { actionId, data, ...of, ...(idempotencyKey !== undefined && { idempotencyKey }) };
    return this.guarded(request, () => this.portal.act(wish, action));
  }

  /** Wrong codes are counted, so that nobody can try many. */
  private async guarded<T>(request: FastifyRequest, look: () => Promise<T>): Promise<T> {
    await this.limits.take('look', request.ip);
    await this.limits.require('wrongCode', request.ip);
    try {
      return await look();
    } catch (error) {
      if (error instanceof Refusal && error.code === 'notFound') await this.limits.take('wrongCode', request.ip);
      throw error;
    }
  }
}
