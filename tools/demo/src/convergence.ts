import { PROVINCE } from '@xiangjing/scenario-sdk';
import { z } from 'zod';

const Counts = z.record(z.string(), z.number());
const Digest = z.object({
  origin: z.string(),
  view: z.string(),
  side: z.enum(['sent', 'received']),
  epoch: z.number(),
  seq: z.number(),
  root: z.string(),
});
/** What the demo reads of `GET /api/v1/federation/status`. */
export const NodeReport = z.object({
  node: z.object({ adcode: z.string(), nameZh: z.string() }),
  own: Counts,
  federated: Counts,
  nodes: z.array(z.object({ adcode: z.string(), state: z.string(), replicas: Counts })),
  feeds: z.array(
    z.object({
      origin: z.string(),
      view: z.string(),
      direction: z.string(),
      epoch: z.number(),
      seq: z.number(),
      headSeq: z.number(),
      lag: z.number(),
      roads: z.object({ kafka: z.number(), https: z.number() }),
      halted: z.object({ code: z.string(), reason: z.string() }).nullable(),
    }),
  ),
  digests: z.array(Digest),
  outbox: z.number(),
});
export type NodeReport = z.infer<typeof NodeReport>;

export interface Compared {
  /** The node that receives. */
  at: string;
  origin: string;
  view: string;
  sent: string | null;
  received: string | null;
  equal: boolean;
}

/** Every feed that a node must hold: the province each city's `up`, a city the province's `down` and each other city's `peer`. */
export function expectedFeeds(nodes: readonly string[]): { at: string; origin: string; view: string }[] {
  const cities = nodes.filter((n) => n !== PROVINCE);
  return [
    ...cities.map((origin) => ({ at: PROVINCE, origin, view: 'up' })),
    ...cities.map((at) => ({ at, origin: PROVINCE, view: 'down' })),
    ...cities.flatMap((at) => cities.filter((c) => c !== at).map((origin) => ({ at, origin, view: 'peer' }))),
  ];
}

/** Compares what each origin says it sent with what each receiver says it holds: same epoch, number and root. */
export function compareDigests(reports: readonly NodeReport[]): Compared[] {
  const find = (adcode: string, side: 'sent' | 'received', feed: { origin: string; view: string }) =>
    reports.find((r) => r.node.adcode === adcode)?.digests.find((d) => d.side === side && d.origin === feed.origin && d.view === feed.view);
  return expectedFeeds(reports.map((r) => r.node.adcode)).map((feed) => {
    const sent = find(feed.origin, 'sent', feed);
    const received = find(feed.at, 'received', feed);
    const equal = sent !== undefined && received !== undefined && textOf(sent) === textOf(received);
    return { ...feed, sent: sent ? textOf(sent) : null, received: received ? textOf(received) : null, equal };
  });
}
const textOf = (d: z.infer<typeof Digest>): string => `${d.epoch}/${d.seq}/${d.root}`;

/** What is not there yet, in words; empty when the federation has converged. */
export function notConverged(reports: readonly NodeReport[]): string[] {
  const waiting = reports.filter((r) => r.outbox > 0).map((r) => `${r.node.adcode} has ${r.outbox} changes not yet in its feeds`);
  const lagging = reports.flatMap((r) =>
    r.feeds
      .filter((f) => f.lag > 0 || f.halted)
      .map(
        (f) =>
          `${r.node.adcode}: feed ${f.origin} ${f.view} (${f.direction}) lags by ${f.lag}${f.halted ? `, halted: ${f.halted.code} ${f.halted.reason}` : ''}`,
      ),
  );
  const different = compareDigests(reports)
    .filter((c) => !c.equal)
    .map((c) => `feed ${c.origin} ${c.view} at ${c.at}: sent ${c.sent ?? 'nothing'}, received ${c.received ?? 'nothing'}`);
  return [...waiting, ...lagging, ...different];
}
