import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Names that pages rendered on the server link to, so they carry no digest; everything else does. */
const STABLE = ['public.css'];

/**
 * Two builds: `vite build` makes dist/client (the workbench, and styles and script of the public pages),
 * `vite build --ssr src/server.tsx` makes the render entry. The floor is Chromium 90.
 */
export default defineConfig(({ isSsrBuild }) => ({
  base: '/',
  plugins: [react()],
  publicDir: isSsrBuild ? false : 'public',
  // the render entry carries all it needs, in React's production form
  ...(isSsrBuild ? { ssr: { noExternal: true as const }, define: { 'process.env.NODE_ENV': '"production"' } } : {}),
  build: {
    target: 'chrome90',
    cssTarget: 'chrome90',
    modulePreload: { polyfill: false },
    outDir: 'dist/client',
    emptyOutDir: true,
    rolldownOptions: isSsrBuild
      ? { output: { entryFileNames: 'server.js' } }
      : {
          input: { workbench: 'workbench/index.html', enhance: 'src/enhance.ts', public: 'src/styles/public.css' },
          output: {
            entryFileNames: (chunk) => (chunk.name === 'enhance' ? 'assets/enhance.js' : 'assets/[name]-[hash].js'),
            assetFileNames: ({ names }) => (STABLE.includes(names[0] ?? '') ? 'assets/[name][extname]' : 'assets/[name]-[hash][extname]'),
            codeSplitting: {
              groups: [
                { name: 'antd', test: /node_modules\/(antd|@ant-design|@rc-component)/ },
                { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
              ],
            },
          },
        },
  },
}));
