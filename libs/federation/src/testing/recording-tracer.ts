import { randomBytes } from 'node:crypto';
import { INVALID_SPAN_CONTEXT, trace, type Context, type Span, type SpanContext, type Tracer } from '@opentelemetry/api';

export interface RecordedSpan {
  name: string;
  traceId: string;
  parentSpanId: string | undefined;
}

/** A tracer that keeps what was started, each span under the context it was given. */
export function recordingTracer(): Tracer & { spans: RecordedSpan[] } {
  const spans: RecordedSpan[] = [];
  return {
    spans,
    startSpan(name: string, _options?: unknown, context?: Context): Span {
      const parent = context && trace.getSpanContext(context);
      const spanContext: SpanContext = {
        ...INVALID_SPAN_CONTEXT,
        traceId: parent?.traceId ?? randomBytes(16).toString('hex'),
        spanId: randomBytes(8).toString('hex'),
        traceFlags: 1,
      };
      spans.push({ name, traceId: spanContext.traceId, parentSpanId: parent?.spanId });
      return trace.wrapSpanContext(spanContext);
    },
    startActiveSpan: () => {
      throw new Error('spans here are started under a context of their own');
    },
  };
}
