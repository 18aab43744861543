import type { Queryable } from '@xiangjing/db';

export interface FeedLag {
  origin: string;
  view: string;
  direction: 'out' | 'in';
  /** Events between head and cursor. */
  lag: number;
  /** When the node last heard of a feed it reads; null for its own. */
  heardAt: Date | null;
}

/** How far each feed is behind: own feeds against what the province acknowledged, others' against the head they named. `queryable`: app. */
export async function feedLags(queryable: Queryable): Promise<FeedLag[]> {
  const { rows } = await queryable.query<Omit<FeedLag, 'lag'> & { lag: string | number }>(
    `select (select adcode from node_identity) origin, h.view, 'out' direction, h.seq - coalesce(p.seq, 0) lag, null::timestamptz "heardAt"
       from feed_head h left join push_cursor p using (view) where p.view is not null
     union all
     select origin, view, 'in', head_seq - seq, heard_at from peer_cursor`,
  );
  return rows.map((row) => ({ ...row, lag: Number(row.lag) }));
}

/** Intents that are not yet through egress. */
export async function outboxDepth(queryable: Queryable): Promise<number> {
  const { rows } = await queryable.query<{ depth: string | number }>(
    `select h.seq - c.seq depth from stream_head h, egress_cursor c where h.stream = 'intent'`,
  );
  return Number(rows[0]?.depth ?? 0);
}
