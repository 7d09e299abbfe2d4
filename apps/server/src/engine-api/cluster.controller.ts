import { Body, Controller, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Database } from '#persistence';
import type { Runtime } from '#runtime';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { CurrentAccount, Public, RequirePermission } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { Refusal, replyOf } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';
import { DATABASE, RUNTIME, SETTINGS } from '../tokens.js';
import { PinClockDto } from './dto/bodies.dto.js';
import { tenant } from './search.js';

/** The version of the API that is spoken. */
const apiVersion = '8.8.0';

@ApiTags('engine: cluster')
@Controller('v2')
export class ClusterController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  /**
   * Nodes are equal and share one database: seen from outside they are one broker with one partition; `clusterSize` tells
   * how many there are, and is no query, as clients ask often.
   */
  @Get('topology')
  @ApiOkResponse()
  topology() {
    const { host, port } = this.settings;
    const partitions = [{ partitionId: 1, role: 'leader', health: 'healthy' }];
    const brokers = [{ nodeId: 0, host, port, partitions, version: apiVersion }];
    return {
      brokers,
      clusterSize: Math.max(1, this.runtime.liveNodes()),
      partitionsCount: 1,
      replicationFactor: 1,
      gatewayVersion: apiVersion,
      lastCompletedChangeId: '-1',
    };
  }

  @Public()
  @Get('status')
  @HttpCode(204)
  @ApiNoContentResponse()
  async status(): Promise<void> {
    await this.database.ping().catch(() => {
      throw new Refusal('overloaded', 'Expected the database to answer but it does not.', { retryAfterSeconds: 5 });
    });
  }

  @Public()
  @Get('license')
  @ApiOkResponse()
  license() {
    return { validLicense: true, licenseType: 'unknown', isCommercial: false };
  }

  @Get('authentication/me')
  @ApiOkResponse()
  me(@CurrentAccount() { id, name, roles, groups }: SignedIn) {
    return {
      username: id,
      displayName: name,
      email: null,
      authorizedComponents: [],
      tenants: [{ name: 'Default', tenantId: tenant, description: '' }],
      groups,
      roles,
      salesPlanType: '',
      c8Links: {},
      canLogout: true,
    };
  }

  @RequirePermission('SYSTEM:UPDATE')
  @ClientCommand()
  @Put('clock')
  @HttpCode(204)
  @ApiNoContentResponse({ description: '400 where the time is before the last event; 403 without CLOCK_CONTROL=true.' })
  async pin(@Body() { timestamp }: PinClockDto): Promise<void> {
    this.requireClockControl();
    replyOf(await this.runtime.pinClock(timestamp));
  }

  @RequirePermission('SYSTEM:UPDATE')
  @ClientCommand()
  @Post('clock/reset')
  @HttpCode(204)
  @ApiNoContentResponse()
  async reset(): Promise<void> {
    this.requireClockControl();
    replyOf(await this.runtime.resetClock());
  }

  private requireClockControl(): void {
    if (!this.settings.clockControl)
      throw new Refusal('forbidden', 'Expected CLOCK_CONTROL=true for changes of the clock.');
  }
}
