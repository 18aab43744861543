import { definePlugin, PRESETS, z } from '@xiangjing/scenario-sdk';
import { readNodeConfig } from '../../src/read-config.ts';
import { startNode } from '../../src/start-node.ts';

/** `start` with one plug-in of the tests' own, at the schema number in SCHEMA: 1 has `field`, 2 adds `crop`. */
const field = { zh: '地块', en: 'Field' };
const crop = { zh: '作物', en: 'Crop' };
const text = z.string().max(40).optional();
const first = definePlugin({
  domain: 'modern-agriculture',
  version: '1.0.0',
  contract: 1,
  schema: { current: 1, attrs: { opportunity: z.object({ field: text }) }, labels: { field: PRESETS.pub }, text: { field } },
});
const second = definePlugin({
  domain: 'modern-agriculture',
  version: '2.0.0',
  contract: 1,
  schema: {
    current: 2,
    attrs: { opportunity: z.object({ field: text, crop: text }) },
    labels: { field: PRESETS.pub, crop: PRESETS.pub },
    text: { field, crop },
  },
});

const plugin = process.env.SCHEMA === '2' ? second : first;
const node = await startNode(readNodeConfig(process.argv.at(-1)!, {}), {
  plugins: [{ domain: 'modern-agriculture', load: async () => ({ plugin }) }],
});
process.once('SIGTERM', () => void node.stop().then(() => process.exit(0)));
process.once('disconnect', () => void node.stop().then(() => process.exit(0)));
process.send?.({ ready: node.url });
