import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { eventually, makeOrganisations, must, opportunity, publishDraft, deskOf, type Desk } from './support/records.ts';
import { encode, type Answer } from './support/rest-client.ts';

/** Promise 1: kill -9 of any node process at random points; what was acknowledged takes effect once, the rest at most once. */
const CLIENTS = 8;
const WRITES = 500;

let federation: TestFederation;
let city: TestNode;
let province: TestNode;
let desk: Desk;
beforeAll(async () => {
  federation = await startFederation({ nodes: ['430000', '430100'] });
  [province, city] = [federation.node('430000'), federation.node('430100')];
  await makeOrganisations(city);
  desk = await deskOf(city);
}, 180_000);
afterAll(() => federation?.stop());

interface Ledger {
  /** Highest acknowledged revision of each published record, and its summary. */
  acknowledged: Map<string, { rev: number; summary: string }>;
  /** Records whose last write got no answer: any of these summaries may stand. */
  unanswered: Map<string, Set<string>>;
  done: number;
}

test('500 publishes and amends by 8 clients under kill -9 of either node: none lost, none doubled, digests equal', async () => {
  const ledger: Ledger = { acknowledged: new Map(), unanswered: new Map(), done: 0 };
  let finished = false;
  let kills = 0;
  const seed = Number(process.env.XIANGJING_TEST_SEED ?? Date.now() % 100_000);
  console.log(`kill test seed ${seed}`);
  const random = mulberry(seed);
  const killer = (async () => {
    while (!finished) {
      await new Promise((r) => setTimeout(r, 500 + random() * 2500));
      const victim = random() < 0.5 ? city : province;
      await victim.stop('SIGKILL');
      kills++;
      await victim.start();
    }
  })();
  await Promise.all(Array.from({ length: CLIENTS }, (_, client) => work(client, desk, ledger)));
  finished = true;
  await killer;
  console.log(`${ledger.done} writes acknowledged, ${ledger.acknowledged.size} records, ${kills} kills`);
  expect(ledger.acknowledged.size).toBeGreaterThan(50);
  expect(kills).toBeGreaterThan(2);

  await eventually(
    () => digestsOf(),
    (d) => d.equal,
    60_000,
  );
  for (const [id, { rev, summary }] of ledger.acknowledged) {
    const replica = await must(province.anonymous.get(`/records/${encode(id)}`), 200);
    if (ledger.unanswered.has(id)) expect([summary, ...ledger.unanswered.get(id)!]).toContain(replica.core.summary);
    else expect({ id, rev: replica.rev, summary: replica.core.summary }).toEqual({ id, rev, summary });
  }
  const [twice] = await province.sql<{ n: string }>(
    `select count(*) n from (select record_id, rev from inbox where view = 'up' and outcome = 'applied' and record_id like 'urn:%' group by 1, 2 having count(*) > 1) d`,
  );
  expect(Number(twice!.n)).toBe(0);
  const [atHome] = await city.sql<{ n: string }>(`select count(*) n from record where stage = 'published'`);
  const [away] = await province.sql<{ n: string }>(`select count(*) n from replica where state = 'live'`);
  expect(away).toEqual(atHome);
}, 420_000);

/** One client: publishes, then amends its own records, until the common count of writes is reached. */
async function work(client: number, desk: Desk, ledger: Ledger): Promise<void> {
  const mine: string[] = [];
  for (let turn = 0; ledger.done < WRITES; turn++) {
    const summary = `第 ${client} 个客户第 ${turn} 次写入的简介文字`;
    const id = mine[turn % Math.max(mine.length, 1)];
    const wrote =
      id !== undefined && turn % 4 !== 0 ? await amend(id, summary, desk, ledger) : await publishOne(client, turn, summary, desk, ledger);
    if (typeof wrote === 'string') mine.push(wrote);
    if (wrote) ledger.done++;
    else await new Promise((r) => setTimeout(r, 150)); // the node is down: people wait a moment, too
  }
}

async function publishOne(client: number, turn: number, summary: string, desk: Desk, ledger: Ledger): Promise<string | boolean> {
  try {
    const draft = await must(
      desk.owner.post('/records', opportunity(city, { title: `示例并发机会 ${client}-${turn}`, core: { summary } })),
      201,
    );
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

async function digestsOf(): Promise<{ equal: boolean; sent: unknown; received: unknown }> {
  const of = async (node: TestNode) => ((await node.anonymous.get('/federation/status')).body.digests ?? []) as Answer[];
  const sent = (await of(city)).find((d) => d.side === 'sent' && d.view === 'up');
  const received = (await of(province)).find((d) => d.side === 'received' && d.view === 'up' && d.origin === '430100');
  return { equal: !!sent && !!received && sent.root === received.root && sent.seq === received.seq, sent, received };
}

function mulberry(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
