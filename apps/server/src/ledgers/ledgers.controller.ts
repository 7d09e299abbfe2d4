import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { PeriodLength } from '#configuration';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { DashboardsService } from './dashboards.service.js';
import { IndicatorsService } from './indicators.service.js';
import { LedgerExportService } from './ledger-export.service.js';
import { readFilters } from './ledger-filters.js';
import { LedgersService } from './ledgers.service.js';

const FILTERS = 'JSON list of `{column, equal?, from?, to?, contains?}`; all must hold';

export class LedgerRowsQuery {
  @ApiPropertyOptional({ type: String, description: FILTERS })
  @IsOptional()
  @IsString()
  @Length(0, 8000)
  filters?: string;

  @ApiPropertyOptional({ type: String, description: 'Column; default: the order of the ledger' })
  @IsOptional()
  @IsString()
  @Length(0, 100)
  sort?: string;

  @ApiPropertyOptional({ enum: ['asc', 'desc'] })
  @IsOptional()
  @IsIn(['asc', 'desc'])
  order?: 'asc' | 'desc';

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @Length(0, 2000)
  cursor?: string;

  @ApiPropertyOptional({ type: Number, maximum: 200 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class LedgerExportDto {
  @ApiProperty({ type: String, minLength: 2, maxLength: 200, description: 'Why it is taken out; recorded' })
  @IsString()
  @Length(0, 1000)
  reason!: string;

  @ApiPropertyOptional({ type: [String], description: 'Columns in the order wanted; default: all' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  columns?: string[];

  @ApiPropertyOptional({ type: String, description: FILTERS })
  @IsOptional()
  @IsString()
  @Length(0, 8000)
  filters?: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @Length(0, 100)
  sort?: string;

  @ApiPropertyOptional({ type: Boolean })
  @IsOptional()
  @IsBoolean()
  descending?: boolean;
}

const LENGTHS = ['month', 'quarter', 'year'] as const;

export class IndicatorsQuery {
  @ApiPropertyOptional({ enum: LENGTHS })
  @IsOptional()
  @IsIn(LENGTHS)
  by?: PeriodLength;
}

export class IndicatorCasesQuery extends IndicatorsQuery {
  @ApiProperty({ type: String, description: 'Such as `2026-03`, `2026-Q1`, `2026`' })
  @IsString()
  @Length(4, 7)
  period!: string;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Ledgers and indicators that the declarations show to the account. */
@ApiTags('ledgers')
@Controller('api')
export class LedgersController {
  constructor(
    private readonly ledgers: LedgersService,
    private readonly exports: LedgerExportService,
    private readonly indicators: IndicatorsService,
    private readonly dashboards: DashboardsService,
  ) {}

  @Get('dashboards')
  @ApiOkResponse({ description: 'Pages of figures, with what you may see of them' })
  pages(@CurrentAccount() account: SignedIn) {
    return this.dashboards.list(account);
  }

  @Get('ledgers')
  @ApiOkResponse({ description: 'Ledgers that you may see' })
  list(@CurrentAccount() account: SignedIn) {
    return this.ledgers.list(account);
  }

  @Get('ledgers/:id')
  @ApiOkResponse({ description: 'Columns, choices of filters, order' })
  describe(@Param('id') id: string, @CurrentAccount() account: SignedIn) {
    return this.ledgers.describe(id, account);
  }

  @Get('ledgers/:id/rows')
  @ApiOkResponse({ description: 'A page of rows that you may see; the total counts no others, up to 10,000' })
  rows(@Param('id') id: string, @Query() query: LedgerRowsQuery, @CurrentAccount() account: SignedIn) {
    const { filters, sort, order, cursor, limit } = query;
    const wish = {
      filters: readFilters(filters),
      ...(sort === undefined ? {} : { sort, descending: order === 'desc' }),
      ...(cursor === undefined ? {} : { cursor }),
      ...(limit === undefined ? {} : { limit }),
    };
    return this.ledgers.rows(id, wish, account);
  }

  @Post('ledgers/:id/export')
  @HttpCode(200)
  @ApiProduces(XLSX)
  @ApiOkResponse({ description: 'A workbook of all rows that you may see; recorded before it is sent' })
  async export(
    @Param('id') id: string,
    @Body() { filters, ...body }: LedgerExportDto,
    @CurrentAccount() account: SignedIn,
    @Res() reply: FastifyReply,
  ) {
    const { fileName, stream } = await this.exports.export(id, { ...body, filters: readFilters(filters) }, account);
    return reply
      .header('content-type', XLSX)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
      .header('cache-control', 'no-store')
      .send(stream);
  }

  @Get('indicators')
  @ApiOkResponse({ description: 'Figures of the last periods, with numerator and denominator' })
  figures(@Query() { by = 'month' }: IndicatorsQuery, @CurrentAccount() account: SignedIn) {
    return this.indicators.list(by, account);
  }

  @Get('indicators/:id/cases')
  @ApiOkResponse({ description: 'Counted cases that you may open anyway' })
  cases(
    @Param('id') id: string,
    @Query() { by = 'month', period }: IndicatorCasesQuery,
    @CurrentAccount() account: SignedIn,
  ) {
    return this.indicators.cases(id, { length: by, period }, account);
  }
}
