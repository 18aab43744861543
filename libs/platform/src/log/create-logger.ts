import { trace } from '@opentelemetry/api';
import { destination, pino, type DestinationStream, type Logger } from 'pino';
import { redact } from './redact.ts';

export type { Logger };
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
export interface LoggerOptions {
  level: LogLevel;
  /** Stand in every line: node, process, release. */
  bindings?: Record<string, unknown>;
  destination?: 'stdout' | 'stderr' | DestinationStream;
}

/** One JSON object a line, with the trace id of the work that logs, and without credentials or personal numbers. */
export function createLogger(options: LoggerOptions): Logger {
  const to = options.destination ?? 'stdout';
  const stream = typeof to === 'string' ? destination({ fd: to === 'stdout' ? 1 : 2, sync: true }) : to;
  const log = pino(
    {
      level: options.level,
      base: redact(options.bindings ?? {}) as Record<string, unknown>,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
      serializers: { err: (err: unknown) => err }, // logMethod below has made it plain already
      mixin: () => {
        const span = trace.getActiveSpan()?.spanContext();
        return span ? { traceId: span.traceId } : {};
      },
      hooks: {
        logMethod(args, method) {
          const [first, ...rest] = args as [unknown, ...unknown[]];
          const merged = first instanceof Error ? { err: first } : first;
          const message = first instanceof Error && rest.length === 0 ? [first.message] : rest;
          method.apply(this, [merged, ...message].map((part) => redact(part)) as Parameters<typeof method>);
        },
      },
    },
    stream,
  );
  // pino writes a child's bindings once, past every hook; children inherit this method.
  const child = Reflect.get(log, 'child') as Logger['child'];
  log.child = function childWithoutSecrets(this: Logger, ...[bindings, more]: Parameters<typeof child>) {
    return child.call(this, redact(bindings) as typeof bindings, more);
  } as typeof log.child;
  return log;
}
