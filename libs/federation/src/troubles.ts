import type { Queryable } from '@xiangjing/db';

export interface Troubles {
  /** The newest 20 refusals. */
  refusals: { at: Date; peer: string | null; origin: string | null; view: string | null; code: string; message: string; remedy: string }[];
  /** Feeds that stand still, and why. */
  halted: { origin: string; view: string; reason: string }[];
  /** Pushes whose last try failed. */
  failed: { view: string; code: string; text: string; at: Date }[];
}

/** What went wrong on the way in and out, for whoever runs this node. `queryable`: app. */
export async function readTroubles(queryable: Queryable): Promise<Troubles> {
  const { rows: refusals } = await queryable.query<Troubles['refusals'][number]>(
    'select at, peer, origin, view, code, message, remedy from refusal order by id desc limit 20',
  );
  const { rows: halted } = await queryable.query<Troubles['halted'][number]>(
    'select origin, view, halted_reason as reason from peer_cursor where halted_reason is not null',
  );
  const { rows: failed } = await queryable.query<Troubles['failed'][number]>(
    `select view, error_code as code, coalesce(error_text, '') as text, attempted_at as at from push_cursor
     where error_code is not null and attempted_at is not null`,
  );
  return { refusals, halted, failed };
}
