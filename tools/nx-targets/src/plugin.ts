import { createNodesFromFiles, type CreateNodes } from '@nx/devkit';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Infers the targets of a project from the files it has: `tsconfig.json` typecheck, `prisma.config.ts` generate, `vite.config.ts` build. */
export const name = 'xiangjing-targets';

const task = (command: string, cwd: string, more: object = {}) => ({
  executor: 'nx:run-commands',
  cache: true,
  dependsOn: ['^generate', 'generate'],
  inputs: ['default', '^production'],
  options: { command, cwd },
  ...more,
});

function targetsOf(root: string, has: (file: string) => boolean): Record<string, object> {
  const targets: Record<string, object> = { test: task(`vitest run ${root}/ --passWithNoTests`, '.') };
  if (has('tsconfig.json')) targets.typecheck = task('tsc -p tsconfig.json', root);
  if (has('prisma.config.ts'))
    targets.generate = task('prisma generate', root, {
      dependsOn: [],
      inputs: ['{projectRoot}/prisma/**', '{projectRoot}/prisma.config.ts', 'sharedGlobals'],
      outputs: ['{projectRoot}/src/generated'],
    });
  if (has('vite.config.ts'))
    targets.build = task('vite build && vite build --ssr src/server.tsx --outDir dist/server', root, { outputs: ['{projectRoot}/dist'] });
  return targets;
}

/** `plugins/tsconfig.json` is a project of its own: one pass checks every plug-in. */
const pluginsProject = (root: string) => ({
  [root]: {
    name: root,
    targets: {
      typecheck: task('tsc -p tsconfig.json', root, {
        inputs: [`{workspaceRoot}/${root}/**/*.ts`, '{workspaceRoot}/libs/scenario-sdk/src/**/*.ts', 'sharedGlobals'],
      }),
    },
  },
});

export const createNodes: CreateNodes = [
  '{apps,libs,plugins,tools}/{*/package.json,tsconfig.json}',
  (files, options, context) =>
    createNodesFromFiles(
      (file) => {
        const root = dirname(file);
        const has = (name: string) => existsSync(join(context.workspaceRoot, root, name));
        return { projects: has('package.json') ? { [root]: { targets: targetsOf(root, has) } } : pluginsProject(root) };
      },
      files,
      options,
      context,
    ),
];
