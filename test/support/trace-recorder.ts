import { AsyncLocalStorage } from 'node:async_hooks';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { Context, ContextManager, Span, SpanContext, SpanOptions } from '@opentelemetry/api';

export interface RecordedSpan {
  readonly name: string;
  readonly spanId: string;
  readonly traceId: string;
  readonly parentId: string | undefined;
  readonly linkedIds: readonly string[];
  readonly attributes: Record<string, unknown>;
  isEnded: boolean;
}

/** What an OpenTelemetry SDK would be: keeps every span of this process in memory. */
export interface TraceRecorder {
  readonly spans: RecordedSpan[];
  stop(): void;
}

export function recordTraces(): TraceRecorder {
  const spans: RecordedSpan[] = [];
  const startSpan = (name: string, options: SpanOptions = {}, within: Context = context.active()): Span => {
    const parent = trace.getSpanContext(within);
    const spanId = String(spans.length + 1).padStart(16, '0');
    const recorded: RecordedSpan = {
      name,
      spanId,
      traceId: parent?.traceId ?? spanId.padStart(32, '0'),
      parentId: parent?.spanId,
      linkedIds: (options.links ?? []).map((link) => link.context.spanId),
      attributes: { ...options.attributes },
      isEnded: false,
    };
    spans.push(recorded);
    return spanOf(recorded);
  };
  context.setGlobalContextManager(contextManager());
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan, startActiveSpan: notUsed }) });
  return {
    spans,
    stop: () => {
      trace.disable();
      context.disable();
    },
  };
}

const notUsed = (): never => {
  throw new Error('Expected spans to be started by startSpan alone.');
};

function spanOf(recorded: RecordedSpan): Span {
  const { traceId, spanId } = recorded;
  const spanContext: SpanContext = { traceId, spanId, traceFlags: 1 };
  const span: Span = {
    spanContext: () => spanContext,
    setAttribute: (key, value) => {
      recorded.attributes[key] = value;
      return span;
    },
    setAttributes: (attributes) => {
      Object.assign(recorded.attributes, attributes);
      return span;
    },
    addEvent: () => span,
    addLink: () => span,
    addLinks: () => span,
    setStatus: () => span,
    updateName: () => span,
    end: () => void (recorded.isEnded = true),
    isRecording: () => !recorded.isEnded,
    recordException: () => undefined,
  };
  return span;
}

function contextManager(): ContextManager {
  const storage = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (within, run, self, ...args) => storage.run(within, () => run.call(self as never, ...args)),
    bind: (_, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  return manager;
}
