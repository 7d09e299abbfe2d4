import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { VaultQueries } from '#persistence';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { NamesService } from '../cases/names.service.js';
import { EXPORTED } from '../ledgers/ledger-rows.service.js';
import { isoTime } from '../iso-time.js';
import { VAULT_QUERIES } from '../tokens.js';
import { RevealsService } from './reveals.service.js';

export class RevealDto {
  @ApiProperty({ type: [String], description: 'Keys of the handles to open' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @Matches(/^\d{1,20}$/, { each: true })
  sealedKeys!: string[];

  @ApiProperty({ type: String, minLength: 2, maxLength: 200, description: 'Why it must be seen; recorded' })
  @IsString()
  @Length(0, 1000)
  reason!: string;

  @ApiProperty({ type: String })
  @Matches(/^\d{1,20}$/)
  processInstanceKey!: string;
}

export class AccessLogQuery {
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Matches(/^\d{1,20}$/)
  cursor?: string;
}

const PAGE = 100;

/** Looks at protected values, and the record of all looks. */
@ApiTags('protected content')
@Controller('api')
export class RevealsController {
  constructor(
    private readonly reveals: RevealsService,
    private readonly names: NamesService,
    private readonly visibility: InstanceVisibility,
    @Inject(VAULT_QUERIES) private readonly vaultQueries: VaultQueries,
  ) {}

  @Post('reveals')
  @HttpCode(200)
  @ApiOkResponse({ description: 'Values by sealed key; recorded before they were sent' })
  async reveal(
    @Body() body: RevealDto,
    @CurrentAccount() account: SignedIn,
  ): Promise<{ values: Record<string, unknown> }> {
    return { values: Object.fromEntries(await this.reveals.reveal(body, account)) };
  }

  @Get('access-log')
  @RequirePermission('audit')
  @ApiOkResponse({ description: 'Who looked at which field of which case, when and why; newest first' })
  async accessLog(@Query() { cursor }: AccessLogQuery, @CurrentAccount() account: SignedIn) {
    const hidden = await this.visibility.hiddenCases(account);
    const rows = await this.vaultQueries.accessLog({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
    const items = await Promise.all(
      rows
        .filter(({ caseKey }) => !hidden.has(caseKey))
        .map(async (row) => ({
          at: isoTime(row.at),
          account: await this.names.account(row.account),
          role: this.names.role(row.role),
          class: row.purpose === 'export' ? EXPORTED : this.names.contentClass(row.class),
          field: this.names.field(row.field),
          caseNo: row.caseNo,
          reason: row.reason,
          purpose: row.purpose,
        })),
    );
    return { items, nextCursor: rows.length === PAGE ? (rows.at(-1)?.accessKey ?? null) : null };
  }
}
