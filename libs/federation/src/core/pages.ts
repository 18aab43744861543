import { MAX_EVENTS, PAGE_BYTES } from '../wire.ts';

export interface Sized {
  epoch: number;
  seq: number;
  bytes: number;
}
export interface PageLimits {
  events: number;
  bytes: number;
}

/**
 * Records of one feed as they come, cut into pages of events that follow each other. Nothing is dropped and nothing reordered: a
 * repeat or a hole begins a page. A record larger than a page goes alone.
 */
export function cutPages<R extends Sized>(records: readonly R[], limits: PageLimits = { events: MAX_EVENTS, bytes: PAGE_BYTES }): R[][] {
  const pages: R[][] = [];
  let bytes = 0;
  for (const record of records) {
    const page = pages.at(-1);
    const last = page?.at(-1);
    const follows = last !== undefined && record.epoch === last.epoch && record.seq === last.seq + 1;
    if (page && follows && page.length < limits.events && bytes + record.bytes <= limits.bytes) {
      page.push(record);
      bytes += record.bytes;
    } else {
      pages.push([record]);
      bytes = record.bytes;
    }
  }
  return pages;
}
