import type { RoadCount } from '@xiangjing/federation';
import { PROVINCE } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { registryNodes } from './registry-nodes.ts';
import type { FederationStatus } from './schemas.ts';

export type Feed = FederationStatus['feeds'][number];

/** Every feed this node writes, reads or carries, how far it is and by which road: as anybody may see it, without texts of errors. */
export async function feedsOf(ctx: ServiceContext, counts: readonly RoadCount[]): Promise<Feed[]> {
  return [...(await ownFeeds(ctx)), ...(await receivedFeeds(ctx, counts))];
}

async function ownFeeds(ctx: ServiceContext): Promise<Feed[]> {
  const [nodes, heads, pushed, logged] = await Promise.all([
    registryNodes(ctx),
    ctx.db.feedHead.findMany({ orderBy: { view: 'asc' } }),
    ctx.db.pushCursor.findMany(),
    ctx.db.logCursor.findMany(),
  ]);
  return heads.map((head): Feed => {
    const push = pushed.find((cursor) => cursor.view === head.view);
    const log = logged.find((cursor) => cursor.view === head.view);
    const isRead = Boolean(push ?? log) || nodes.some(({ adcode, views }) => adcode !== ctx.node.adcode && views.includes(head.view));
    const reached = (cursor: { epoch: number; seq: bigint }) => (cursor.epoch === head.epoch ? cursor.seq : 0n);
    return {
      origin: ctx.node.adcode,
      view: head.view,
      direction: 'out',
      epoch: head.epoch,
      ...positions(push ? reached(push) : head.seq, head.seq),
      isRead,
      heardAt: push?.ackedAt?.toISOString() ?? null,
      appliedAt: null,
      halted: null,
      lastError: null,
      // what nobody is pushed goes through Kafka, or is fetched
      road: isRead ? roadOf(ctx, { seq: push ? reached(push) : head.seq, road: push?.road ?? (log ? 'kafka' : 'https') }) : null,
      roads: { kafka: 0, https: 0 },
      degraded: null,
      lastRefusal: null,
      log: log ? { ...positions(reached(log), head.seq), ackedAt: log.ackedAt?.toISOString() ?? null, lastError: null } : null,
    };
  });
}

async function receivedFeeds(ctx: ServiceContext, counts: readonly RoadCount[]): Promise<Feed[]> {
  const cursors = await ctx.db.peerCursor.findMany({ orderBy: [{ origin: 'asc' }, { view: 'asc' }] });
  return cursors.map((cursor): Feed => {
    const { origin, view, haltedCode: code, haltedAt, degradedAt } = cursor;
    const received = counts.find((row) => row.origin === origin && row.view === view);
    return {
      origin,
      view,
      direction: ctx.node.adcode === PROVINCE && view === 'peer' ? 'relay' : 'in',
      epoch: cursor.epoch,
      ...positions(cursor.seq, cursor.headSeq),
      heardAt: cursor.heardAt.toISOString(),
      appliedAt: cursor.appliedAt?.toISOString() ?? null,
      halted: code && haltedAt ? { code, at: haltedAt.toISOString(), ...UNTOLD } : null,
      lastError: null,
      isRead: true,
      road: roadOf(ctx, cursor),
      roads: { kafka: received?.kafka ?? 0, https: received?.https ?? 0 },
      degraded: degradedAt ? { at: degradedAt.toISOString(), ...UNTOLD } : null,
      lastRefusal: null,
      log: null,
    };
  });
}

/** Why is for those who watch. */
const UNTOLD = { reason: '', remedy: '', detail: '' };

/** A node whose brokers were taken away has HTTPS alone, whatever its feeds last moved by. */
function roadOf({ node }: ServiceContext, { seq, road }: { seq: bigint; road: string }): Feed['road'] {
  if (seq === 0n) return null;
  return road === 'kafka' && node.kafka !== false ? 'kafka' : 'https';
}

function positions(seq: bigint, head: bigint): Pick<Feed, 'seq' | 'headSeq' | 'lag'> {
  const headSeq = head > seq ? head : seq;
  return { seq: Number(seq), headSeq: Number(headSeq), lag: Number(headSeq - seq) };
}
