import { decideEmission, type Wanted } from '../emission.ts';
import { append, digestOf } from '../feed.ts';
import type { Process } from './process.ts';
import { eventBytes, isGuarded, project, readEvent, sign, textsAbove, type Content } from './records.ts';
import { headOf, type FeedRow, type Store } from './store.ts';
import { keyOf, ownFeeds, type FeedName } from './topology.ts';
import type { World } from './world.ts';

export interface Egress {
  wake(): void;
  /** Judges blocked records anew, as a node does at start. */
  retryBlocked(): void;
}
interface Draft {
  rows: { feed: FeedName; row: FeedRow; above: string[]; texts: readonly string[] }[];
  sent: Store['sent'];
  blocked: Store['blocked'];
}
const BATCH = 4;

/** A node's egress: intents in commit order, each projected per view, guarded, numbered, and saved with the cursor. */
export function createEgress(world: World, process: Process, store: Store, onRows: () => void): Egress {
  let isBusy = false;

  function run(records: readonly string[], cursor: number, blocked: Store['blocked']): void {
    isBusy = true;
    const draft: Draft = { rows: [], sent: new Map(store.sent), blocked };
    for (const record of records) for (const feed of ownFeeds(process.adcode)) work(draft, feed, record);
    const save = () => {
      for (const { feed, row, above, texts } of draft.rows) {
        const rows = store.feeds.get(keyOf(feed))!;
        const before = rows.findLast(({ record }) => record === row.record);
        if (before && isSame(readEvent(before.bytes).content, readEvent(row.bytes).content))
          world.witness.fail('an unchanged projection emits nothing', `${keyOf(feed)} ${row.seq} says what ${before.seq} said`);
        rows.push(row);
        world.witness.emitted(feed, { ...row, above, texts });
        world.witness.note(() => `${keyOf(feed)} ${row.seq}: ${row.isLive ? 'upserted' : 'retracted'} ${row.record} rev ${row.rev}`);
      }
      [store.sent, store.blocked, store.egressCursor] = [draft.sent, draft.blocked, cursor];
    };
    process.commit(save, () => {
      isBusy = false;
      onRows();
      egress.wake();
    });
  }

  function work(draft: Draft, feed: FeedName, recordId: string): void {
    const record = store.records.get(recordId)!;
    const key = `${feed.view} ${recordId}`;
    const content = project(record, feed.view, world.careless.has(process.adcode));
    const wanted: Wanted = content
      ? { content: digestOf(JSON.stringify(content)) }
      : { absent: record.isPublished ? 'label-raised' : 'withdrawn' };
    const emission = decideEmission(draft.sent.get(key) ?? null, wanted, draft.blocked.has(key));
    if (emission === 'upsert' && !send(draft, feed, recordId, content)) {
      world.witness.saw('event blocked by the guard');
      return void draft.blocked.set(key, { feed, record: recordId });
    }
    if (emission === 'retract') {
      world.witness.saw('retraction');
      send(draft, feed, recordId, null);
    }
    const isHeldBack = !content && draft.sent.get(key)?.state === 'live' && emission !== 'retract';
    if (isHeldBack) world.witness.fail('retractions never wait', `${keyOf(feed)}: ${recordId}`);
    if (emission === 'hold') return;
    draft.blocked.delete(key);
    if (emission === 'nothing') return;
    draft.sent.set(key, { state: content ? 'live' : 'retracted', contentDigest: 'content' in wanted ? wanted.content : '' });
  }

  /** False where the guard stops it: then it took no number. */
  function send(draft: Draft, feed: FeedName, recordId: string, content: Content | null): boolean {
    const record = store.records.get(recordId)!;
    const drafted = draft.rows.filter((drafted) => drafted.feed.view === feed.view).map(({ row }) => row);
    const head = headOf(feed, [...store.feeds.get(keyOf(feed))!, ...drafted]);
    const { position, prev, bytes } = append(head, (at) => eventBytes({ ...feed, ...at, record: recordId, rev: record.rev, content }));
    if (world.mutant !== 'guard skipped' && !isGuarded(bytes, record, feed.view)) return false;
    const row = {
      ...position,
      prev,
      bytes,
      signature: sign(feed.origin, bytes),
      record: recordId,
      rev: record.rev,
      isLive: content !== null,
    };
    draft.rows.push({ feed, row, above: textsAbove(record, feed.view), texts: content?.texts ?? [] });
    return true;
  }

  const egress: Egress = {
    wake() {
      const intents = store.intents.slice(store.egressCursor, store.egressCursor + BATCH);
      if (isBusy || intents.length === 0) return;
      run([...new Set(intents)], store.egressCursor + intents.length, new Map(store.blocked));
    },
    retryBlocked() {
      if (isBusy) return process.in(50, egress.retryBlocked);
      run([...new Set([...store.blocked.values()].map(({ record }) => record))], store.egressCursor, new Map());
    },
  };
  return egress;
}

const isSame = (a: Content | null, b: Content | null): boolean => JSON.stringify(a) === JSON.stringify(b);
