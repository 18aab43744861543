import type { Queryable } from '@xiangjing/db';
import type { ErrorCode } from '@xiangjing/scenario-sdk';

export interface RefusalRow {
  peer: string | null;
  origin: string | null;
  view: string | null;
  code: string;
  message: string;
  remedy: string;
}

/** For the federation page: what was refused, why, and what its operator can do. */
export async function writeRefusal(queryable: Queryable, { peer, origin, view, code, message, remedy }: RefusalRow): Promise<void> {
  await queryable.query('insert into refusal (peer, origin, view, code, message, remedy) values ($1, $2, $3, $4, $5, $6)', [
    peer,
    origin,
    view,
    code,
    message,
    remedy,
  ]);
}

export type FeedFaultCode = Extract<ErrorCode, 'SIGNATURE_INVALID' | 'SOURCE_MISMATCH' | 'SEQUENCE_GAP' | 'EQUIVOCATION' | 'CHAIN_BROKEN'>;

/** What the operator of the receiving node can do about a feed that stands still. */
export const FEED_REMEDIES: Record<FeedFaultCode, string> = {
  SIGNATURE_INVALID:
    'nothing of it was taken and other feeds go on; if it lasts, compare the keys of that node in the registry with its operator',
  SOURCE_MISMATCH:
    'nothing of it was taken and other feeds go on; ask the operator of that node whether its feed was mixed up with another',
  SEQUENCE_GAP: 'none needed: the sender goes on from the cursor in this answer',
  EQUIVOCATION:
    'the feed stays stopped: two events under one number mean a restored backup or a copied key; settle with the operator of that node which is right',
  CHAIN_BROKEN:
    'nothing of it was taken and other feeds go on; an event before it is missing or was changed on the way: compare with the operator of that node',
};
