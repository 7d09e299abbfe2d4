import { Body, Controller, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type AccessRequest, Public } from '../access/decorators.js';
import { Refusal } from '../problems/refusal.js';
import { AccessTokens, accessTokenSeconds } from './access-tokens.js';
import { LoginService } from './login.service.js';

interface TokenRequest {
  readonly grant_type?: unknown;
  readonly client_id?: unknown;
  readonly client_secret?: unknown;
}

/** The token endpoint of OAuth 2.0 for the client credentials grant (RFC 6749, section 4.4); a client is an account. */
@ApiTags('session')
@Controller('oauth')
export class OauthController {
  constructor(
    private readonly login: LoginService,
    private readonly tokens: AccessTokens,
  ) {}

  @Public()
  @Post('token')
  @HttpCode(200)
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiOkResponse({ description: '`access_token`, `token_type`, `expires_in` (seconds); 400 and 401 as RFC 6749 says.' })
  async token(
    @Body() body: TokenRequest | undefined,
    @Headers('authorization') header: string | undefined,
    @Req() request: AccessRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    void reply.header('cache-control', 'no-store');
    if (body?.grant_type !== 'client_credentials')
      return fail(reply, 400, 'unsupported_grant_type', 'Expected grant_type to be client_credentials.');
    const client = credentialsOf(body, header);
    if (!client)
      return fail(reply, 400, 'invalid_request', 'Expected client_id and client_secret, in the body or by HTTP Basic.');
    try {
      const { id } = await this.login.verify(client.id, client.secret, request.ip);
      return {
        access_token: await this.tokens.issue(id),
        token_type: 'Bearer',
        expires_in: accessTokenSeconds,
      };
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'unauthenticated') throw error;
      return fail(reply, 401, 'invalid_client', 'Expected a known client with its secret.');
    }
  }
}

function fail(reply: FastifyReply, status: number, error: string, description: string) {
  void reply.status(status);
  return { error, error_description: description };
}

/** RFC 6749, section 2.3.1: by HTTP Basic, each part form-encoded, or in the body. */
function credentialsOf({ client_id, client_secret }: TokenRequest, header: string | undefined) {
  const encoded = /^Basic ([A-Za-z0-9+/=]{1,4096})$/i.exec(header ?? '')?.[1];
  if (encoded !== undefined) return basicOf(Buffer.from(encoded, 'base64').toString('utf8'));
  if (typeof client_id !== 'string' || typeof client_secret !== 'string' || client_id === '') return undefined;
  return { id: client_id, secret: client_secret };
}

function basicOf(text: string) {
  const colon = text.indexOf(':');
  if (colon < 1) return undefined;
  return { id: decoded(text.slice(0, colon)), secret: decoded(text.slice(colon + 1)) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // A secret with a lone percent sign, sent as it is.
    return text;
  }
}
