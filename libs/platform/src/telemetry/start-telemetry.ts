import type { IncomingMessage, ServerResponse } from 'node:http';
import { context, metrics, propagation, trace, type Meter, type Tracer } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor, NoopSpanProcessor } from '@opentelemetry/sdk-trace';

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

/** Once a process, before the HTTP server is made: instruments made earlier stay silent. */
export function startTelemetry(options: TelemetryOptions): Telemetry {
  const prometheus = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true });
  const sdk = new NodeSDK({
    serviceName: options.serviceName,
    resource: resourceFromAttributes(options.attributes),
    autoDetectResources: false,
    logRecordProcessors: [],
    metricReaders: [prometheus],
    // A processor must stand here even when nothing is exported: without any there is no tracer, so no trace id for logs and events.
    spanProcessors: [options.otlpUrl === undefined ? new NoopSpanProcessor() : batches(options.otlpUrl, options.exportIntervalMs)],
  });
  sdk.start();
  return {
    meter: metrics.getMeter(SCOPE),
    tracer: trace.getTracer(SCOPE),
    metricsHandler: (req, res) => prometheus.getMetricsRequestHandler(req, res),
    async shutdown() {
      await sdk.shutdown().catch(() => undefined); // a collector that is down must not turn a clean stop into a failure
      for (const api of [metrics, trace, context, propagation]) api.disable();
    },
  };
}

function batches(url: string, scheduledDelayMillis = 5_000): BatchSpanProcessor {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS });
  return new BatchSpanProcessor({ exporter, scheduledDelayMillis, exportTimeoutMillis: EXPORT_TIMEOUT_MS });
}
