import type { Queryable } from '@xiangjing/db';

export interface ComparedFeed {
  origin: string;
  view: string;
  /** Events known to be missing: a feed is compared when it is level. */
  lag: number;
  /** The newest comparison; null before the first. */
  last: { at: Date; equal: boolean; repaired: number; unknown: number } | null;
}

/** Every feed this node reads, with its newest comparison. `queryable`: app. */
export async function comparedFeeds(queryable: Queryable): Promise<ComparedFeed[]> {
  type Row = { origin: string; view: string; lag: string | number; at: Date | null; equal: boolean; repaired: number; unknown: number };
  const { rows } = await queryable.query<Row>(
    `select p.origin, p.view, greatest(p.head_seq - p.seq, 0) as lag, c.at, c.equal, c.repaired, c.unknown
     from peer_cursor p left join comparison c on c.origin = p.origin and c.view = p.view order by p.origin, p.view`,
  );
  return rows.map(({ origin, view, lag, at, ...found }) => ({ origin, view, lag: Number(lag), last: at && { at, ...found } }));
}
