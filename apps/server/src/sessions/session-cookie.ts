import type { CookieSerializeOptions } from '@fastify/cookie';
import type { Settings } from '../settings/settings.js';

export const sessionCookie = 'ct_session';

/** Cookie options: out of reach of scripts, not sent by other sites; over https alone where the server is reached so. */
export function cookieOptions({ baseUrl }: Settings, maxAgeSeconds: number): CookieSerializeOptions {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: baseUrl.startsWith('https://'), maxAge: maxAgeSeconds };
}
