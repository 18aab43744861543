import type { Queryable } from '@xiangjing/db';
import type { Standing } from '../core/decide-repair.ts';
import { digestOf } from '../core/feed.ts';
import type { Feed } from './feed-buckets.ts';
import { IS_WHOLE } from './held-set.ts';

interface Row {
  id: string;
  rev: number | null;
  seq: number;
  digest: string;
  bytes: Buffer;
  signature: string;
  isWhole: boolean | null;
  shownRev: number;
  receivedRev: number;
}
/** Whether a signature over stored bytes is the origin's. */
export type IsGenuine = (bytes: Buffer, signature: string) => Promise<boolean>;

/** How these records stand here, by right of one view. `client`: inside the transaction that holds the feed's cursor. */
export async function standingOf(
  client: Queryable,
  feed: Feed,
  ids: readonly string[],
  isGenuine: IsGenuine,
): Promise<Map<string, Standing>> {
  const { rows } = await client.query<Row>(
    `select e.id, b.rev, b.seq, b.digest, b.bytes, b.signature, case when b.rev is not null then ${IS_WHOLE} end as "isWhole",
       coalesce((select r.rev from replica r where r.record_id = e.id and r.view = $2), 0) as "shownRev",
       coalesce((select max(i.rev) from inbox i where i.origin = $1 and i.view = $2 and i.record_id = e.id
         and i.outcome in ('applied', 'stale', 'unrendered')), 0) as "receivedRev"
     from unnest($3::text[]) e(id) left join replica_bytes b on b.origin = $1 and b.view = $2 and b.record_id = e.id`,
    [feed.origin, feed.view, ids],
  );
  const standings = rows.map(async (row): Promise<[string, Standing]> => {
    const { id, rev, seq, digest, bytes, signature, isWhole, shownRev, receivedRev } = row;
    if (rev === null) return [id, { stored: null, shownRev, receivedRev, isWhole: false }];
    const isOwnWord = digestOf(bytes) === digest && (await isGenuine(bytes, signature));
    return [id, { stored: { rev, seq, digest, isGenuine: isOwnWord }, shownRev, receivedRev, isWhole: isWhole === true }];
  });
  return new Map(await Promise.all(standings));
}

/** How the places of a feed that passes through stand: each number has its own bytes, so the revision is that of the event. */
export async function standingOfRelayed(
  client: Queryable,
  feed: Feed,
  events: readonly { seq: number; rev: number }[],
  isGenuine: IsGenuine,
): Promise<Map<number, Standing>> {
  const { rows } = await client.query<Pick<Row, 'seq' | 'digest' | 'bytes' | 'signature'>>(
    'select seq, digest, bytes, signature from relay where origin = $1 and view = $2 and seq = any ($3)',
    [feed.origin, feed.view, events.map((event) => event.seq)],
  );
  const revs = new Map(events.map((event) => [event.seq, event.rev]));
  const standings = rows.map(async ({ seq, digest, bytes, signature }): Promise<[number, Standing]> => {
    const isOwnWord = digestOf(bytes) === digest && (await isGenuine(bytes, signature));
    return [seq, { stored: { rev: revs.get(seq)!, seq, digest, isGenuine: isOwnWord }, shownRev: 0, receivedRev: 0, isWhole: isOwnWord }];
  });
  return new Map(await Promise.all(standings));
}
