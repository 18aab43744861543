import type { Module } from '@xiangjing/platform';
import { repeat, type JobContext } from '../kernel/jobs.ts';
import { clearExpired } from './clear-expired.ts';

const HOUR_MS = 3_600_000;

/** Housekeeping of kernel's tables. */
export const operationsModule: Module<JobContext> = {
  name: 'operations',
  needs: [],
  start: ({ jobContext }) => Promise.resolve(repeat(clearExpired, { jobContext, name: 'clear-expired', everyMs: HOUR_MS })),
};
