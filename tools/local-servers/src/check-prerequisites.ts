import { missingPrograms } from './prerequisites.ts';

/** For the gate: ends with 1 where the suites on real servers would be left out. */
const missing = missingPrograms();
for (const { program, remedy } of missing) console.error(`this machine lacks ${program} → ${remedy}`);
process.exitCode = missing.length === 0 ? 0 : 1;
