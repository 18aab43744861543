import type { IncomingMessage, ServerResponse } from 'node:http';
import { context, metrics, propagation, trace, type Meter, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

export type { Meter, Tracer };
export interface Telemetry {
  meter: Meter;
  tracer: Tracer;
  /** Answers `GET /metrics` in Prometheus' format. */
  metricsHandler(req: IncomingMessage, res: ServerResponse): void;
  /** Sends what is left; a collector that does not answer delays the end by seconds, never forever. */
  shutdown(): Promise<void>;
}
export interface TelemetryOptions {
  serviceName: string;
  /** Describe the process: node, release, target. Names only, never paths or the command line. */
  attributes: Record<string, string>;
  /** Collector for traces, `http://collector:4318/v1/traces`. Without it spans have ids and go nowhere. */
  otlpUrl?: string;
  exportIntervalMs?: number;
}

export const SCOPE = 'xiangjing';
const EXPORT_TIMEOUT_MS = 3_000;

/**
 * Once a process, before the HTTP server is made: instruments made earlier stay silent. The parts of the SDK are put together here,
 * because its bundle loads every exporter there is, and a node has its memory counted.
 */
export function startTelemetry(options: TelemetryOptions): Telemetry {
  const resource = resourceFromAttributes({ ...options.attributes, 'service.name': options.serviceName });
  const prometheus = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true });
  const meters = new MeterProvider({ resource, readers: [prometheus] });
  const spanProcessors = options.otlpUrl === undefined ? [] : [batches(options.otlpUrl, options.exportIntervalMs)];
  const tracers = new TracerProvider({ resource, spanProcessors });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  metrics.setGlobalMeterProvider(meters);
  trace.setGlobalTracerProvider(tracers);
  return {
    meter: metrics.getMeter(SCOPE),
    tracer: trace.getTracer(SCOPE),
    metricsHandler: (req, res) => prometheus.getMetricsRequestHandler(req, res),
    async shutdown() {
      await Promise.allSettled([tracers.shutdown(), meters.shutdown()]); // a collector that is down must not turn a clean stop into a failure
      for (const api of [metrics, trace, context, propagation]) api.disable();
    },
  };
}

function batches(url: string, scheduledDelayMillis = 5_000): BatchSpanProcessor {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS });
  return new BatchSpanProcessor({ exporter, scheduledDelayMillis, exportTimeoutMillis: EXPORT_TIMEOUT_MS });
}
