import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Database } from '#persistence';
import { Public } from '../access/decorators.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { Refusal } from '../problems/refusal.js';
import { DATABASE } from '../tokens.js';

@ApiTags('operation')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly configuration: ConfigurationHolder,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Get('live')
  @ApiOkResponse({ description: 'The process answers.' })
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  @Get('ready')
  @ApiOkResponse({ description: 'Database and configuration are there.' })
  async ready(): Promise<{ status: 'up'; configuration: string; folderProblems: number }> {
    await this.database.ping().catch((cause: unknown) => {
      throw new Refusal(
        'overloaded',
        `Expected the database to answer but it does not: ${cause instanceof Error ? cause.name : 'error'}.`,
        { retryAfterSeconds: 5 },
      );
    });
    const { current, folderProblems } = this.configuration;
    return { status: 'up', configuration: current.hash, folderProblems: folderProblems.length };
  }
}
