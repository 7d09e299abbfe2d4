import { context, isSpanContextValid, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

interface Traced {
  readonly span: Span;
  readonly within: Context;
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A span for each command that comes over HTTP, a child of the caller's where it sends `traceparent`. Names route and
 * status, never address, account or content. Does nothing where no OpenTelemetry SDK is registered.
 */
export function traceCommands(server: FastifyInstance): void {
  const traced = new WeakMap<FastifyRequest, Traced>();
  const end = (request: FastifyRequest, status: number | undefined) => {
    const span = traced.get(request)?.span;
    if (!span) return;
    traced.delete(request);
    if (status !== undefined) span.setAttribute('http.response.status_code', status);
    if (status === undefined || status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
  server.addHook('onRequest', (request, _, done) => {
    if (!READING.has(request.method)) begin(traced, request);
    done();
  });
  // Bodies are read on events of the socket, which know nothing of the request: its context begins after them.
  server.addHook('preValidation', (request, _, done) => {
    const within = traced.get(request)?.within;
    if (within) context.with(within, done);
    else done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    end(request, reply.statusCode);
    done();
  });
  server.addHook('onRequestAbort', (request, done) => {
    end(request, undefined);
    done();
  });
}

function begin(traced: WeakMap<FastifyRequest, Traced>, request: FastifyRequest): void {
  const { method, headers, routeOptions } = request;
  const route = routeOptions.url ?? 'none';
  const caller = propagation.extract(context.active(), headers);
  const attributes = { 'http.request.method': method, 'http.route': route };
  const span = trace
    .getTracer('changtong')
    .startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, caller);
  if (isSpanContextValid(span.spanContext())) traced.set(request, { span, within: trace.setSpan(caller, span) });
}
