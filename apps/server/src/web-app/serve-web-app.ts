import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** Addresses that the browser's router owns; everything below them is the same page. */
const pages = [
  '/',
  '/work',
  '/work/*',
  '/cockpit',
  '/cockpit/*',
  '/studio',
  '/studio/*',
  '/ledgers',
  '/ledgers/*',
  '/indicators',
  '/follow',
  '/rights',
  '/report',
  '/report/*',
  '/pages/*',
  '/login',
];

const monthSeconds = 30 * 24 * 3600;

/** Serves the built web app: hashed assets are kept for ever, the page itself is asked for each time. */
export async function serveWebApp(app: NestFastifyApplication, webDir: string): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  if (!existsSync(join(webDir, 'index.html'))) {
    servePlaceholder(fastify);
    return;
  }
  const { default: fastifyStatic } = await import('@fastify/static');
  await fastify.register(fastifyStatic, {
    root: webDir,
    index: false,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => void reply.header('cache-control', cachingOf(path)),
  });
  for (const page of pages) {
    fastify.get(page, (_, reply) => reply.header('cache-control', 'no-cache').sendFile('index.html', webDir));
  }
  // A mistyped address: people get the page that says so, programs the problem as JSON.
  fastify.get('/*', ({ headers }, reply) => {
    if (!headers.accept?.includes('text/html')) return reply.callNotFound();
    return reply.status(404).header('cache-control', 'no-cache').sendFile('index.html', webDir);
  });
}

function cachingOf(path: string): string {
  if (/[\\/]assets[\\/]/.test(path)) return 'public, max-age=31536000, immutable';
  return path.endsWith('.html') ? 'no-cache' : `public, max-age=${monthSeconds}`;
}

function servePlaceholder(fastify: FastifyInstance): void {
  const text = 'The web app is not built: run npm run build.\n';
  for (const page of pages)
    fastify.get(page, (_, reply) => reply.status(503).type('text/plain; charset=utf-8').send(text));
}
