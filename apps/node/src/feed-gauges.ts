import { feedLags, outboxDepth } from '@xiangjing/federation';
import type { Runtime } from './runtime.ts';

/** Outbox depth and feed lag per view, read from the database when metrics are asked for. */
export function feedGauges({ pool, telemetry, log }: Runtime): { stop(): Promise<void> } {
  const { meter } = telemetry;
  const outbox = meter.createObservableGauge('xiangjing_outbox_intents', { description: 'intents not yet through egress' });
  const lag = meter.createObservableGauge('xiangjing_feed_lag_events', {
    description: 'events between head and cursor, per feed and direction',
  });
  const observe = async (result: Parameters<Parameters<typeof meter.addBatchObservableCallback>[0]>[0]) => {
    try {
      result.observe(outbox, await outboxDepth(pool('app')));
      for (const feed of await feedLags(pool('app')))
        result.observe(lag, feed.lag, { origin: feed.origin, view: feed.view, direction: feed.direction });
    } catch (err) {
      log.warn({ err }, 'the feed gauges could not be read');
    }
  };
  meter.addBatchObservableCallback(observe, [outbox, lag]);
  return {
    stop: () => {
      meter.removeBatchObservableCallback(observe, [outbox, lag]);
      return Promise.resolve();
    },
  };
}
