import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CITIES } from '@xiangjing/scenario-sdk';
import { applyRate } from './b1-apply-rate.ts';
import { manyCities } from './b13-many-cities.ts';
import { catchUp } from './b3-catch-up.ts';
import { idleClients } from './b14-idle-clients.ts';
import { commitToVisible } from './commit-to-visible.ts';
import { markdown, type Report } from './report.ts';
import { mergeReports } from './saved-reports.ts';

const cities = CITIES.map(({ adcode }) => adcode);
const BENCHMARKS: { [name: string]: () => Promise<Report> } = {
  b1: () => applyRate({ rounds: 7, records: 5_000 }),
  b3: () => catchUp({ rounds: 5, events: 100_000 }),
  b4: () => commitToVisible({ road: 'kafka', rounds: 5, samples: 100 }),
  b5: () => commitToVisible({ road: 'https', rounds: 5, samples: 100 }),
  b13: () => manyCities({ cities, rate: 50, transaction: 50, seconds: 180 }),
  b14: () => idleClients({ cities, rounds: 5, windowMs: 20_000 }),
};

const asked = process.argv.slice(2).filter((argument) => argument !== '--save');
const unknown = asked.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(
    `no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}. Without a name all run; --save writes them into BENCHMARKS.md.`,
  );
  process.exit(2);
}

const texts: string[] = [];
for (const name of asked.length > 0 ? asked : Object.keys(BENCHMARKS)) {
  const text = markdown(await BENCHMARKS[name]!());
  console.log(text);
  texts.push(text);
}
if (process.argv.includes('--save')) {
  const file = join(import.meta.dirname, '../BENCHMARKS.md');
  writeFileSync(file, mergeReports(readFileSync(file, 'utf8'), texts));
}
