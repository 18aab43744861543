import { demoUsersOf } from './demo-users.ts';
import { onceReport } from './once-report.ts';
import type { DemoOptions } from './options.ts';
import { createProgress, type Progress } from './progress.ts';
import { startFederation, type Federation } from './start-federation.ts';
import { signIn, table } from './summary.ts';
import { waitForConvergence, waitUntilHeard } from './wait-for-convergence.ts';

/** Runs the demo to its end and gives the exit code: after one report with `--once`, else when it is told to stop. */
export async function runDemo(options: DemoOptions, stopped: AbortSignal): Promise<number> {
  const progress = createProgress();
  const federation = await startFederation(options, progress, stopped);
  try {
    progress.step('waiting until every node holds what the others sent');
    const { reports, missing } = await waitForConvergence(federation.apis, Date.now() + options.timeoutMs, stopped);
    for (const line of missing) progress.step(`not there yet: ${line}`);
    const { urls } = federation;
    if (options.json) {
      const report = onceReport(reports, { urls, seconds: progress.seconds(), converged: missing.length === 0 });
      process.stdout.write(`${JSON.stringify(report, null, 1)}\n`);
    } else process.stdout.write(`\n${table(await waitUntilHeard(federation.apis, stopped), urls)}\n`);
    if (options.once) return missing.length === 0 ? 0 : 1;
    explain(federation, options, progress);
    await stayUp(stopped);
    return 0;
  } finally {
    progress.step('stopping');
    await federation.stop();
    progress.step('stopped');
  }
}

function explain({ folder, urls, servers }: Federation, { nodes, data, portBase }: DemoOptions, progress: Progress): void {
  const [province = '', city = province] = nodes;
  const users = demoUsersOf(city, '');
  const names = new Set(users.map((u) => u.username));
  const provinceOnly = demoUsersOf(province, '').filter((u) => !names.has(u.username));
  process.stderr.write(`\n${signIn({ users, provinceOnly, password: folder.kept.password, portBase, keycloak: servers.keycloak })}\n\n`);
  progress.step(`open ${urls.get(province) ?? ''}; data in ${data}; Ctrl-C stops everything`);
}

const stayUp = (stopped: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stopped.aborted) return resolve();
    const alive = setInterval(() => undefined, 60_000);
    stopped.addEventListener('abort', () => {
      clearInterval(alive);
      resolve();
    });
  });
