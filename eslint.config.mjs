import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Who may import whom; what is not listed is an error. */
const may = {
  'scenario-sdk': [],
  platform: [],
  db: [],
  authorization: ['scenario-sdk'],
  federation: ['scenario-sdk', 'platform', 'db', 'authorization'],
  'plugin-host': ['scenario-sdk', 'platform'],
  services: ['scenario-sdk', 'authorization', 'platform', 'db', 'federation', 'plugin-host'],
  plugin: ['scenario-sdk'],
  portal: ['scenario-sdk', 'authorization', 'node'],
  'local-servers': ['platform', 'db'],
  node: ['scenario-sdk', 'authorization', 'platform', 'db', 'federation', 'plugin-host', 'services', 'plugin', 'local-servers'],
  tool: ['scenario-sdk', 'authorization', 'platform', 'db', 'federation', 'plugin-host', 'services', 'local-servers'],
};

export default [
  { ignores: ['**/generated/**', '**/dist/**'] },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parser: tseslint.parser },
    plugins: { '@nx': nx },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          checkDynamicDependenciesExceptions: ['.*'],
          depConstraints: Object.entries(may).map(([from, to]) => ({
            sourceTag: `layer:${from}`,
            onlyDependOnLibsWithTags: to.map((name) => `layer:${name}`),
          })),
        },
      ],
    },
  },
];
