import { defineConfig } from 'vitest/config';

const all = '{apps,libs,plugins,tools}/*/src/**/*';
const postgres = { globalSetup: ['./libs/db/src/testing/global-setup.ts'], hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: [`${all}.test.{ts,tsx}`], exclude: ['**/*.int.test.ts', '**/node_modules/**'], testTimeout: 20_000 } },
      { test: { name: 'int', include: [`${all}.int.test.ts`], testTimeout: 60_000, ...postgres } },
      // Whole federations of real processes: one file at a time, after the others, so that bounds in seconds mean something.
      {
        test: {
          name: 'federation',
          include: ['apps/node/tests/**/*.test.ts', 'tools/demo/tests/**/*.test.ts'],
          testTimeout: 60_000,
          ...postgres,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
