import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountRecord } from '#persistence';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { Refusal } from '../problems/refusal.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { namedPosts, namedRoles, namedUnit } from './account-names.js';
import { AccountsService } from './accounts.service.js';
import { AccountDto, ChangeAccountDto, CreateAccountDto } from './dto/accounts.dto.js';

@ApiTags('accounts')
@RequirePermission('accounts')
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly configuration: ConfigurationHolder,
  ) {}

  @Get()
  @ApiOkResponse({ type: [AccountDto] })
  async list(): Promise<AccountDto[]> {
    return (await this.accounts.list()).map((account) => this.toDto(account));
  }

  @Post()
  @ApiCreatedResponse({ type: AccountDto })
  async create(@Body() { id, name, roles, unit, posts, password }: CreateAccountDto): Promise<AccountDto> {
    const account = { id, name, roles, unit: unit ?? null, posts: posts ?? [], password };
    return this.toDto(await this.accounts.create(account));
  }

  @Patch(':id')
  @ApiOkResponse({ type: AccountDto })
  async change(
    @Param('id') id: string,
    @Body() change: ChangeAccountDto,
    @CurrentAccount() self: SignedIn,
  ): Promise<AccountDto> {
    if (id === self.id && change.disabled === true) {
      throw new Refusal('invalidArgument', 'Expected another account: nobody disables the own one.', {
        zh: '不能停用自己的账号。',
      });
    }
    const account = await this.accounts.change(id, { ...change });
    if (change.disabled === true || change.password !== undefined) await this.sessions.closeAllOf(id);
    return this.toDto(account);
  }

  private toDto({ id, name, unit, roles, posts, disabled }: AccountRecord): AccountDto {
    const set = this.configuration.current;
    const named = { unit: namedUnit(unit, set), roles: namedRoles(roles, set), posts: namedPosts(posts, set) };
    return { id, name, ...named, disabled };
  }
}
