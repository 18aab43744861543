import { simulate } from './simulate.ts';
import { MUTANTS } from './world.ts';

/** `node replay.ts <seed> [<mutant>]`: the simulation of one seed again, told step by step. Exit code 1 where an oracle objects. */
const [seed, name] = process.argv.slice(2);
const mutant = MUTANTS.find((known) => known === name) ?? null;
if (!/^\d+$/.test(seed ?? '') || (name !== undefined && !mutant)) {
  process.stderr.write(`usage: node replay.ts <seed> [${MUTANTS.map((known) => `'${known}'`).join(' | ')}]\n`);
  process.exit(2);
}
const { journal, violations, healedAfterMs, events } = simulate(Number(seed), mutant, true);
for (const line of journal) process.stdout.write(`${line}\n`);
process.stdout.write(`seed ${seed}: ${events} events, healed after ${healedAfterMs} ms, ${violations.length} violations\n`);
for (const { oracle, text } of violations) process.stdout.write(`"${oracle}": ${text}\n`);
process.exitCode = violations.length > 0 ? 1 : 0;
