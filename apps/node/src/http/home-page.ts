import { Kind, NODES, VIEWED_STAGES, type z } from '@xiangjing/scenario-sdk';
import { ListRecordsInput, type ServiceContext } from '@xiangjing/services';
import type { NodePeers } from './context.ts';

const RECENT_DAYS = 30;

/** The home page's figures: each is a count of what an anonymous reader can open. */
export async function homePage(ctx: ServiceContext, peers: NodePeers) {
  const { records, targets } = peers.catalogue(ctx);
  const ask = (more: Partial<z.input<typeof ListRecordsInput>>) =>
    records.list(ListRecordsInput.parse({ stage: [...VIEWED_STAGES], ...more }));
  const publishedSince = new Date(ctx.clock.now().getTime() - RECENT_DAYS * 24 * 3600_000).toISOString().slice(0, 10);
  const [all, recent, opportunities, capabilities, demonstrations, figures, status] = await Promise.all([
    ask({ limit: 1 }),
    ask({ limit: 1, publishedSince }),
    ask({ kind: ['opportunity'], sort: 'published', limit: 6 }),
    ask({ kind: ['capability'], limit: 1 }),
    ask({ kind: ['demonstration'], limit: 1 }),
    targets(),
    peers.operations(ctx).federation.status(),
  ]);
  const count = (list: typeof all, facet: 'kind' | 'origin', value: string) =>
    list.facets[facet]?.find((f) => f.value === value)?.count ?? 0;
  const placeOf = (adcode: string) => ({
    opportunity: count(opportunities, 'origin', adcode),
    capability: count(capabilities, 'origin', adcode),
    demonstration: count(demonstrations, 'origin', adcode),
  });
  return {
    name: 'home',
    totals: Object.fromEntries(
      Kind.options.map((kind) => [kind, { total: count(all, 'kind', kind), recent: count(recent, 'kind', kind) }]),
    ),
    places: Object.fromEntries(NODES.map(({ adcode }) => [adcode, placeOf(adcode)])),
    stages: Object.fromEntries((opportunities.facets.stage ?? []).map(({ value, count: n }) => [value, n])),
    latest: opportunities.items,
    targets: figures,
    status,
  };
}
