import {
  fieldDirectory,
  PRESETS,
  raise,
  type FieldDirectory,
  type JsonObject,
  type Label,
  type RecordDocument,
} from '@xiangjing/scenario-sdk';
import fc from 'fast-check';
import { commonLabel } from './arbitraries.ts';
import { AGENCY } from './subjects.ts';

const attribute = (name: string, label: Label) =>
  [`attrs.${name}`, { path: `attrs.${name}`, label, titleZh: name, personal: label.pi !== 'none', listed: false }] as const;

/** The fields of an opportunity, with attributes of every tier. */
export const FIELDS: FieldDirectory = new Map([
  ...fieldDirectory('opportunity'),
  attribute('airspaceUse', PRESETS.pub),
  attribute('price', PRESETS.biz),
  attribute('dispatchContact', raise(PRESETS.biz, { pi: 'pi' })),
  attribute('accuracy', PRESETS.lim),
  attribute('routes', raise(PRESETS.lim, { safety: 'ps' })),
  attribute('hangars', PRESETS.top),
  attribute('patients', raise(PRESETS.top, { pi: 'spi' })),
]);

/** A text that stands in one field and nowhere else. */
export const canary = (path: string): string => `〔${path}·只在这里〕`;

function filled(part: 'core' | 'attrs'): JsonObject {
  const names = [...FIELDS.keys()].filter((path) => path.startsWith(`${part}.`));
  return Object.fromEntries(names.map((path) => [path.slice(part.length + 1), canary(path)]));
}

/** A record with a canary in every field it can have. */
export const record = (more: Partial<RecordDocument> = {}): RecordDocument => ({
  id: 'urn:xiangjing:430100:opportunity:0192f0c1-7c1a-7b3e-8a55-0123456789ab',
  kind: 'opportunity',
  rev: 3,
  stage: 'published',
  suspended: false,
  core: {
    ...filled('core'),
    ownerUscc: AGENCY,
    domains: ['healthcare'],
    roleContact: { unit: canary('core.roleContact.unit'), phone: canary('core.roleContact.phone'), mailbox: 'office@example.cn' },
  },
  attrs: filled('attrs'),
  schema: 1,
  label: PRESETS.pub,
  fieldLabels: {},
  ...more,
});

/** Labels of fields that an author raised; those that stand for another field more often than chance has them. */
export const anyRaised: fc.Arbitrary<Record<string, Label>> = fc.dictionary(
  fc.oneof(fc.constantFrom(...FIELDS.keys()), fc.constantFrom('core.title', 'core.publicTitle', 'core.roleContact', 'core.ownerName')),
  commonLabel,
  { maxKeys: 5 },
);
