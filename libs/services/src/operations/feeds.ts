import { PROVINCE } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import type { FederationStatus } from './schemas.ts';

type Feed = FederationStatus['feeds'][number];

/** Every feed this node writes, reads or carries, and how far it is. Texts of errors are for those who watch. */
export async function feedsOf(ctx: ServiceContext, watches: boolean): Promise<Feed[]> {
  const { adcode } = ctx.node;
  const [heads, pushed, cursors] = await Promise.all([
    ctx.db.feedHead.findMany({ orderBy: { view: 'asc' } }),
    ctx.db.pushCursor.findMany(),
    ctx.db.peerCursor.findMany({ orderBy: [{ origin: 'asc' }, { view: 'asc' }] }),
  ]);
  const out = heads.map((head): Feed => {
    const push = pushed.find((cursor) => cursor.view === head.view);
    const acked = push && push.epoch === head.epoch ? push.seq : push ? 0n : head.seq;
    const failed =
      push?.errorCode && push.attemptedAt ? { code: push.errorCode, text: push.errorText ?? '', at: push.attemptedAt.toISOString() } : null;
    return {
      origin: adcode,
      view: head.view,
      direction: 'out',
      epoch: head.epoch,
      ...positions(acked, head.seq),
      heardAt: push?.ackedAt?.toISOString() ?? null,
      appliedAt: null,
      halted: null,
      lastError: watches ? failed : null,
    };
  });
  const received = cursors.map((cursor): Feed => {
    const { haltedCode: code, haltedReason: reason, haltedAt: at } = cursor;
    return {
      origin: cursor.origin,
      view: cursor.view,
      direction: adcode === PROVINCE && cursor.view === 'peer' ? 'relay' : 'in',
      epoch: cursor.epoch,
      ...positions(cursor.seq, cursor.headSeq),
      heardAt: cursor.heardAt.toISOString(),
      appliedAt: cursor.appliedAt?.toISOString() ?? null,
      halted: code && at ? { code, reason: watches ? (reason ?? '') : '', at: at.toISOString() } : null,
      lastError: null,
    };
  });
  return [...out, ...received];
}

function positions(seq: bigint, head: bigint): Pick<Feed, 'seq' | 'headSeq' | 'lag'> {
  const headSeq = head > seq ? head : seq;
  return { seq: Number(seq), headSeq: Number(headSeq), lag: Number(headSeq - seq) };
}
