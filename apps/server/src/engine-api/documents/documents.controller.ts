import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ClientDocument } from '#persistence';
import { type AccessRequest, CurrentAccount, Public, RequirePermission } from '../../access/decorators.js';
import type { SignedIn } from '../../access/signed-in.js';
import { asRefusal } from '../../problems/problem-document.js';
import { Refusal } from '../../problems/refusal.js';
import type { Settings } from '../../settings/settings.js';
import { SETTINGS } from '../../tokens.js';
import { DocumentLinkDto } from './document.dto.js';
import { DocumentLinks } from './document-links.js';
import { type DocumentMetadata, metadataOf } from './document-metadata.js';
import { documentPartsOf } from './document-parts.js';
import { ClientDocumentsService } from './documents.service.js';

/** There is one store. */
const storeId = 'changtong';
const defaultLinkMs = 3_600_000;
const longestLinkMs = 7 * 24 * 3_600_000;

@ApiTags('engine: documents')
@RequirePermission('DOCUMENT:READ')
@Controller('v2')
export class ClientDocumentsController {
  constructor(
    private readonly documents: ClientDocumentsService,
    private readonly links: DocumentLinks,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @RequirePermission('DOCUMENT:CREATE')
  @Post('documents')
  @HttpCode(201)
  @ApiConsumes('multipart/form-data')
  @ApiCreatedResponse()
  async create(
    @Req() request: AccessRequest,
    @CurrentAccount() account: SignedIn,
    @Query('storeId') store?: string,
    @Query('documentId') documentId?: string,
  ) {
    requireStore(store);
    if (documentId !== undefined && !/^[\w.:-]{1,100}$/.test(documentId))
      throw new Refusal(
        'invalidArgument',
        'Expected documentId to be 1 to 100 letters, digits, dots, colons or dashes.',
      );
    const { files, metadata } = await documentPartsOf(request);
    if (files.length !== 1) throw new Refusal('invalidArgument', `Expected one file but found ${files.length}.`);
    const upload = { ...files[0]!, id: documentId, metadata: metadataOf(metadata[0] ?? '') };
    return referenceOf(await this.documents.store(upload, account));
  }

  /** 207 where some of the files were not stored. */
  @RequirePermission('DOCUMENT:CREATE')
  @Post('documents/batch')
  @HttpCode(201)
  @ApiConsumes('multipart/form-data')
  @ApiCreatedResponse()
  async createAll(
    @Req() request: AccessRequest,
    @CurrentAccount() account: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('storeId') store?: string,
  ) {
    requireStore(store);
    const { files, metadata } = await documentPartsOf(request);
    const described = metadataList(metadata);
    if (described.length > 0 && described.length !== files.length)
      throw new Refusal(
        'invalidArgument',
        `Expected metadata for each of ${files.length} files but found ${described.length}.`,
      );
    const createdDocuments = [];
    const failedDocuments = [];
    for (const [index, file] of files.entries()) {
      try {
        const upload = { ...file, metadata: described[index] ?? {} };
        createdDocuments.push(referenceOf(await this.documents.store(upload, account)));
      } catch (error) {
        const refusal = asRefusal(error);
        if (!refusal) throw error;
        failedDocuments.push({ fileName: file.fileName, detail: refusal.message });
      }
    }
    if (failedDocuments.length > 0) void reply.status(207);
    return { createdDocuments, failedDocuments };
  }

  @Get('documents/:documentId')
  @ApiOkResponse({ description: 'The bytes.' })
  async get(
    @Param('documentId') id: string,
    @CurrentAccount() account: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('contentHash') contentHash?: string,
    @Query('storeId') store?: string,
  ): Promise<Buffer> {
    requireStore(store);
    const document = await this.documents.get(id, account);
    requireHash(document, contentHash);
    return this.send(document, reply);
  }

  @RequirePermission('DOCUMENT:DELETE')
  @Delete('documents/:documentId')
  @HttpCode(204)
  @ApiNoContentResponse()
  async remove(
    @Param('documentId') id: string,
    @CurrentAccount() account: SignedIn,
    @Query('storeId') store?: string,
  ): Promise<void> {
    requireStore(store);
    await this.documents.remove(id, account);
  }

  @Post('documents/:documentId/links')
  @HttpCode(201)
  @ApiCreatedResponse()
  async link(
    @Param('documentId') id: string,
    @Body() { timeToLive = defaultLinkMs }: DocumentLinkDto,
    @CurrentAccount() account: SignedIn,
    @Query('contentHash') contentHash?: string,
    @Query('storeId') store?: string,
  ) {
    requireStore(store);
    const document = await this.documents.get(id, account);
    requireHash(document, contentHash);
    const until = Date.now() + Math.min(timeToLive, longestLinkMs);
    const expiresAt = document.expiresAt === null ? until : Math.min(until, document.expiresAt);
    const url = `${this.settings.baseUrl}/v2/document-links?token=${this.links.tokenOf(id, expiresAt)}`;
    return { url, expiresAt: new Date(expiresAt).toISOString() };
  }

  /** What a link opens, for whoever has it. */
  @Public()
  @Get('document-links')
  @ApiOkResponse({ description: 'The bytes.' })
  async open(
    @Query('token') token: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return this.send(await this.documents.linked(this.links.open(token ?? '')), reply);
  }

  /** As a download: a page of a client's making never runs in our origin. */
  private async send(document: ClientDocument, reply: FastifyReply): Promise<Buffer> {
    const name = encodeURIComponent(document.fileName ?? document.id);
    void reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`).type(document.contentType);
    return this.documents.bytesOf(document);
  }
}

function requireStore(given: string | undefined): void {
  if (given !== undefined && given !== storeId)
    throw new Refusal(
      'invalidArgument',
      `Expected storeId to be ${storeId}, the only one, but found ${given.slice(0, 100)}.`,
    );
}

/** Whoever refers to a document says which content is meant. */
function requireHash({ digest }: ClientDocument, given: string | undefined): void {
  if (given !== digest)
    throw new Refusal('invalidArgument', 'Expected contentHash to be that of the document, as its reference says.');
}

/** One part for each file, or one with the list of all. */
function metadataList(texts: readonly string[]): readonly DocumentMetadata[] {
  const [first] = texts;
  if (texts.length !== 1 || !first?.trimStart().startsWith('[')) return texts.map(metadataOf);
  try {
    return (JSON.parse(first) as unknown[]).map((one) => metadataOf(JSON.stringify(one)));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('invalidArgument', 'Expected metadataList to be a JSON list of objects.');
  }
}

const referenceOf = (document: ClientDocument) => ({
  'camunda.document.type': 'camunda',
  storeId,
  documentId: document.id,
  contentHash: document.digest,
  metadata: {
    contentType: document.contentType,
    ...(document.fileName !== null && { fileName: document.fileName }),
    ...(document.expiresAt !== null && { expiresAt: new Date(document.expiresAt).toISOString() }),
    size: document.size,
    ...(document.processDefinitionId !== null && { processDefinitionId: document.processDefinitionId }),
    ...(document.processInstanceKey !== null && { processInstanceKey: document.processInstanceKey }),
    customProperties: document.customProperties,
  },
});
