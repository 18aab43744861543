import { expect } from 'vitest';
import type { TestNode } from './federation.ts';
import { eventually, must, opportunity, publishDraft, type Desk } from './records.ts';
import { encode, type Answer } from './rest-client.ts';

/** What clients were told while nodes and servers failed, so that it can be held against what stands afterwards. */
export interface Ledger {
  /** Highest acknowledged revision of each published record, and its summary. */
  acknowledged: Map<string, { rev: number; summary: string }>;
  /** Records whose last write got no answer: any of these summaries may stand. */
  unanswered: Map<string, Set<string>>;
  done: number;
  /** Writes that were not answered, or not with success. */
  failed: number;
}

export const newLedger = (): Ledger => ({ acknowledged: new Map(), unanswered: new Map(), done: 0, failed: 0 });

/** Clients that publish records and amend their own until `isEnough`; a refused or lost write is tried again a moment later. */
export async function writeAll(
  city: TestNode,
  desk: Desk,
  ledger: Ledger,
  at: { clients: number; isEnough: () => boolean },
): Promise<void> {
  await Promise.all(Array.from({ length: at.clients }, (_, client) => write(city, desk, ledger, { ...at, client })));
}

async function write(
  city: TestNode,
  desk: Desk,
  ledger: Ledger,
  { client, isEnough }: { client: number; isEnough: () => boolean },
): Promise<void> {
  const mine: string[] = [];
  for (let turn = 0; !isEnough(); turn++) {
    const summary = `第 ${client} 个客户第 ${turn} 次写入的简介文字`;
    const id = mine[turn % Math.max(mine.length, 1)];
    const wrote =
      id !== undefined && turn % 4 !== 0
        ? await amend(id, summary, desk, ledger)
        : await publishOne(city, `${client}-${turn}`, summary, { desk, ledger });
    if (typeof wrote === 'string') mine.push(wrote);
    if (wrote) ledger.done++;
    else {
      ledger.failed++;
      await new Promise((r) => setTimeout(r, 150)); // the node is down: people wait a moment, too
    }
  }
}

async function publishOne(
  city: TestNode,
  mark: string,
  summary: string,
  { desk, ledger }: { desk: Desk; ledger: Ledger },
): Promise<string | false> {
  try {
    const draft = await must(desk.owner.post('/records', opportunity(city, { title: `示例并发机会 ${mark}`, core: { summary } })), 201);
    ledger.unanswered.set(draft.id, new Set([summary]));
    const record = await publishDraft(desk, draft);
    ledger.unanswered.delete(draft.id);
    ledger.acknowledged.set(record.id, { rev: record.rev, summary });
    return record.id as string;
  } catch {
    return false;
  }
}

async function amend(id: string, summary: string, { owner }: Desk, ledger: Ledger): Promise<boolean> {
  try {
    const now: Answer = await must(owner.get(`/records/${encode(id)}`), 200);
    const open = ledger.unanswered.get(id) ?? new Set<string>();
    ledger.unanswered.set(id, open.add(summary));
    const after = await must(owner.patch(`/records/${encode(id)}`, { rev: now.rev, core: { summary } }), 200);
    ledger.unanswered.delete(id);
    ledger.acknowledged.set(id, { rev: after.rev, summary });
    return true;
  } catch {
    return false;
  }
}

/** Loss 0, double effects 0: every acknowledged write stands at the province once, nothing else does, and the digests agree. */
export async function expectAllArrived(ledger: Ledger, { city, province }: { city: TestNode; province: TestNode }): Promise<void> {
  await eventually(
    () => digestsOf('up', city, province),
    (d) => d.equal,
    60_000,
  );
  for (const [id, { rev, summary }] of ledger.acknowledged) {
    const replica = await must(province.anonymous.get(`/records/${encode(id)}`), 200);
    if (ledger.unanswered.has(id)) expect([summary, ...ledger.unanswered.get(id)!]).toContain(replica.core.summary);
    else expect({ id, rev: replica.rev, summary: replica.core.summary }).toEqual({ id, rev, summary });
  }
  const [twice] = await province.sql<{ n: string }>(
    `select count(*) n from (select record_id, rev from inbox where origin = $1 and view = 'up' and outcome = 'applied' and record_id like 'urn:%'
     group by 1, 2 having count(*) > 1) d`,
    [city.adcode],
  );
  expect(Number(twice!.n)).toBe(0);
  const [atHome] = await city.sql<{ n: string }>(`select count(*) n from record where stage = 'published'`);
  const [away] = await province.sql<{ n: string }>(`select count(*) n from replica where state = 'live' and origin = $1`, [city.adcode]);
  expect(away).toEqual(atHome);
}

/** What one node sent of a view, and what another holds of it. */
export async function digestsOf(
  view: string,
  from: TestNode,
  at: TestNode,
): Promise<{ equal: boolean; sent: Answer | undefined; received: Answer | undefined }> {
  const of = async (node: TestNode) => ((await node.anonymous.get('/federation/status')).body.digests ?? []) as Answer[];
  const sent = (await of(from)).find((d) => d.side === 'sent' && d.view === view);
  const received = (await of(at)).find((d) => d.side === 'received' && d.view === view && d.origin === from.adcode);
  return { equal: !!sent && !!received && sent.root === received.root && sent.seq === received.seq, sent, received };
}
