import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { replayCommand, simulate } from './simulate.ts';
import { SITUATIONS, type Oracle, type Situation } from './witness.ts';
import { MUTANTS, type Mutant } from './world.ts';

const SEEDS = Array.from({ length: 200 }, (_, i) => i + 1);
const root = path.resolve(import.meta.dirname, '../../../../..');

test('200 seeds: whatever breaks, everything heals and every oracle holds', { timeout: 120_000 }, () => {
  const seen = new Map<Situation, number>();
  const failures = SEEDS.flatMap((seed) => {
    const simulated = simulate(seed);
    for (const [situation, times] of simulated.seen) seen.set(situation, (seen.get(situation) ?? 0) + times);
    const [first] = simulated.violations;
    return first ? [`seed ${seed}: "${first.oracle}": ${first.text}; see: ${replayCommand(seed)}`] : [];
  });
  expect(failures, failures.join('\n')).toEqual([]);
  expect(SITUATIONS.filter((situation) => !seen.has(situation))).toEqual([]);
});

const caughtBy: Record<Mutant, Oracle> = {
  'no de-duplication': 'each event takes effect once',
  'cursor before commit': 'every committed write arrives and nothing else',
  'guard skipped': 'nothing above the tier is emitted',
  'incarnation ignored': 'the log holds every event',
  'absence is deletion': 'replicas equal the projection of the origin',
  'parked unverified': 'healing is bounded',
};

/** The first seed with which an oracle catches the mutant. */
function catching(mutant: Mutant): { seed: number; oracle: Oracle } {
  for (const seed of SEEDS)
    if (simulate(seed, mutant).violations.some(({ oracle }) => oracle === caughtBy[mutant])) return { seed, oracle: caughtBy[mutant] };
  throw new Error(`no seed catches the mutant: ${mutant}`);
}

test.each(MUTANTS)('the mutant is caught: %s', { timeout: 120_000 }, (mutant) => {
  const { seed, oracle } = catching(mutant);
  expect(SEEDS).toContain(seed);
  expect(simulate(seed).violations.map((violation) => violation.oracle)).not.toContain(oracle);
});

test('the same seed tells the same story', () => {
  const { journal } = simulate(5, null, true);
  expect(journal.length).toBeGreaterThan(100);
  expect(simulate(5, null, true).journal).toEqual(journal);
});

test('the command printed for a failing seed replays it', { timeout: 60_000 }, () => {
  const run = (command: string) => {
    const node = `"${process.execPath}"`;
    return spawnSync(command.replace(/^node/, node), { cwd: root, shell: true, encoding: 'utf8' });
  };
  const { seed, oracle } = catching('guard skipped');
  const failing = run(replayCommand(seed, 'guard skipped'));
  const { text } = simulate(seed, 'guard skipped').violations[0]!;
  expect({ status: failing.status, stderr: failing.stderr }).toEqual({ status: 1, stderr: '' });
  expect(failing.stdout).toContain(`VIOLATION of "${oracle}": ${text}`);
  expect(run(replayCommand(seed))).toMatchObject({ status: 0 });
  expect(run(replayCommand(seed, 'no such mutant' as Mutant)).status).toBe(2);
});
