import react from '@vitejs/plugin-react';
import { readFileSync } from 'node:fs';
import { defineConfig, type UserConfig } from 'vite';

/** The floor is Chromium 90: what government desktops ran in 2024. */
const FLOOR = 'chrome90';

/** `vite build`: the workbench under dist/client, and with it styles and script of the public pages. All names carry a digest. */
const client: UserConfig['build'] = {
  target: FLOOR,
  cssTarget: FLOOR,
  outDir: 'dist/client',
  emptyOutDir: true,
  manifest: 'manifest.json',
  modulePreload: { polyfill: false },
  rolldownOptions: {
    input: { workbench: 'index.html', enhance: 'src/enhance.ts', public: 'src/styles/public.css' },
    output: {
      codeSplitting: {
        groups: [
          { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 2 },
          { name: 'antd', test: /node_modules\/(antd|@ant-design|@rc-component)/, priority: 1 }, // a group takes what it needs along
        ],
      },
    },
  },
};

/** Addresses of what the client build made for public pages: the render entry, built second, links to them. */
function publicAssets(): Record<string, string> {
  const manifest = JSON.parse(readFileSync('dist/client/manifest.json', 'utf8')) as Record<string, { file: string }>;
  const address = (source: string) => JSON.stringify(`/${manifest[source]?.file}`);
  return {
    'import.meta.env.PUBLIC_CSS': address('src/styles/public.css'),
    'import.meta.env.ENHANCE_JS': address('src/enhance.ts'),
  };
}

/** `vite build --ssr src/server.tsx`: one file that carries all it needs, in React's production form. */
const server = (): UserConfig => ({
  plugins: [react()],
  publicDir: false,
  ssr: { noExternal: true },
  define: { ...publicAssets(), 'process.env.NODE_ENV': '"production"' },
  build: { target: 'node24', rolldownOptions: { output: { entryFileNames: 'server.js' } } },
});

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? server() : { plugins: [react()], build: client }));
