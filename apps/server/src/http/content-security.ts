import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Settings } from '../settings/settings.js';

/**
 * Lets every answer carry the headers that helmet makes for `contentSecurity`, errors and streams too. Helmet is asked once,
 * on a server of its own: it would put the same texts together in each request.
 */
export async function secureAnswers(server: FastifyInstance, settings: Settings): Promise<void> {
  const headers = await headersOf(contentSecurity(settings));
  server.addHook('onRequest', (_, reply, done) => {
    reply.headers(headers);
    done();
  });
}

/** Answers a request that nobody sent, and listens to nothing. */
async function headersOf(options: FastifyHelmetOptions): Promise<Record<string, string>> {
  const server = new FastifyAdapter().getInstance() as unknown as FastifyInstance;
  await server.register(helmet, options);
  const headers = new Promise<Record<string, string>>((resolve) => {
    server.get('/', async (_, reply) => resolve(reply.getHeaders() as Record<string, string>));
  });
  await server.ready();
  const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/' });
  server.routing(request, new ServerResponse(request));
  return headers;
}

/**
 * Only scripts of our own, nothing from other hosts. Inline styles stay allowed: antd and the diagram editors set them.
 * The page may be framed by nobody; `Referrer-Policy: no-referrer` keeps the portal's address out of other logs.
 */
function contentSecurity({ baseUrl }: Settings): FastifyHelmetOptions {
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
