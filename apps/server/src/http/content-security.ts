import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Settings } from '../settings/settings.js';

/** What is answered to programs: no page, so that nothing of it may be loaded, run or framed. */
const engineApi = '/v2/';

/**
 * Lets every answer carry the headers that helmet makes for a page or for the engine API, errors and streams too. Helmet is
 * asked once, on a server of its own: it would put the same texts together in each request.
 */
export async function secureAnswers(server: FastifyInstance, settings: Settings): Promise<void> {
  const ofPages = await headersOf(contentSecurity(settings));
  const ofApi = await headersOf(dataSecurity(settings));
  server.addHook('onRequest', ({ url }, reply, done) => {
    reply.headers(url.startsWith(engineApi) ? ofApi : ofPages);
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
function contentSecurity(settings: Settings): FastifyHelmetOptions {
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
    strictTransportSecurity: transportSecurity(settings),
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  };
}

/** The headers that count for what is no page (OWASP, "REST Security Cheat Sheet", "Security headers"). */
function dataSecurity(settings: Settings): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], sandbox: [] },
    },
    strictTransportSecurity: transportSecurity(settings),
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  };
}

/** Seconds in which a browser insists on TLS, where the installation has it. */
const transportSecurity = ({ baseUrl }: Settings): { readonly maxAge: number } | false =>
  baseUrl.startsWith('https://') ? { maxAge: 31_536_000 } : false;
