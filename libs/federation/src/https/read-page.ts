import type { Queryable } from '@xiangjing/db';
import { MAX_EVENTS, PAGE_BYTES, type FeedCursor, type WireEvent } from '../wire.ts';

export interface PageRow {
  seq: number;
  bytes: Buffer;
  signature: string;
  digest: string;
}

/** Stored rows after a cursor, as many as one page holds: of an own feed, or of one passed on as received. */
export async function readPage(queryable: Queryable, adcode: string, { origin, view, epoch, seq }: FeedCursor): Promise<PageRow[]> {
  const [table, values] = origin === adcode ? ['feed where view = $1', [view]] : ['relay where origin = $5 and view = $1', [view, origin]];
  const { rows } = await queryable.query<PageRow>(
    `select seq, bytes, signature, digest from (
       select *, sum(octet_length(bytes)) over (order by seq) as total from (
         select seq, bytes, signature, digest from ${table} and epoch = $2 and seq > $3 order by seq limit ${MAX_EVENTS}) p) q
     where total <= $4 or seq = $3 + 1 order by seq`,
    [values[0], epoch, seq, PAGE_BYTES, ...values.slice(1)],
  );
  return rows;
}

export const wireEventOf = ({ bytes, signature }: PageRow): WireEvent => ({ bytes: bytes.toString('base64'), signature });
