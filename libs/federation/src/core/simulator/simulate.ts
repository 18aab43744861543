import { createBroker } from './broker.ts';
import { FAULTS_MS, heal, plantFaults } from './faults.ts';
import { createHttpsRoad } from './https-road.ts';
import { checkAll, isHealed } from './oracles.ts';
import { createRandom } from './random.ts';
import { createSimNode } from './sim-node.ts';
import { createTimeline } from './timeline.ts';
import { NODES } from './topology.ts';
import { createWitness, type Situation, type Violation } from './witness.ts';
import type { Mutant, World } from './world.ts';

export interface Simulated {
  violations: readonly Violation[];
  /** From the end of all faults. */
  healedAfterMs: number;
  seen: ReadonlyMap<Situation, number>;
  events: number;
  journal: readonly string[];
}

/** Tells one seed's story again, from the root of the repository. */
export const replayCommand = (seed: number, mutant: Mutant | null = null): string =>
  `node libs/federation/src/core/simulator/replay.ts ${seed}${mutant ? ` '${mutant}'` : ''}`;

/** How long healing may take: a request that hangs, a take-over, and a heartbeat that shows a writer its topic is gone. */
export const HEALING_MS = 45_000;

/**
 * A province and two cities made of the protocol's own functions, on simulated roads and databases. The seed decides what people
 * change, what breaks and when; then everything heals, and the oracles look at what came of it.
 */
export function simulate(seed: number, mutant: Mutant | null = null, isTold = false): Simulated {
  const timeline = createTimeline();
  const random = createRandom(seed);
  const witness = createWitness(timeline.now, isTold);
  const broker = createBroker({ timeline, random });
  const https = createHttpsRoad({ timeline, random });
  const hasBroker = random.chance(0.85);
  const drawn = { hasBroker, isLogAlone: hasBroker && random.chance(0.25), deaths: { inTransaction: 0 }, careless: new Set<string>() };
  const world: World = { timeline, random, broker, https, witness, mutant, ...drawn };
  const nodes = NODES.map((adcode) => createSimNode(world, adcode));

  plantFaults(world, nodes);
  for (const node of nodes) node.start();
  const changes = random.between(40, 160);
  const isBurst = random.chance(0.3);
  for (let n = 1; n <= changes; n += 1)
    timeline.in(isBurst ? random.pick([5_000, 50_000]) + random.int(3_000) : random.int(FAULTS_MS), () =>
      random.pick(nodes).change(`text ${n}`),
    );

  timeline.run(FAULTS_MS);
  heal(world, nodes);
  const healedAfterMs = untilHealed(world, () => isHealed(world, nodes));
  timeline.run(timeline.now() + 5_000); // whatever still travels arrives
  checkAll(world, nodes, witness.fail);
  const events = nodes.flatMap(({ store }) => [...store.feeds.values()]).reduce((total, rows) => total + rows.length, 0);
  return { violations: witness.violations, healedAfterMs, seen: witness.seen, events, journal: witness.journal ?? [] };
}

function untilHealed({ timeline, https, witness }: World, isHealed: () => boolean): number {
  for (let ms = 0; ms <= HEALING_MS; ms += 1_000) {
    if (isHealed()) return ms;
    if (https.open() > 40) witness.fail('queues are bounded', `${https.open()} requests are open`);
    timeline.run(timeline.now() + 1_000);
  }
  witness.fail('healing is bounded', `not healed ${HEALING_MS / 1000} s after the last fault`);
  return Number.POSITIVE_INFINITY;
}
