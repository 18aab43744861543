import { setTimeout as sleep } from 'node:timers/promises';
import { NodeReport, notConverged } from './convergence.ts';
import type { NodeApi } from './node-api.ts';

const EVERY_MS = 400;

export const readReports = (apis: readonly NodeApi[]): Promise<NodeReport[]> =>
  Promise.all(apis.map(async (api) => NodeReport.parse(await api.get('/federation/status', 'operator'))));

/** Asks every node until nothing is missing, or until the time is up. */
export async function waitForConvergence(
  apis: readonly NodeApi[],
  until: number,
  signal: AbortSignal,
): Promise<{ reports: NodeReport[]; missing: string[] }> {
  for (;;) {
    const reports = await readReports(apis);
    const missing = notConverged(reports);
    if (missing.length === 0 || Date.now() >= until || signal.aborted) return { reports, missing };
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
