import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { SubstitutionRecord } from '#persistence';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { NamesService } from '../cases/names.service.js';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { EnterSubstitutionDto, type SubstitutionDto, SubstitutionsDto } from './dto.js';
import { SUBSTITUTES, SubstitutionsService } from './substitutions.service.js';

/** Standing substitutes: who does whose work on which days. */
@ApiTags('organization')
@Controller('api/substitutions')
export class SubstitutionsController {
  constructor(
    private readonly substitutions: SubstitutionsService,
    private readonly accounts: AccountsService,
    private readonly names: NamesService,
  ) {}

  @Get()
  @ApiOkResponse({ type: SubstitutionsDto })
  async list(@CurrentAccount() account: SignedIn): Promise<SubstitutionsDto> {
    const records = await this.substitutions.list(account);
    const eligible = await this.substitutions.eligible();
    return {
      items: await Promise.all(records.map((record) => this.toDto(record, account))),
      eligible: eligible.map(({ id, name }) => ({ id, name })),
      arrangesForOthers: account.permissions.has(SUBSTITUTES),
    };
  }

  @ClientCommand()
  @Post()
  @ApiCreatedResponse({ description: 'Key of the substitution' })
  async enter(@Body() body: EnterSubstitutionDto, @CurrentAccount() account: SignedIn) {
    const wish = { ...body, account: body.account ?? account.id };
    return { substitutionKey: await this.substitutions.enter(wish, account) };
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It ends at once.' })
  end(@Param('key') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    return this.substitutions.end(key, account);
  }

  private async toDto(record: SubstitutionRecord, account: SignedIn): Promise<SubstitutionDto> {
    const { substitutionKey, fromDay: from, untilDay: until, reason } = record;
    const named = async (id: string) => (await this.names.account(id)) ?? { id, name: id };
    const today = this.accounts.today();
    return {
      substitutionKey,
      account: await named(record.account),
      substitute: await named(record.substitute),
      from,
      until,
      reason,
      enteredBy: await named(record.enteredBy),
      inForce: from <= today && today <= until,
      canEnd: record.account === account.id || account.permissions.has(SUBSTITUTES),
    };
  }
}
