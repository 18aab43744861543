import type { TestProject } from 'vitest/node';

export type StopServer = () => Promise<void>;
type StartServer = (project: TestProject) => Promise<StopServer>;

const SERVERS: { suites: string; load: () => Promise<StartServer> }[] = [
  { suites: '.kafka.test.ts', load: async () => (await import('./start-test-kafka.ts')).startTestKafka },
  { suites: '.keycloak.test.ts', load: async () => (await import('./start-test-keycloak.ts')).startTestKeycloak },
];

/** For the project `servers`: one of each kind per run, and only those that a file of this run needs. */
export default async function (project: TestProject): Promise<StopServer> {
  const files = project.vitest.state.getPaths();
  const stops: StopServer[] = [];
  const stopAll = async (): Promise<void> => void (await Promise.all(stops.map((stop) => stop())));
  try {
    // One after the other: two cores start one Java faster than two.
    for (const { suites, load } of SERVERS) {
      if (!files.some((file) => file.endsWith(suites))) continue;
      const start = await load();
      stops.push(await start(project));
    }
  } catch (error) {
    await stopAll();
    throw error;
  }
  return stopAll;
}
