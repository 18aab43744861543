import { defineConfig } from 'vitest/config';

const all = '{apps,libs,plugins,tools}/*/src/**/*';
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: [`${all}.test.{ts,tsx}`], exclude: ['**/*.int.test.ts', '**/node_modules/**'], testTimeout: 20_000 } },
      {
        test: {
          name: 'int',
          include: [`${all}.int.test.ts`, 'apps/node/tests/**/*.test.ts'],
          globalSetup: ['./libs/db/src/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
