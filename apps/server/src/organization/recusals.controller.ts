import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { NamesService } from '../cases/names.service.js';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { isoTime } from '../iso-time.js';
import { SealedFactsService } from '../reveals/sealed-facts.service.js';
import { RECUSAL, RecusalsService } from './recusals.service.js';

export class RecuseDto {
  @ApiPropertyOptional({ type: String, description: 'Account that is recused; absent: the own one' })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  account?: string;

  @ApiProperty({ type: String })
  @IsString()
  @Length(2, 1000, { message: '请填写理由（2 至 1000 字）' })
  reason!: string;
}

/** Who stays out of a case for a conflict of interest. */
@ApiTags('organization')
@Controller('api/instances/:key/recusals')
export class RecusalsController {
  constructor(
    private readonly recusals: RecusalsService,
    private readonly accounts: AccountsService,
    private readonly names: NamesService,
    private readonly sealed: SealedFactsService,
  ) {}

  @Get()
  @ApiOkResponse({ description: 'Recusals of the case, the latest first, and whom the account may recuse' })
  async list(@Param('key') key: string, @CurrentAccount() account: SignedIn) {
    const records = await this.recusals.list(key, account);
    const mayRecuse = account.permissions.has(RECUSAL);
    const items = await Promise.all(
      records.map(async ({ recusalKey, enteredBy, enteredAt, undoneBy, undoneAt, ...record }) => ({
        recusalKey,
        account: await this.names.account(record.account),
        reason: { $sealed: record.sealedKey },
        enteredBy: await this.names.account(enteredBy),
        enteredAt: isoTime(enteredAt),
        undoneBy: await this.names.account(undoneBy),
        undoneAt: undoneAt === null ? null : isoTime(undoneAt),
        canUndo: mayRecuse && undoneAt === null && record.account !== account.id && enteredBy !== account.id,
      })),
    );
    const all = mayRecuse ? (await this.accounts.list()).filter(({ disabled }) => !disabled) : [];
    return {
      items,
      sealed: await this.sealed.of(items, records[0]?.caseKey ?? '', account),
      accounts: all.map(({ id, name }) => ({ id, name })),
    };
  }

  @ClientCommand('own')
  @Post()
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The case does not exist any more for the account.' })
  recuse(@Param('key') key: string, @Body() body: RecuseDto, @CurrentAccount() account: SignedIn): Promise<void> {
    return this.recusals.recuse(key, { account: body.account ?? account.id, reason: body.reason }, account);
  }

  @Delete(':recusalKey')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It excludes the account no more.' })
  undo(
    @Param('key') key: string,
    @Param('recusalKey') recusalKey: string,
    @CurrentAccount() account: SignedIn,
  ): Promise<void> {
    return this.recusals.undo(key, recusalKey, account);
  }
}
