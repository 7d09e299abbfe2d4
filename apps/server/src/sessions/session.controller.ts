import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type AccessRequest, CurrentAccount, OpenBeforePasswordChange, Public } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { namedPosts, namedRoles, namedUnit } from '../accounts/account-names.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import type { Settings } from '../settings/settings.js';
import { SETTINGS } from '../tokens.js';
import { ChangePasswordDto, LoginDto, SessionDto, type UserDto } from './dto/session.dto.js';
import { LoginService } from './login.service.js';
import { cookieOptions, sessionCookie } from './session-cookie.js';
import { sessionHours, SessionsService } from './sessions.service.js';

@ApiTags('session')
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly login: LoginService,
    private readonly sessions: SessionsService,
    private readonly accounts: AccountsService,
    private readonly configuration: ConfigurationHolder,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Public()
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: SessionDto })
  async open(
    @Body() { username, password }: LoginDto,
    @Req() request: AccessRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const account = await this.login.verify(username, password, request.ip);
    if (request.sessionHash) await this.sessions.close(request.sessionHash);
    const { token, csrfToken } = await this.sessions.open(account.id);
    void reply.setCookie(sessionCookie, token, cookieOptions(this.settings, sessionHours * 3600));
    return { user: this.toUser(account), csrfToken };
  }

  @Public()
  @Get()
  @ApiOkResponse({ type: SessionDto })
  show(@Req() { account, sessionHash }: AccessRequest): SessionDto {
    if (!account || !sessionHash) return { user: null, csrfToken: null };
    return { user: this.toUser(account), csrfToken: this.sessions.csrfToken(sessionHash) };
  }

  @OpenBeforePasswordChange()
  @Delete()
  @HttpCode(204)
  @ApiNoContentResponse()
  async close(@Req() request: AccessRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    if (request.sessionHash) await this.sessions.close(request.sessionHash);
    void reply.clearCookie(sessionCookie, { path: '/' });
  }

  @OpenBeforePasswordChange()
  @Post('password')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'All other sessions of the account end.' })
  async changePassword(
    @Body() { current, next }: ChangePasswordDto,
    @CurrentAccount() account: SignedIn,
    @Req() request: AccessRequest,
  ): Promise<void> {
    await this.accounts.changePassword(account.id, current, next);
    await this.sessions.closeAllOf(account.id, request.sessionHash);
  }

  private toUser({ id, name, unit, roles, posts, permissions, standsInFor, mustChangePassword }: SignedIn): UserDto {
    const set = this.configuration.current;
    return {
      id,
      name,
      unit: namedUnit(unit, set),
      roles: namedRoles(roles, set),
      posts: namedPosts(posts, set),
      permissions: [...permissions],
      mustChangePassword,
      standsInFor: standsInFor.map((holder) => ({ id: holder.id, name: holder.name })),
    };
  }
}
