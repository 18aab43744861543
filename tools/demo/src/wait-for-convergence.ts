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

const HEARD_MS = 15_000;

/** After a restart the others' digests are right at once, but a node still shows them as late until it has heard from each. */
export async function waitUntilHeard(apis: readonly NodeApi[], signal: AbortSignal): Promise<NodeReport[]> {
  const running = new Set(apis.map((api) => api.adcode));
  for (const until = Date.now() + HEARD_MS; ; await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined)) {
    const reports = await readReports(apis);
    const late = reports.some((r) => r.nodes.some((n) => running.has(n.adcode) && n.state !== 'self' && n.state !== 'current'));
    if (!late || Date.now() >= until || signal.aborted) return reports;
  }
}
