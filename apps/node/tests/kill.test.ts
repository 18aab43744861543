import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { expectAllArrived, newLedger, writeAll } from './support/ledger.ts';
import { deskOf, makeOrganisations, type Desk } from './support/records.ts';

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

test('500 publishes and amends by 8 clients under kill -9 of either node: none lost, none doubled, digests equal', async () => {
  const ledger = newLedger();
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
  await writeAll(city, desk, ledger, { clients: CLIENTS, isEnough: () => ledger.done >= WRITES });
  finished = true;
  await killer;
  console.log(`${ledger.done} writes acknowledged, ${ledger.acknowledged.size} records, ${kills} kills`);
  expect(ledger.acknowledged.size).toBeGreaterThan(50);
  expect(kills).toBeGreaterThan(2);

  await expectAllArrived(ledger, { city, province });
}, 420_000);

function mulberry(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
