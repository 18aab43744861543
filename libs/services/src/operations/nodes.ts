import { NODES, PROVINCE, WIRE_GENERATION, type Node } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { countsOf } from './own-counts.ts';
import { registryNodes } from './registry-nodes.ts';
import type { FederationStatus } from './schemas.ts';

type NodeStatus = FederationStatus['nodes'][number];
type Feed = FederationStatus['feeds'][number];

const LATE_MS = 60_000;
const SILENT_MS = 3_600_000;
const REFUSED_DAYS = 3;

/** All fifteen nodes as seen from here: joined or not, last heard, what is missing, what was refused. */
export async function nodesOf(ctx: ServiceContext, feeds: readonly Feed[]): Promise<NodeStatus[]> {
  const since = new Date(ctx.clock.now().getTime() - REFUSED_DAYS * 86_400_000);
  const [joined, replicas, refused, quarantined, content, told] = await Promise.all([
    registryNodes(ctx),
    ctx.db.replica.groupBy({ by: ['origin', 'kind'], where: { state: 'live' }, _count: { recordId: true } }),
    ctx.db.refusal.groupBy({ by: ['peer', 'origin'], where: { at: { gte: since } }, _count: { id: true } }),
    ctx.db.quarantine.groupBy({ by: ['origin'], _count: { seq: true } }),
    ctx.db.listedRecord.groupBy({ by: ['origin'], _max: { receivedAt: true } }),
    ctx.db.peerNode.findMany(),
  ]);
  return NODES.map((node): NodeStatus => {
    const { adcode, nameZh } = node;
    const own = adcode === ctx.node.adcode;
    const peer = told.find((row) => row.adcode === adcode);
    const heardAt = own ? null : lastHeard(ctx, node, feeds);
    const received = feeds.filter((feed) => feed.origin === adcode && feed.direction === 'in');
    return {
      adcode,
      nameZh,
      state: own ? 'self' : stateOf(ctx, joined.some((row) => row.adcode === adcode) || heardAt !== null, heardAt),
      heardAt: heardAt?.toISOString() ?? null,
      contentAsOf: content.find((row) => row.origin === adcode)?._max.receivedAt?.toISOString() ?? null,
      pending: received.length === 0 ? null : received.reduce((sum, feed) => sum + feed.lag, 0),
      replicas: countsOf(replicas.filter((row) => row.origin === adcode).map(({ kind, _count }) => [kind, _count.recordId])),
      refused: refused.filter((row) => (row.origin ?? row.peer) === adcode).reduce((sum, row) => sum + row._count.id, 0),
      quarantined: quarantined.find((row) => row.origin === adcode)?._count.seq ?? 0,
      release: own ? ctx.node.release : (peer?.release ?? null),
      wireGeneration: own ? WIRE_GENERATION : (peer?.wireGeneration ?? null),
    };
  });
}

/** A city hears of the province also by its answers to what it pushes. */
function lastHeard(ctx: ServiceContext, { adcode }: Node, feeds: readonly Feed[]): Date | null {
  const isAnswering = (feed: Feed) => feed.direction === 'out' && adcode === PROVINCE && ctx.node.adcode !== PROVINCE;
  const times = feeds.filter((feed) => feed.origin === adcode || isAnswering(feed)).flatMap(({ heardAt }) => heardAt ?? []);
  const last = times.sort().at(-1);
  return last === undefined ? null : new Date(last);
}

function stateOf(ctx: ServiceContext, joined: boolean, heardAt: Date | null): NodeStatus['state'] {
  if (!joined) return 'unjoined';
  const age = heardAt === null ? Infinity : ctx.clock.now().getTime() - heardAt.getTime();
  return age > SILENT_MS ? 'silent' : age > LATE_MS ? 'late' : 'current';
}
