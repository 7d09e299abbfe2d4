import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LOG } from '../tokens.js';
import { StoredAnswer } from '../idempotency/stored-answer.js';
import { asRefusal, bugDocument, documentOf } from './problem-document.js';

/** Answers everything that is thrown as `application/problem+json`; a bug is logged and told as nothing more than that. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    if (error instanceof StoredAnswer) return answer(reply, error.status, error.body);
    const refusal = asRefusal(error);
    if (!refusal)
      this.log.error({ err: error, route: request.routeOptions?.url, requestId: request.id }, 'request failed');
    const document = refusal ? documentOf(refusal, request.url) : bugDocument(request.url);
    const retryAfter = refusal?.details.retryAfterSeconds;
    if (retryAfter !== undefined) void reply.header('retry-after', String(Math.ceil(retryAfter)));
    if (document.status === 401 && request.url.startsWith('/v2'))
      void reply.header('www-authenticate', 'Basic realm="changtong"');
    answer(reply, document.status, JSON.stringify(document));
  }
}

function answer(reply: FastifyReply, status: number, body: string): void {
  void reply.status(status).type('application/problem+json; charset=utf-8').send(body);
}
