import { context, metrics, type Counter, type Histogram, type MeterProvider } from '@opentelemetry/api';
import { SCOPE } from './start-telemetry.ts';
import { codeOf, inSpan, markFailed } from './traceparent.ts';

/** Seconds; fine enough for a verb of 10 ms, wide enough for a long poll. */
export const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Runs one procedure in a span and counts it: `xiangjing_procedure_duration_seconds` (its `_count` is the rate) and
 * `xiangjing_procedure_errors_total`, by procedure and error code. For the base procedure of tRPC, where batched calls are single ones;
 * its `next` never throws, so `failureOf` finds the error in what it gives back.
 */
export async function measureCall<T>(
  procedure: string,
  fn: () => Promise<T>,
  failureOf: (result: T) => unknown = () => undefined,
): Promise<T> {
  const { duration, errors } = instruments();
  const started = performance.now();
  const count = (failure: unknown) => {
    const code = failure === undefined ? 'OK' : codeOf(failure);
    if (failure !== undefined) errors.add(1, { procedure, code });
    duration.record((performance.now() - started) / 1000, { procedure, code });
  };
  return inSpan(procedure, context.active(), async (span) => {
    try {
      const result = await fn();
      const failure = failureOf(result);
      count(failure);
      if (failure !== undefined) markFailed(span, failure);
      return result;
    } catch (error) {
      count(error);
      throw error;
    }
  });
}

interface CallInstruments {
  duration: Histogram;
  errors: Counter;
}
const made = new WeakMap<MeterProvider, CallInstruments>();

/** The API's meter is no proxy: instruments taken before telemetry starts would stay silent, so they are made per provider. */
function instruments(): CallInstruments {
  const provider = metrics.getMeterProvider();
  const known = made.get(provider);
  if (known) return known;
  const meter = provider.getMeter(SCOPE);
  const fresh = {
    duration: meter.createHistogram('xiangjing_procedure_duration_seconds', {
      unit: 's',
      description: 'duration of procedure calls',
      advice: { explicitBucketBoundaries: DURATION_BUCKETS },
    }),
    errors: meter.createCounter('xiangjing_procedure_errors', { description: 'procedure calls that ended in an error' }),
  };
  made.set(provider, fresh);
  return fresh;
}
