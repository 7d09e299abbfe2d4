import { Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequirePermission } from '../access/decorators.js';
import { Refusal } from '../problems/refusal.js';
import { Key } from './key-param.js';
import { ResourcesService } from './resources.service.js';
import { tenant } from './search.js';

/** What was deployed, by the key of a process definition, decision, decision requirements or form. */
@ApiTags('engine: resources')
@RequirePermission('RESOURCE:READ')
@Controller('v2/resources/:resourceKey')
export class ResourcesController {
  constructor(private readonly resources: ResourcesService) {}

  @Get()
  @ApiOkResponse()
  async get(@Key('resourceKey') key: string) {
    const { resourceName, version, versionTag, resourceId } = await this.resources.get(key);
    return {
      resourceName,
      version,
      ...(versionTag !== null && { versionTag }),
      resourceId,
      tenantId: tenant,
      resourceKey: key,
    };
  }

  @Get('content')
  @ApiOkResponse({ description: 'The file.' })
  async content(@Key('resourceKey') key: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { content } = await this.resources.get(key);
    void reply.type('text/plain; charset=utf-8');
    return content;
  }

  /** What instances ran on stays readable as long as their log does. */
  @Post('deletion')
  @HttpCode(200)
  @ApiConflictResponse()
  async remove(@Key('resourceKey') key: string): Promise<never> {
    const { resourceName } = await this.resources.get(key);
    throw new Refusal(
      'conflict',
      `Expected ${resourceName} to be replaced and not deleted: what was deployed belongs to the record of the instances that ran on it. Deploy a new version, or take the file from the configuration folder.`,
    );
  }
}
