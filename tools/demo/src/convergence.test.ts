import { describe, expect, it } from 'vitest';
import { compareDigests, expectedFeeds, notConverged, type NodeReport } from './convergence.ts';

const NODES = ['430000', '430100', '430200'];
/** A report of a node in which everything that should have arrived did. */
function report(adcode: string): NodeReport {
  const views = adcode === '430000' ? ['down'] : ['up', 'peer'];
  const digest = (origin: string, view: string, side: 'sent' | 'received') => ({
    origin,
    view,
    side,
    epoch: 1,
    seq: 7,
    root: `${origin}${view}`,
  });
  return {
    node: { adcode, nameZh: adcode },
    own: { opportunity: 3 },
    federated: { opportunity: 2 },
    nodes: [],
    feeds: [
      { origin: adcode, view: 'up', direction: 'out', epoch: 1, seq: 7, headSeq: 7, lag: 0, roads: { kafka: 3, https: 4 }, halted: null },
    ],
    digests: [
      ...views.map((view) => digest(adcode, view, 'sent')),
      ...expectedFeeds(NODES)
        .filter((f) => f.at === adcode)
        .map((f) => digest(f.origin, f.view, 'received')),
    ],
    outbox: 0,
  };
}
const reports = () => NODES.map(report);

it('expects every pair that should hold a feed', () => {
  expect(expectedFeeds(NODES)).toHaveLength(2 + 2 + 2);
  expect(expectedFeeds(['430000', ...Array.from({ length: 14 }, (_, i) => `43${i}`)])).toHaveLength(14 + 14 + 14 * 13);
});

describe('converged', () => {
  it('when every digest is equal, nothing waits and nothing lags', () => {
    expect(notConverged(reports())).toEqual([]);
    expect(compareDigests(reports()).every((c) => c.equal)).toBe(true);
  });

  it.each<[string, (all: NodeReport[]) => void, RegExp]>([
    ['another root', (all) => (all[0]!.digests.find((d) => d.side === 'received')!.root = 'x'), /feed 430100 up at 430000/],
    ['an older number', (all) => (all[1]!.digests.find((d) => d.side === 'received')!.seq = 6), /feed 430000 down at 430100/],
    [
      'nothing received',
      (all) => (all[2]!.digests = all[2]!.digests.filter((d) => d.view !== 'peer' || d.side === 'sent')),
      /feed 430100 peer at 430200.*received nothing/,
    ],
    ['nothing sent', (all) => (all[0]!.digests = all[0]!.digests.filter((d) => d.side !== 'sent')), /sent nothing/],
    ['a change still inside', (all) => (all[1]!.outbox = 2), /430100 has 2 changes/],
    ['a lag', (all) => (all[2]!.feeds[0]!.lag = 4), /430200: feed .* lags by 4/],
  ])('not with %s, and says where', (_, break_, says) => {
    const all = reports();
    break_(all);
    expect(notConverged(all).join('\n')).toMatch(says);
  });
});
