import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { SignedIn } from './signed-in.js';

export const IS_PUBLIC = 'access:public';
export const PERMISSIONS = 'access:permissions';

export interface AccessRequest extends FastifyRequest {
  account?: SignedIn;
  /** Hash of the session's token, where a session and no password was used. */
  sessionHash?: string;
}

/** Anybody may call it, without a session and without a CSRF token. */
export const Public = () => SetMetadata(IS_PUBLIC, true);

/** Who calls it must have one of these permissions of `workflows/roles.json`; others get 403. */
export const RequirePermission = (...permissions: readonly string[]) => SetMetadata(PERMISSIONS, permissions);

/** The signed-in account (`SignedIn`); undefined on public endpoints without a session. */
export const CurrentAccount = createParamDecorator(
  (_: unknown, context: ExecutionContext): SignedIn | undefined =>
    context.switchToHttp().getRequest<AccessRequest>().account,
);
