import type { Queryable } from '@xiangjing/db';
import type { Road } from '../event-log.ts';

export interface RoadCount {
  origin: string;
  view: string;
  kafka: number;
  https: number;
}
interface Counted extends RoadCount {
  /** The last event counted. */
  epoch: number;
  seq: number;
}
interface Row extends Omit<Counted, Road> {
  road: Road;
  events: number;
}
/** What one process has counted of one inbox. */
export interface RoadTally {
  feeds: Map<string, Counted>;
  last: Promise<unknown>;
}
export const newTally = (): RoadTally => ({ feeds: new Map(), last: Promise.resolve() });

/**
 * Events received of each feed by each road, since its first. Rows of the inbox come in the order of their feed and stay, so a process
 * counts on from where it stood: a page asks every few seconds, and an inbox has millions of rows. One call after the other, since
 * two that count the same rows would add them twice. `db`: app.
 */
export function countRoads(count: RoadTally, db: Queryable): Promise<RoadCount[]> {
  const next = count.last.then(() => addNew(count.feeds, db));
  count.last = next.catch(() => undefined);
  return next;
}

async function addNew(feeds: Map<string, Counted>, db: Queryable): Promise<RoadCount[]> {
  const known = [...feeds.values()];
  const column = (name: keyof Counted) => known.map((feed) => feed[name]);
  const { rows } = await db.query<Row>(
    `select p.origin, p.view, i.epoch, i.road, i.events, i.seq from peer_cursor p
     left join unnest($1::text[], $2::text[], $3::int[], $4::bigint[]) k(origin, view, epoch, seq) on k.origin = p.origin and k.view = p.view
     cross join lateral (select epoch, road, count(*) as events, max(seq) as seq from inbox
       where origin = p.origin and view = p.view and (epoch, seq) > (coalesce(k.epoch, 0), coalesce(k.seq, 0)) group by epoch, road) i`,
    [column('origin'), column('view'), column('epoch'), column('seq')],
  );
  for (const { origin, view, epoch, seq, road, events } of rows) {
    const key = `${origin} ${view}`;
    const feed = feeds.get(key) ?? { origin, view, kafka: 0, https: 0, epoch, seq };
    const isLater = epoch > feed.epoch || (epoch === feed.epoch && seq > feed.seq);
    feeds.set(key, { ...feed, [road]: feed[road] + events, ...(isLater ? { epoch, seq } : {}) });
  }
  return [...feeds.values()].map(({ origin, view, kafka, https }) => ({ origin, view, kafka, https }));
}
