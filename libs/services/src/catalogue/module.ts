import type { Module } from '@xiangjing/platform';
import { repeat, type JobContext } from '../kernel/jobs.ts';
import { retireExpired } from './retire-expired.ts';

const TEN_MINUTES_MS = 10 * 60_000;

/** Work of the catalogue that nobody asks for: retiring what has run out. */
export const catalogueModule: Module<JobContext> = {
  name: 'catalogue',
  needs: [],
  start: ({ jobContext }) => Promise.resolve(repeat(retireExpired, { jobContext, name: 'valid-until', everyMs: TEN_MINUTES_MS })),
};
