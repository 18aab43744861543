import { compareDigests, type NodeReport } from './convergence.ts';

/** The one JSON document of `--once --json`. */
export function onceReport(reports: readonly NodeReport[], at: { urls: ReadonlyMap<string, string>; seconds: number; converged: boolean }) {
  const compared = compareDigests(reports);
  return {
    nodes: reports.map((r) => ({
      adcode: r.node.adcode,
      url: at.urls.get(r.node.adcode) ?? '',
      own: r.own,
      federated: r.federated,
      replicas: Object.fromEntries(
        r.nodes.filter((n) => n.adcode !== r.node.adcode && at.urls.has(n.adcode)).map((n) => [n.adcode, n.replicas]),
      ),
      roads: {
        kafka: r.feeds.reduce((n, feed) => n + feed.roads.kafka, 0),
        https: r.feeds.reduce((n, feed) => n + feed.roads.https, 0),
      },
      cursors: r.feeds.map(({ origin, view, direction, epoch, seq, headSeq, lag }) => ({
        origin,
        view,
        direction,
        epoch,
        seq,
        headSeq,
        lag,
      })),
      digests: compared
        .filter((c) => c.at === r.node.adcode)
        .map(({ origin, view, sent, received, equal }) => ({ origin, view, sent, received, equal })),
    })),
    seconds: at.seconds,
    converged: at.converged,
  };
}
