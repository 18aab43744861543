/// <reference types="vite/client" />

/** Written in by the build of the render entry (vite.config.ts). */
interface ImportMetaEnv {
  readonly PUBLIC_CSS: string;
  readonly ENHANCE_JS: string;
}
