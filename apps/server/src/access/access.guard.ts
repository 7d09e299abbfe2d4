import { type CanActivate, type ExecutionContext, Injectable, type Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Refusal } from '../problems/refusal.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { BasicCredentials } from '../sessions/basic-credentials.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { sessionCookie } from '../sessions/session-cookie.js';
import { type AccessRequest, BEFORE_PASSWORD, IS_PUBLIC, type Permission, PERMISSIONS } from './decorators.js';
import { may, type SignedIn } from './signed-in.js';

type Handler = ReturnType<ExecutionContext['getHandler']>;

interface Rule {
  readonly isPublic: boolean;
  readonly isOpenBeforePassword: boolean;
  readonly permissions: readonly Permission[];
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Finds out who asks (session cookie; on `/v2` also HTTP Basic or an access token), then whether they may: who has a
 * password that somebody else set may only change it.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly rules = new Map<Type, Map<Handler, Rule>>();

  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsService,
    private readonly basic: BasicCredentials,
    private readonly tokens: AccessTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AccessRequest>();
    const { isPublic, isOpenBeforePassword, permissions } = this.ruleOf(context.getHandler(), context.getClass());
    await this.identify(request, isPublic);
    if (isPublic) return true;
    if (!request.account)
      throw new Refusal('unauthenticated', 'Expected a session, a user name and password, or an access token.');
    if (!isOpenBeforePassword) requireOwnPassword(request.account);
    this.requirePermission(request, permissions);
    return true;
  }

  /** What stands at the handler, else at its class; decorators never change. */
  private ruleOf(handler: Handler, controller: Type): Rule {
    const known = this.rules.get(controller)?.get(handler);
    if (known) return known;
    const targets = [handler, controller];
    const rule = {
      isPublic: this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, targets) ?? false,
      isOpenBeforePassword: this.reflector.getAllAndOverride<boolean | undefined>(BEFORE_PASSWORD, targets) ?? false,
      permissions: this.reflector.getAllAndOverride<readonly Permission[] | undefined>(PERMISSIONS, targets) ?? [],
    };
    this.rules.set(controller, (this.rules.get(controller) ?? new Map<Handler, Rule>()).set(handler, rule));
    return rule;
  }

  private async identify(request: AccessRequest, isPublic: boolean): Promise<void> {
    const token = request.cookies?.[sessionCookie];
    const session = token ? await this.sessions.resolve(token) : undefined;
    if (session) {
      request.account = session.account;
      request.sessionHash = session.tokenHash;
      if (!isPublic) this.requireCsrfToken(request, session.tokenHash);
      return;
    }
    const isEngineApi = request.url.startsWith('/v2/');
    if (isEngineApi && request.headers.authorization) {
      const header = request.headers.authorization;
      const account = (await this.tokens.verify(header)) ?? (await this.basic.verify(header, request.ip));
      if (account) request.account = account;
    }
  }

  private requireCsrfToken(request: AccessRequest, tokenHash: string): void {
    if (safeMethods.has(request.method)) return;
    const given = request.headers['x-csrf-token'];
    if (this.sessions.isCsrfToken(tokenHash, typeof given === 'string' ? given : '')) return;
    throw new Refusal('csrfTokenMissing', 'Expected the header X-CSRF-Token with the token of this session.');
  }

  private requirePermission({ account }: AccessRequest, permissions: readonly Permission[]): void {
    if (permissions.length === 0 || (account && permissions.some((permission) => may(account, permission)))) return;
    throw new Refusal('forbidden', `Expected one of the permissions ${permissions.join(', ')}.`);
  }
}

function requireOwnPassword({ id, mustChangePassword }: SignedIn): void {
  if (!mustChangePassword) return;
  throw new Refusal(
    'passwordChangeRequired',
    `Expected ${id} to change the password first, which somebody else set (POST /api/session/password).`,
  );
}
