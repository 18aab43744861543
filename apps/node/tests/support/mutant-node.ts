import { startNode } from '../../src/start-node.ts';
import { readNodeConfig } from '../../src/read-config.ts';
import type { Overrides } from '../../src/runtime.ts';
import type { ProjectedDocument, RecordDocument } from '@xiangjing/scenario-sdk';
import { effectiveLabel } from '@xiangjing/authorization';

/**
 * `start` with walls of egress taken down, to prove that each of them stands: MUTANT=projection hands out every field with honest
 * labels, MUTANT=both also lets the guard pass everything. For tests only; the product has no such switch.
 */
const identityProjection: NonNullable<Overrides['project']> = (doc, _view, { fields, descriptor }) =>
  wholeDocument(doc, fields, descriptor);

function wholeDocument(doc: RecordDocument, fields: Parameters<typeof effectiveLabel>[2], descriptor: string | null): ProjectedDocument {
  const paths = [...Object.keys(doc.core).map((k) => `core.${k}`), ...Object.keys(doc.attrs).map((k) => `attrs.${k}`)];
  const labels = Object.fromEntries(paths.map((path) => [path, effectiveLabel(doc, path, fields)]));
  const { id, kind, rev, stage, suspended, core, attrs, schema, label } = doc;
  return { id, kind, rev, stage, suspended, shape: 'full', core, attrs, schema, descriptor, label, labels, withheld: [] };
}

const mutant = process.env.MUTANT;
const overrides: Overrides = {
  project: identityProjection,
  ...(mutant === 'both' ? { guard: () => [] } : {}),
};
const config = readNodeConfig(process.argv.at(-1)!, {});
const node = await startNode(config, overrides);
process.once('SIGTERM', () => void node.stop().then(() => process.exit(0)));
process.once('disconnect', () => void node.stop().then(() => process.exit(0)));
process.send?.({ ready: node.url });
