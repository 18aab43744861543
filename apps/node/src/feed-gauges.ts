import type { Runtime } from './runtime.ts';

/** Outbox depth and feed lag per view, read from the database when metrics are asked for. */
export async function feedGauges({ pool, telemetry, log }: Runtime): Promise<{ stop(): Promise<void> }> {
  const { meter } = telemetry;
  const outbox = meter.createObservableGauge('xiangjing_outbox_intents', { description: 'intents not yet through egress' });
  const lag = meter.createObservableGauge('xiangjing_feed_lag_events', {
    description: 'events between head and cursor, per feed and direction',
  });
  const observe = async (result: Parameters<Parameters<typeof meter.addBatchObservableCallback>[0]>[0]) => {
    try {
      const { rows } = await pool('app').query<{ outbox: string }>(
        `select h.seq - c.seq outbox from stream_head h, egress_cursor c where h.stream = 'intent'`,
      );
      result.observe(outbox, Number(rows[0]?.outbox ?? 0));
      for (const feed of await feedLags(pool('app')))
        result.observe(lag, Number(feed.lag), { origin: feed.origin, view: feed.view, direction: feed.direction });
    } catch (err) {
      log.warn({ err }, 'the feed gauges could not be read');
    }
  };
  meter.addBatchObservableCallback(observe, [outbox, lag]);
  return { stop: async () => meter.removeBatchObservableCallback(observe, [outbox, lag]) };
}

async function feedLags(db: ReturnType<Runtime['pool']>) {
  const { rows } = await db.query<{ origin: string; view: string; direction: string; lag: string }>(
    `select (select adcode from node_identity) origin, h.view, 'out' direction, h.seq - coalesce(p.seq, 0) lag
       from feed_head h left join push_cursor p using (view) where p.view is not null
     union all
     select origin, view, 'in', head_seq - seq from peer_cursor`,
  );
  return rows;
}
