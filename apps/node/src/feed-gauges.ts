import { feedLags, outboxDepth } from '@xiangjing/federation';
import type { Runtime } from './runtime.ts';

/** Outbox depth, lag and age of each feed, read from the database when metrics are asked for. */
export function feedGauges({ pool, telemetry, clock, log }: Pick<Runtime, 'pool' | 'telemetry' | 'clock' | 'log'>): {
  stop(): Promise<void>;
} {
  const { meter } = telemetry;
  const outbox = meter.createObservableGauge('xiangjing_outbox_intents', { description: 'intents not yet through egress' });
  const lag = meter.createObservableGauge('xiangjing_feed_lag_events', {
    description: 'events between head and cursor, per feed and direction',
  });
  const age = meter.createObservableGauge('xiangjing_feed_age_seconds', {
    description: 'since a feed that this node reads was last heard of, with or without news',
  });
  const observe = async (result: Parameters<Parameters<typeof meter.addBatchObservableCallback>[0]>[0]) => {
    try {
      result.observe(outbox, await outboxDepth(pool('app')));
      for (const { origin, view, direction, heardAt, ...feed } of await feedLags(pool('app'))) {
        result.observe(lag, feed.lag, { origin, view, direction });
        if (heardAt) result.observe(age, Math.max(0, (clock.now().getTime() - heardAt.getTime()) / 1000), { origin, view });
      }
    } catch (err) {
      log.warn({ err }, 'the feed gauges could not be read');
    }
  };
  meter.addBatchObservableCallback(observe, [outbox, lag, age]);
  return {
    stop: () => {
      meter.removeBatchObservableCallback(observe, [outbox, lag, age]);
      return Promise.resolve();
    },
  };
}
