import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { documentOf } from '../problems/problem-document.js';
import { Refusal } from '../problems/refusal.js';

const retryAfterSeconds = 5;
const pollMs = 20;
/** Streams that never end by themselves; they are cut when the rest is done. */
const streams = '/api/events';
/** Whether the process lives is true until it ends. */
const stillAnswered = '/health/live';

/** Lets requests that have begun finish and refuses new ones, so that a load balancer goes elsewhere. */
export class Drain {
  private isDraining = false;
  private readonly underWay = new Set<FastifyRequest>();

  /** Watches every request of a server; call it before routes are added. */
  watch(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply, done) => {
      if (this.isRefused(request)) refuse(request, reply);
      else done();
    });
    server.addHook('onResponse', (request, _, done) => {
      this.underWay.delete(request);
      done();
    });
    server.addHook('onRequestAbort', (request, done) => {
      this.underWay.delete(request);
      done();
    });
  }

  /** From now on new requests are refused; resolves when those under way are answered, at the latest after `boundMs`. */
  async finish(boundMs: number): Promise<void> {
    this.isDraining = true;
    const until = Date.now() + boundMs;
    while (this.underWay.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, pollMs));
  }

  private isRefused(request: FastifyRequest): boolean {
    if (this.isDraining) return pathOf(request) !== stillAnswered;
    if (!request.url.startsWith(streams) || pathOf(request) !== streams) this.underWay.add(request);
    return false;
  }
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? '';

function refuse(request: FastifyRequest, reply: FastifyReply): void {
  const refusal = new Refusal(
    'overloaded',
    'Expected a server that takes requests but this one is stopping; try again later.',
    {
      zh: '服务正在停止，请稍后重试。',
    },
  );
  void reply
    .status(503)
    .headers({ 'retry-after': String(retryAfterSeconds), connection: 'close' })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(documentOf(refusal, request.url)));
}
