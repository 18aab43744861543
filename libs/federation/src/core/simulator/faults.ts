import type { LogRecord } from './broker.ts';
import { eventBytes, readEvent } from './records.ts';
import type { SimNode } from './sim-node.ts';
import { ALL_FEEDS, CITIES, feedsReadBy, keyOf, NODES, PROVINCE } from './topology.ts';
import type { World } from './world.ts';

/** While faults happen; afterwards everything heals. */
export const FAULTS_MS = 90_000;
const FORGED = 'forged';

/** Draws what goes wrong and when. Whatever lasts ends at the latest with `FAULTS_MS`. */
export function plantFaults(world: World, nodes: readonly SimNode[]): void {
  const { random, timeline, broker, https, witness } = world;

  const during = (longestMs: number, [begin, end]: [() => void, () => void]) => {
    const from = random.int(FAULTS_MS);
    timeline.in(from, begin);
    timeline.in(Math.min(FAULTS_MS, from + random.between(200, longestMs)), end);
  };
  const times = (most: number, plant: () => void) => {
    for (let count = random.int(most + 1); count > 0; count -= 1) plant();
  };
  const once = (action: () => void) => timeline.in(random.int(FAULTS_MS), action);
  const without = (set: Set<string>, member: string, longestMs: number) =>
    during(longestMs, [() => set.add(member), () => set.delete(member)]);

  world.deaths.inTransaction = random.pick([0, 0.005, 0.02]);
  broker.weather = { failed: random.float() * 0.15, inDoubt: random.chance(0.5) ? random.float() * 0.2 : 0 };
  https.weather = { lost: random.float() * 0.25, twice: random.float() * 0.25, longestMs: random.pick([30, 400, 1_500]) };
  if (world.hasBroker && !world.isLogAlone) times(2, () => sendAway(world, random.pick(nodes).adcode));
  for (const node of nodes) times(4, () => during(5_000, [node.crash, node.start]));
  if (world.isLogAlone) for (const city of CITIES) https.cutOff.add(city);
  else times(1, () => without(https.cutOff, random.pick(CITIES), random.pick([20_000, FAULTS_MS])));
  times(2, () => world.careless.size < 2 && without(world.careless, random.pick(NODES), 40_000));
  if (!world.hasBroker) return;

  times(1, () => without(broker.cutOff, random.pick(NODES), random.pick([20_000, FAULTS_MS])));
  times(2, () => during(20_000, [() => (broker.isUp = false), () => (broker.isUp = true)]));
  times(1, () =>
    once(() => {
      witness.note(() => 'the brokers are wiped');
      for (const feed of ALL_FEEDS) broker.cut(keyOf(feed), Infinity);
    }),
  );
  times(2, () =>
    once(() => {
      const topic = keyOf(random.pick(ALL_FEEDS));
      const records = random.chance(0.3) ? Infinity : random.between(1, 8);
      witness.note(() => `${topic} loses ${records === Infinity ? 'all' : `its last ${records}`} records`);
      broker.cut(topic, records);
    }),
  );
  times(5, () =>
    once(() => {
      const topic = keyOf(random.pick(ALL_FEEDS));
      broker.intrude(topic, foreignRecord(world, topic));
      witness.note(() => `a foreign record comes into ${topic}`);
    }),
  );
}

/** A node is away for so long that topics it reads do not hold all it has missed; then the brokers are back before HTTPS is. */
function sendAway({ random, timeline, broker, https, witness }: World, adcode: string): void {
  const from = random.int(FAULTS_MS / 6);
  const to = from + random.between(5_000, random.pick([10_000, 30_000]));
  const cities = adcode === PROVINCE ? CITIES : [adcode];
  timeline.in(from, () => {
    witness.note(() => `${adcode} is away`);
    broker.cutOff.add(adcode);
    for (const city of cities) https.cutOff.add(city);
  });
  timeline.in(to, () => {
    for (const feed of feedsReadBy(adcode)) broker.expire(keyOf(feed), random.int(broker.topic(keyOf(feed)).records.length + 1));
    witness.note(() => `the brokers are back for ${adcode}, without what is past retention`);
    broker.cutOff.delete(adcode);
  });
  timeline.in(random.chance(0.5) ? FAULTS_MS : random.between(to, FAULTS_MS), () => cities.forEach((city) => https.cutOff.delete(city)));
}

/** Rubbish, a record of another topic, an event changed on the way, one far ahead: under any incarnation, or none. */
function foreignRecord({ random, broker }: World, topic: string): LogRecord {
  const genuine = (name: string) => broker.topic(name).records.findLast(({ signature }) => signature !== FORGED);
  const [known, other] = [genuine(topic), genuine(keyOf(random.pick(ALL_FEEDS)))];
  const incarnation = random.pick([null, 'forged', known?.incarnation ?? null]);
  const rubbish = { bytes: Buffer.from('{"not":'), signature: FORGED, incarnation };
  if (!known || !other) return rubbish;
  const event = readEvent(known.bytes);
  const ahead = { ...event, seq: event.seq + random.int(40), isHeartbeat: undefined };
  return random.pick([
    rubbish,
    { ...other, incarnation },
    { ...known, signature: FORGED, incarnation },
    { bytes: eventBytes(ahead), signature: FORGED, incarnation },
  ]);
}

/** All faults end; nodes that are down start, and what the mistakes of a projection held back is judged anew. */
export function heal(world: World, nodes: readonly SimNode[]): void {
  const { broker, https, careless, deaths, witness } = world;
  witness.note(() => 'all faults end');
  broker.isUp = true;
  broker.weather = { failed: 0, inDoubt: 0 };
  https.weather = { lost: 0, twice: 0, longestMs: 30 };
  deaths.inTransaction = 0;
  for (const set of [broker.cutOff, careless]) set.clear();
  if (!world.isLogAlone || ALL_FEEDS.some((feed) => broker.topic(keyOf(feed)).inDoubt.size > 0)) https.cutOff.clear();
  for (const node of nodes) {
    node.start();
    node.running!.egress.retryBlocked();
  }
}
