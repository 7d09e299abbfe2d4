import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Queries } from '#persistence';
import type { Runtime } from '#runtime';
import { RequirePermission } from '../access/decorators.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { isoTime } from '../iso-time.js';
import { Refusal, replyOf } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';
import { QUERIES, RUNTIME, SETTINGS } from '../tokens.js';

class ScheduleDto {
  @ApiProperty({ type: String })
  id!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: String })
  processId!: string;

  @ApiProperty({ type: String })
  processName!: string;

  @ApiProperty({ type: String, nullable: true, description: 'ISO 8601; null where it never comes due again' })
  dueAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'ISO 8601; the last time it was due' })
  lastAt!: string | null;
}

/** What starts again and again, and when next. */
@ApiTags('operation')
@Controller('api/schedules')
export class SchedulesController {
  constructor(
    private readonly configuration: ConfigurationHolder,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  @RequirePermission('operate', 'supervise', 'studio')
  @ApiOkResponse({ type: [ScheduleDto] })
  async list(): Promise<ScheduleDto[]> {
    const { schedules, processes } = this.configuration.current;
    const records = new Map((await this.queries.schedules()).map((record) => [record.id, record]));
    return schedules.map(({ id, title, processId }) => ({
      id,
      title,
      processId,
      processName: processes.find((process) => process.id === processId)?.definition.name ?? processId,
      dueAt: isoTime(records.get(id)?.dueAt),
      lastAt: isoTime(records.get(id)?.lastAt),
    }));
  }

  /** Counts anew from the engine's time: where the clock was set back, what comes due from there on is started. */
  @Post('recount')
  @RequirePermission('SYSTEM:UPDATE')
  @HttpCode(204)
  @ApiNoContentResponse({ description: '403 without CLOCK_CONTROL=true.' })
  async recount(): Promise<void> {
    if (!this.settings.clockControl)
      throw new Refusal('forbidden', 'Expected CLOCK_CONTROL=true for changes of the clock.');
    replyOf(await this.runtime.recountSchedules());
  }
}
