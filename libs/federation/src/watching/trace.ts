import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The context that a W3C traceparent names; the root context if it is absent or malformed. */
export function contextOf(traceparent: string | null | undefined): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED,
    isRemote: true,
  });
}

/** What the next hop continues: this span, or, where nothing is recorded here, the one it was started under. */
export function traceparentOf(span: Span, under?: string | null): string | undefined {
  const { traceId, spanId, traceFlags } = span.spanContext();
  if (/^0+$/.test(traceId)) return TRACEPARENT.test(under ?? '') ? under! : undefined;
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

export const traceIdOf = (traceparent: string | null | undefined): string | null => TRACEPARENT.exec(traceparent ?? '')?.[1] ?? null;

export interface SpanStart {
  name: string;
  under: string | null | undefined;
  kind?: SpanKind;
  attributes?: Attributes;
}
export const startSpan = (tracer: Tracer, { name, under, kind = SpanKind.INTERNAL, attributes = {} }: SpanStart): Span =>
  tracer.startSpan(name, { kind, attributes }, contextOf(under));

export function failSpan(span: Span, message: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}
