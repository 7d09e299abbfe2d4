import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Authorization } from '#configuration';
import type { SignedIn } from './signed-in.js';

export const IS_PUBLIC = 'access:public';
export const BEFORE_PASSWORD = 'access:beforePassword';
export const PERMISSIONS = 'access:permissions';

export interface AccessRequest extends FastifyRequest {
  account?: SignedIn;
  /** Hash of the session's token, where a session and no password was used. */
  sessionHash?: string;
}

/** Anybody may call it, without a session and without a CSRF token. */
export const Public = () => SetMetadata(IS_PUBLIC, true);

/** Open also to who has to change the password first, which somebody else set. */
export const OpenBeforePasswordChange = () => SetMetadata(BEFORE_PASSWORD, true);

export type Permission = 'accounts' | 'approve' | 'audit' | 'operate' | 'studio' | 'supervise' | Authorization;

/** Who calls it must have one of these permissions or authorizations of `workflows/roles.json`; others get 403. */
export const RequirePermission = (...permissions: readonly Permission[]) => SetMetadata(PERMISSIONS, permissions);

/** The signed-in account (`SignedIn`); undefined on public endpoints without a session. */
export const CurrentAccount = createParamDecorator(
  (_: unknown, context: ExecutionContext): SignedIn | undefined =>
    context.switchToHttp().getRequest<AccessRequest>().account,
);
