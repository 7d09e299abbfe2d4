import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/decorators.js';
import { Refusal } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';
import { SETTINGS } from '../tokens.js';
import { MetricsService } from './metrics.service.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

@ApiTags('operation')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: MetricsService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Public()
  @Get()
  @ApiOkResponse({ description: 'Prometheus text format.' })
  async show(
    @Headers() { authorization = '' }: { readonly authorization?: string },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { metricsToken } = this.settings;
    if (metricsToken !== undefined && !timingSafeEqual(digest(authorization), digest(`Bearer ${metricsToken}`)))
      throw new Refusal('unauthenticated', 'Expected the token of METRICS_TOKEN as Authorization: Bearer.');
    void reply.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}
