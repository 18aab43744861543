import type { PluginRow } from '@xiangjing/plugin-host';

/** The bundled domain plug-ins: the one place to add one. Code is imported when the host loads it. */
export const PLUGINS: readonly PluginRow[] = [
  { domain: 'low-altitude-economy', load: () => import('@xiangjing/low-altitude-economy') },
  { domain: 'healthcare', load: () => import('@xiangjing/healthcare') },
  { domain: 'culture-technology', load: () => import('@xiangjing/culture-technology') },
];
