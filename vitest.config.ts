import { defineConfig } from 'vitest/config';
import { missingPrograms } from './tools/local-servers/src/prerequisites.ts';

const all = '{apps,libs,plugins,tools}/*/src/**/*';
const POSTGRES = './libs/db/src/testing/global-setup.ts';
const SERVERS = './tools/local-servers/src/testing/global-setup.ts';
const postgres = { globalSetup: [POSTGRES], hookTimeout: 120_000 };
/** Suites on a real Kafka and a real Keycloak. */
const onServers = '**/*.{kafka,keycloak}.test.ts';
const elsewhere = ['**/*.int.test.ts', onServers, '**/node_modules/**'];

export default defineConfig({
  test: {
    // Says in the last lines of a run which suites were left out, and why.
    globalSetup: ['./tools/local-servers/src/testing/left-out.ts'],
    projects: [
      { test: { name: 'unit', include: [`${all}.test.{ts,tsx}`], exclude: elsewhere, testTimeout: 20_000 } },
      { test: { name: 'int', include: [`${all}.int.test.ts`], testTimeout: 60_000, ...postgres } },
      // Whole federations of real processes: one file at a time, after the others, so that bounds in seconds mean something.
      {
        test: {
          name: 'federation',
          include: ['apps/node/tests/**/*.test.ts', 'tools/demo/tests/**/*.test.ts'],
          exclude: elsewhere,
          testTimeout: 60_000,
          ...postgres,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      ...(missingPrograms().length > 0
        ? []
        : [
            {
              test: {
                name: 'servers',
                include: [`{apps,libs,tools}/*/{src,tests}/${onServers}`],
                testTimeout: 120_000,
                hookTimeout: 240_000,
                globalSetup: [POSTGRES, SERVERS],
                maxWorkers: 1,
                sequence: { groupOrder: 2 },
              },
            },
          ]),
    ],
  },
});
