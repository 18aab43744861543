import { bucketsOf, rootOf, type SetItem } from '../set-digest.ts';
import { isRelayed } from '../../views.ts';
import type { FeedReader } from './feed-reader.ts';
import { faultOf } from './intake.ts';
import { project, readEvent } from './records.ts';
import type { SimNode } from './sim-node.ts';
import type { FeedRow, Inbox } from './store.ts';
import { ALL_FEEDS, keyOf, type FeedName } from './topology.ts';
import type { Oracle } from './witness.ts';
import type { World } from './world.ts';

type Fail = (oracle: Oracle, text: string) => void;

/** Nothing is under way any more: every reader level, no hole, and where HTTPS can be reached it rests. */
export function isHealed(world: World, nodes: readonly SimNode[]): boolean {
  const mayRest = world.hasBroker && world.https.cutOff.size === 0;
  const isLevel = ({ feed, inbox, intake }: FeedReader) =>
    !intake.hasGap() && !inbox.halted && inbox.cursor.seq === rowsOf(nodes, feed).length;
  const isSettled = ({ store, running }: SimNode) => {
    if (!running || store.egressCursor < store.intents.length || store.blocked.size > 0) return false;
    if (mayRest && [...running.readers, ...running.pushes].some((road) => road.isOnHttps())) return false;
    return running.readers.every(isLevel);
  };
  return nodes.every(isSettled) && (!world.hasBroker || ALL_FEEDS.every((feed) => missingIn(world, nodes, feed).length === 0));
}

/** What must hold once everything has healed. */
export function checkAll(world: World, nodes: readonly SimNode[], fail: Fail): void {
  for (const { adcode, running } of nodes)
    for (const { feed, inbox, intake } of running!.readers) {
      const origin = nodes.find((node) => node.adcode === feed.origin)!;
      const rows = rowsOf(nodes, feed);
      const where = `${keyOf(feed)} at ${adcode}`;
      checkEffects(inbox, rows, (oracle, text) => fail(oracle, `${where}: ${text}`));
      if (isRelayed(adcode, feed.view)) checkRelay(inbox, rows, (oracle, text) => fail(oracle, `${where}: ${text}`));
      else checkReplicas(origin, feed, inbox, (oracle, text) => fail(oracle, `${where}: ${text}`));
      if (inbox.halted || intake.isDegraded()) fail('healing is bounded', `${where}: ${inbox.halted ?? 'degraded'}`);
    }
  if (!world.hasBroker) return;
  for (const feed of ALL_FEEDS) {
    const missing = missingIn(world, nodes, feed);
    if (missing.length > 0) fail('the log holds every event', `${keyOf(feed)} lacks ${missing.join(', ')}`);
  }
}

const rowsOf = (nodes: readonly SimNode[], feed: FeedName): FeedRow[] =>
  nodes.find((node) => node.adcode === feed.origin)!.store.feeds.get(keyOf(feed))!;

function checkEffects(inbox: Inbox, rows: readonly FeedRow[], fail: Fail): void {
  const lost = rows.filter(({ seq }) => !inbox.effects.has(seq)).map(({ seq }) => seq);
  const stray = [...inbox.effects.keys()].filter((seq) => seq > rows.length);
  if (lost.length > 0) fail('every committed write arrives and nothing else', `never applied ${lost.join(', ')}`);
  if (stray.length > 0) fail('every committed write arrives and nothing else', `never sent ${stray.join(', ')}`);
  const twice = [...inbox.effects].filter(([, count]) => count !== 1).map(([seq]) => seq);
  if (twice.length > 0) fail('each event takes effect once', `more than once ${twice.join(', ')}`);
}

function checkRelay(inbox: Inbox, rows: readonly FeedRow[], fail: Fail): void {
  const isSame = inbox.relay.length === rows.length && rows.every((row, i) => inbox.relay[i]!.bytes.equals(row.bytes));
  if (!isSame) fail('every committed write arrives and nothing else', 'what is passed on differs from what came');
}

function checkReplicas(origin: SimNode, feed: FeedName, inbox: Inbox, fail: Fail): void {
  for (const record of origin.store.records.values()) {
    const due = project(record, feed.view, false);
    const held = inbox.replicas.get(record.id);
    const wasSent = origin.store.sent.has(`${feed.view} ${record.id}`);
    if (!due && wasSent && held?.content !== null) fail('retractions stay', `${record.id} should be retracted`);
    if (due && JSON.stringify(held?.content) !== JSON.stringify(due)) fail('replicas equal the projection of the origin', record.id);
  }
  const sent = new Map(origin.store.feeds.get(keyOf(feed))!.map((row): [string, SetItem] => [row.record, { id: row.record, ...row }]));
  const held = [...inbox.replicas].map(([id, replica]): SetItem => ({ id, ...replica }));
  const [here, there] = [held, sent.values()].map((items) => rootOf(bucketsOf(items)).root);
  if (here !== there) fail('replicas equal the projection of the origin', 'the digests differ');
}

/**
 * Events that a new reader of the topic would not find. Where something was written between a loss and the moment the writer
 * could have noticed it, offsets do not show the loss: readers fill that hole by HTTPS, and the topic keeps it.
 */
function missingIn(world: World, nodes: readonly SimNode[], feed: FeedName): number[] {
  const topic = world.broker.topic(keyOf(feed));
  if (topic.inDoubt.size > 0) return [];
  const genuine = topic.records.filter(({ incarnation }) => incarnation !== null);
  const found = new Set(
    genuine.flatMap((wire) => (faultOrNone(feed, wire) ? [] : [readEvent(wire.bytes)])).flatMap((e) => (e.isHeartbeat ? [] : [e.seq])),
  );
  return rowsOf(nodes, feed)
    .filter(({ seq }) => !found.has(seq))
    .map(({ seq }) => seq);
}

function faultOrNone(feed: FeedName, wire: { bytes: Buffer; signature: string }): string | null {
  try {
    return faultOf(feed, wire);
  } catch {
    return 'EVENT_MALFORMED';
  }
}
