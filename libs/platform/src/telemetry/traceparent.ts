import { context, ROOT_CONTEXT, SpanStatusCode, trace, TraceFlags, type Context, type Span, type SpanContext } from '@opentelemetry/api';
import { SCOPE } from './start-telemetry.ts';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The active span as a W3C traceparent, to be stored with an intent or sent along. */
export function currentTraceparent(): string | undefined {
  const span = activeSpanContext();
  return span && `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}

/** 32 hex digits that a person can quote from a page and find in the log. */
export const currentTraceId = (): string | undefined => activeSpanContext()?.traceId;

function activeSpanContext(): SpanContext | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span && trace.isSpanContextValid(span) ? span : undefined;
}

/** The context that continues `traceparent`, or an empty one if it is absent or malformed. */
export function contextOf(traceparent: string | null | undefined): Context {
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  const parent: SpanContext = { traceId, spanId, traceFlags: Number.parseInt(flags || '0', 16) & TraceFlags.SAMPLED, isRemote: true };
  return trace.isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}

/** Runs `fn` in a span that continues `traceparent`; without one a new trace begins. */
export function withTraceparent<T>(traceparent: string | null | undefined, name: string, fn: () => Promise<T>): Promise<T> {
  return inSpan(name, contextOf(traceparent), fn);
}

/** Runs `fn` in a span under `parent`, which ends with it and shows its failure. */
export function inSpan<T>(name: string, parent: Context, fn: (span: Span) => Promise<T>): Promise<T> {
  const span = trace.getTracer(SCOPE).startSpan(name, {}, parent);
  return context.with(trace.setSpan(parent, span), async () => {
    try {
      return await fn(span);
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Only the code goes out with a span: messages may quote what a person typed. */
export function markFailed(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: codeOf(error) });
}

export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : 'INTERNAL';
}
