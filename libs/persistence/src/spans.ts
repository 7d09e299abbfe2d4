import { context, isSpanContextValid, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import type { Outcome, Unit } from '#runtime';

/** Attributes say what kind of work it was, never whose or about what. */
const COMMAND = 'changtong.command';
const PROCESS_ID = 'changtong.process_id';
const OUTCOME = 'changtong.outcome';
const BATCH_SIZE = 'changtong.batch_size';

/** Finds the SDK when it is first used, also one that is registered later. */
const tracer = trace.getTracer('changtong');

/** A span for one unit of work, below that of the request. Does nothing where no OpenTelemetry SDK is registered. */
export function tracedUnit<R>(unit: Unit<R>, run: (span: Span) => Promise<Outcome<R>>): Promise<Outcome<R>> {
  const kind = unit.kind ?? 'housekeeping';
  const attributes = { [COMMAND]: kind, ...(unit.lane === undefined ? {} : { [PROCESS_ID]: unit.lane }) };
  const span = tracer.startSpan(`unit ${kind}`, { attributes });
  if (!isSpanContextValid(span.spanContext())) return run(span);
  return run(span).then(
    (outcome) => {
      span.setAttribute(OUTCOME, outcome.ok ? 'ok' : outcome.rejection.code).end();
      return outcome;
    },
    (cause: unknown) => {
      span.setAttribute(OUTCOME, 'failed').setStatus({ code: SpanStatusCode.ERROR }).end();
      throw cause;
    },
  );
}

/**
 * A span for one transaction, below its first unit and linked to all: a trace shows what a command shared its commit with.
 */
export async function tracedCommit<F extends { readonly kind: string }>(
  units: readonly Span[],
  attempt: () => Promise<F | undefined>,
): Promise<F | undefined> {
  const links = units.map((unit) => ({ context: unit.spanContext() }));
  const parent = units[0] ? trace.setSpan(context.active(), units[0]) : context.active();
  const span = tracer.startSpan('commit', { attributes: { [BATCH_SIZE]: units.length }, links }, parent);
  const failure = await attempt();
  span.setAttribute(OUTCOME, failure?.kind ?? 'committed');
  if (failure) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
  return failure;
}
