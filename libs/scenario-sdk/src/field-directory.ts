import { coreFieldsOf } from './core-fields.ts';
import type { Descriptor } from './descriptor.ts';
import type { Kind } from './kinds.ts';
import type { Label } from './label.ts';

/** What is known of one top-level field of a record: its floor label, its name for people, and whether it is personal data. */
export interface FieldEntry {
  path: string;
  label: Label;
  titleZh: string;
  personal: boolean;
  /** Part of the listed metadata: what remains of a record at L3. */
  listed: boolean;
}
export type FieldDirectory = ReadonlyMap<string, FieldEntry>;

/** All fields a record of this kind can have: `core.*`, and `attrs.*` where its domain has a plug-in. Top level only. */
export function fieldDirectory(kind: Kind, descriptor?: Descriptor): FieldDirectory {
  if (descriptor) return directoryOf(kind, descriptor);
  const known = coreDirectories.get(kind) ?? directoryOf(kind);
  coreDirectories.set(kind, known);
  return known;
}

/** Asked for with every event of a domain without a plug-in. */
const coreDirectories = new Map<Kind, FieldDirectory>();

function directoryOf(kind: Kind, descriptor?: Descriptor): FieldDirectory {
  const core = coreFieldsOf(kind).map(({ path, label, titleZh, personal, listed }): FieldEntry => ({
    path,
    label,
    titleZh,
    personal,
    listed,
  }));
  const names = Object.keys(descriptor?.kinds[kind]?.properties ?? {});
  const attrs = names.flatMap((name): FieldEntry[] => {
    const label = descriptor?.labels[name];
    if (!label) return []; // no label known: the path stays out, and a path that no directory knows goes nowhere
    const path = `attrs.${name}`;
    return [{ path, label, titleZh: descriptor?.texts[name]?.zh ?? name, personal: label.pi !== 'none', listed: false }];
  });
  return new Map([...core, ...attrs].map((entry) => [entry.path, entry]));
}

/**
 * What is known of a record's fields, with the attributes of another schema number whose label stands with the record: a node back
 * on an older schema loses neither them nor their labels.
 */
export function withKeptAttributes(fields: FieldDirectory, fieldLabels: Readonly<Record<string, Label>>): FieldDirectory {
  const kept = Object.entries(fieldLabels).filter(([path]) => path.startsWith('attrs.') && !fields.has(path));
  if (kept.length === 0) return fields;
  return new Map([
    ...fields,
    ...kept.map(([path, label]) => [path, { path, label, titleZh: '', personal: label.pi !== 'none', listed: false }] as const),
  ]);
}
