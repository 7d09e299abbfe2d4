import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentAccount, Public } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { CaseAccessService } from '../cases/case-access.service.js';
import { readMultipart } from '../http/read-multipart.js';
import { Refusal, notFound } from '../problems/refusal.js';
import { RateLimitService } from '../portal/rate-limit.service.js';
import { RevealsService } from '../reveals/reveals.service.js';
import { AttachmentsService } from './attachments.service.js';

/** Files that people add to forms. */
@ApiTags('attachments')
@Controller('api')
export class AttachmentsController {
  constructor(
    private readonly attachments: AttachmentsService,
    private readonly access: CaseAccessService,
    private readonly reveals: RevealsService,
    private readonly limits: RateLimitService,
  ) {}

  @Post('attachments')
  @ApiConsumes('multipart/form-data')
  @ApiCreatedResponse({ description: 'The attachment, to be named by a form' })
  async upload(@Req() request: FastifyRequest, @CurrentAccount() account: SignedIn) {
    return { attachment: await this.attachments.upload({ ...(await fileOf(request)), by: account.id }) };
  }

  @Public()
  @Post('portal/attachments')
  @ApiConsumes('multipart/form-data')
  @ApiCreatedResponse({ description: 'The attachment, to be named by a form within an hour' })
  async uploadFromPortal(@Req() request: FastifyRequest) {
    await this.limits.take('upload', request.ip);
    return { attachment: await this.attachments.upload({ ...(await fileOf(request)), by: null }) };
  }

  /** The file of a protected field: opened like its value, with a reason that is recorded first. */
  @Get('attachments/:id')
  @ApiOkResponse({ description: 'The file' })
  async download(
    @Param('id') id: string,
    @Query() query: Record<string, string>,
    @CurrentAccount() account: SignedIn,
    @Res() reply: FastifyReply,
  ) {
    const { sealedKey = '', reason = '', processInstanceKey = '' } = query;
    const instance = await this.access.requireInvolved(processInstanceKey, account);
    const values = await this.reveals.reveal({ sealedKeys: [sealedKey], reason, processInstanceKey }, account);
    const names = this.attachments.idsIn([...values.values()]);
    if (!names.includes(id)) throw notFound(`attachment ${id}`);
    const { name, type, bytes } = await this.attachments.read(id, instance.caseKey ?? instance.key);
    return reply
      .header('content-type', type)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .header('cache-control', 'no-store')
      .send(bytes);
  }
}

async function fileOf(request: FastifyRequest): Promise<{ name: string; bytes: Buffer }> {
  if (!request.isMultipart()) throw new Refusal('unsupportedMediaType', 'Expected multipart/form-data with one file.');
  return readMultipart(() => readFile(request));
}

async function readFile(request: FastifyRequest): Promise<{ name: string; bytes: Buffer }> {
  const part = await request.file();
  if (!part) throw new Refusal('invalidArgument', 'Expected a part with a file.', { zh: '没有收到文件。' });
  return { name: part.filename, bytes: await part.toBuffer() };
}
