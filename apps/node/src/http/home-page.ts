import { CITIES, Kind, VIEWED_STAGES } from '@xiangjing/scenario-sdk';
import { ListRecordsInput, type ServiceContext } from '@xiangjing/services';
import type { NodePeers } from './context.ts';

const RECENT_DAYS = 30;

/** The home page's figures: each is a count of what an anonymous reader can open. */
export async function homePage(ctx: ServiceContext, peers: NodePeers) {
  const { records, targets } = peers.catalogue(ctx);
  const stage = [...VIEWED_STAGES];
  const of = (kind: Kind) => records.list(ListRecordsInput.parse({ kind: [kind], stage, sort: 'published', limit: 100 }));
  const [opportunities, capabilities, demonstrations, figures, status] = await Promise.all([
    of('opportunity'),
    of('capability'),
    of('demonstration'),
    targets(),
    peers.operations(ctx).federation.status(),
  ]);
  const since = new Date(ctx.clock.now().getTime() - RECENT_DAYS * 24 * 3600_000).toISOString().slice(0, 10);
  const total = (list: typeof opportunities) => ({
    total: list.total,
    recent: list.items.filter((r) => (r.firstPublishedOn ?? '') >= since).length,
  });
  return {
    name: 'home',
    totals: { opportunity: total(opportunities), capability: total(capabilities), demonstration: total(demonstrations) },
    places: Object.fromEntries(
      CITIES.map(({ adcode }) => [adcode, opportunities.facets.origin?.find((f) => f.value === adcode)?.count ?? 0]),
    ),
    latest: opportunities.items.slice(0, 6),
    targets: figures,
    status,
  };
}
