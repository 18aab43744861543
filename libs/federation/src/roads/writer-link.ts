import { openListener, type Listener } from '@xiangjing/db';
import { createLoop } from '../loop.ts';
import { createSerial } from '../serial.ts';
import { createOutageLog } from '../watching/outage-log.ts';
import type { FeedWriter } from './feed-writer.ts';
import type { Link, RunningOptions } from './link.ts';
import { createPublishingLease } from './publishing-lease.ts';

/** Writers of one road: one at a time, in this order, each in a loop of its own. */
export interface WriterGroup {
  writers: readonly FeedWriter[];
  road: string;
  idleMs: number;
  longestPauseMs: number;
}

/** Runs writers, in one process of the node at a time: woken by each new feed row, and from time to time on their own. */
export function createWriterLink(options: RunningOptions, groups: readonly WriterGroup[]): Link {
  const { pool, registry, log, random = Math.random, nowMs = () => performance.now() } = options;
  const url = pool.options.connectionString!;
  const lease = createPublishingLease({ url, log, random, nowMs, onHeld: beginAnew });
  const all = groups.flatMap(({ writers, road, idleMs, longestPauseMs }) => {
    const serially = createSerial();
    return writers.map((writer) => {
      const outage = createOutageLog(log, { road, view: writer.view }, 'writing a feed failed and is tried again');
      const write = (signal?: AbortSignal) => serially(() => writer.write(signal));
      const loop = createLoop({
        async step(signal) {
          if (!registry.trust()) await registry.refresh();
          const term = lease.term();
          if (!registry.trust() || !term) return false;
          const isFurther = (await write(AbortSignal.any([signal, term]))) > 0 && !writer.isLevel();
          outage.over();
          return isFurther;
        },
        idleMs,
        longestPauseMs,
        random,
        onError: outage.note,
      });
      return { writer, write, loop };
    });
  });
  let listener: Listener | undefined;
  const wake = () => all.forEach(({ loop }) => loop.wake());

  function beginAnew(): void {
    for (const { writer } of all) writer.beginAnew();
    wake();
  }

  return {
    async start() {
      listener = await openListener(url, { xiangjing_feed: wake }, (error) =>
        log.warn({ err: error }, 'the wake-up connection of the feed writers was lost'),
      );
      lease.start();
      for (const { loop } of all) loop.start();
    },
    async drain() {
      await registry.refresh();
      let total = 0;
      for (const { writer, write } of all) {
        writer.askAnew(); // at least one exchange, so that it is known afterwards where the other side stands
        for (let count = await write(); count > 0; count = await write()) total += count;
      }
      return total;
    },
    async stop() {
      await Promise.all([...all.map(({ loop }) => loop.stop()), listener?.close()]);
      await lease.stop(); // not before: nothing is under way any more when another process takes over
    },
  };
}
