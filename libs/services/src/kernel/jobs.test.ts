import { createLogger } from '@xiangjing/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ServiceContext } from './context.ts';
import { repeat } from './jobs.ts';

const jobContext = () => ({ log: createLogger({ level: 'silent' }) }) as unknown as ServiceContext;

it('leaves out the turns that come while it runs, so that a stop waits for one run and no queue', async () => {
  let runs = 0;
  const job = async () => {
    runs += 1;
    await sleep(60);
  };
  const repeated = repeat(job, { jobContext, name: 'slow', everyMs: 5 });
  await sleep(40);
  await repeated.stop();
  expect(runs).toBe(1);
  await sleep(20);
  expect(runs).toBe(1);
});

it('runs again after a failure', async () => {
  let runs = 0;
  const repeated = repeat(() => Promise.reject(new Error(`run ${(runs += 1)}`)), { jobContext, name: 'failing', everyMs: 2 });
  for (let waited = 0; runs < 3 && waited < 500; waited++) await sleep(2);
  await repeated.stop();
  expect(runs).toBeGreaterThanOrEqual(3);
});
