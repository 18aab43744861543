import { createEgress, type Egress } from './egress.ts';
import { createFeedReader, type FeedReader } from './feed-reader.ts';
import { createProcess, type Process } from './process.ts';
import { serveProvince, startPull } from './pull.ts';
import { createPush } from './push.ts';
import { drawChange, newRecord } from './records.ts';
import { createStore, type Store } from './store.ts';
import { createTopicWriter } from './topic-writer.ts';
import { feedsReadBy, keyOf, ownFeeds, PROVINCE } from './topology.ts';
import type { World } from './world.ts';

export interface SimNode {
  adcode: string;
  store: Store;
  process: Process;
  /** What runs in the process now; gone when it dies. */
  running: { egress: Egress; readers: FeedReader[]; pushes: { isOnHttps(): boolean }[] } | null;
  /** Somebody changes a record here. */
  change(text: string): void;
  crash(): void;
  start(): void;
}

export function createSimNode(world: World, adcode: string): SimNode {
  const store = createStore(adcode);
  const { random, https, witness } = world;

  function boot(process: Process): void {
    const readers = feedsReadBy(adcode).map((feed) => createFeedReader(world, process, feed, store.inboxes.get(keyOf(feed))!));
    const own = ownFeeds(adcode).map((feed) => {
      const topic = world.hasBroker ? createTopicWriter(world, process, feed, store) : null;
      return { topic, push: adcode === PROVINCE ? null : createPush(world, process, { feed, store, topic }) };
    });
    const egress = createEgress(world, process, store, () => {
      for (const { topic, push } of own) {
        topic?.wake();
        push?.wake();
      }
    });
    if (adcode === PROVINCE) https.serve = serveProvince(world, process, { store, readers });
    else startPull(world, process, readers);
    egress.retryBlocked();
    node.running = { egress, readers, pushes: own.flatMap(({ push }) => push ?? []) };
  }

  function die(): void {
    witness.saw('death in a transaction');
    node.crash();
    world.timeline.in(random.between(200, 3_000), node.start);
  }

  const node: SimNode = {
    adcode,
    store,
    process: createProcess(adcode, world, { boot, die }),
    running: null,
    change(text) {
      if (!node.running) return;
      const isNew = store.records.size < 3 || random.chance(0.15);
      const id = isNew ? `record ${text} of ${adcode}` : random.pick([...store.records.keys()]);
      const change = drawChange(random, text);
      const write = () => {
        const before = store.records.get(id) ?? newRecord(id, text);
        const after = { ...change(before), rev: before.rev + 1 };
        store.records.set(id, after);
        store.intents.push(id);
        for (const committed of after.texts) witness.committed.add(committed);
        witness.note(() => `${adcode} commits ${id} rev ${after.rev}${after.isPublished ? `, level ${after.level}` : ', withdrawn'}`);
      };
      node.process.commit(write, () => node.running?.egress.wake());
    },
    crash() {
      if (!node.running) return;
      witness.note(() => `${adcode} dies`);
      node.process.crash();
      node.running = null;
      if (adcode === PROVINCE) https.serve = null;
    },
    start() {
      if (node.running) return;
      witness.note(() => `${adcode} starts`);
      node.process.start();
    },
  };
  return node;
}
