import { Body, Controller, Get, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AccountRecord } from '#persistence';
import { hashPassword } from '#vault';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { Refusal } from '../problems/refusal.js';
import type { Awaiting } from '../studio/approvals.service.js';
import { namedPosts, namedRoles, namedUnit } from './account-names.js';
import { AccountsService } from './accounts.service.js';
import { AppointmentsService } from './appointments.service.js';
import { AccountDto, ChangeAccountDto, CreateAccountDto } from './dto/accounts.dto.js';

@ApiTags('accounts')
@RequirePermission('accounts')
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly appointments: AppointmentsService,
    private readonly configuration: ConfigurationHolder,
  ) {}

  @Get()
  @ApiOkResponse({ type: [AccountDto] })
  async list(): Promise<AccountDto[]> {
    return (await this.accounts.list()).map((account) => this.toDto(account));
  }

  @Post()
  @ApiCreatedResponse({ description: 'The account; 202 where a second person must approve' })
  async create(
    @Body() { id, name, roles, unit, posts, password }: CreateAccountDto,
    @CurrentAccount() self: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountDto | Awaiting> {
    const passwordHash = await hashPassword(password);
    const account = { id, name, roles, unit: unit ?? null, posts: posts ?? [], passwordHash };
    return this.answer(await this.appointments.create(account, self), reply);
  }

  @Patch(':id')
  @ApiOkResponse({ description: 'The account as it is now; 202 where a second person must approve' })
  async change(
    @Param('id') id: string,
    @Body() { password, ...change }: ChangeAccountDto,
    @CurrentAccount() self: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountDto | Awaiting> {
    if (id === self.id && change.disabled === true) {
      throw new Refusal('invalidArgument', 'Expected another account: nobody disables the own one.', {
        zh: '不能停用自己的账号。',
      });
    }
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    return this.answer(await this.appointments.change(id, { ...change, passwordHash }, self), reply);
  }

  private answer(done: AccountRecord | Awaiting, reply: FastifyReply): AccountDto | Awaiting {
    if (!('approvalId' in done)) return this.toDto(done);
    reply.status(202);
    return done;
  }

  private toDto({ id, name, unit, roles, posts, disabled }: AccountRecord): AccountDto {
    const set = this.configuration.current;
    const named = { unit: namedUnit(unit, set), roles: namedRoles(roles, set), posts: namedPosts(posts, set) };
    return { id, name, ...named, disabled };
  }
}
