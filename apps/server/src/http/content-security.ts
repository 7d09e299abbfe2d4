import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { Settings } from '../settings/settings.js';

/**
 * Only scripts of our own, nothing from other hosts. Inline styles stay allowed: antd and the diagram editors set them.
 * The page may be framed by nobody; `Referrer-Policy: no-referrer` keeps the portal's address out of other logs.
 */
export function contentSecurity({ baseUrl }: Settings): FastifyHelmetOptions {
  const isHttps = baseUrl.startsWith('https://');
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        frameSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  };
}
