import type { FieldDirectory, Json, JsonObject, RecordDocument } from '@xiangjing/scenario-sdk';
import { effectiveLabel, filledPaths } from './labels.ts';

/** Which personal fields an answer hides: all, the sensitive ones only, none. */
export type Mask = 'personal' | 'special' | 'none';
export const MASKED = '***';

/** Hides personal values and keeps their shape; `masked` names the paths. A write that hands a masked value back must not store it. */
export function maskDocument(
  doc: Pick<RecordDocument, 'core' | 'attrs' | 'label' | 'fieldLabels'>,
  mask: Mask,
  fields: FieldDirectory,
): { core: JsonObject; attrs: JsonObject; masked: string[] } {
  const isHidden = (path: string): boolean => {
    const { pi } = effectiveLabel(doc, path, fields);
    if (mask === 'special') return pi === 'spi';
    return mask === 'personal' && (pi !== 'none' || fields.get(path)?.personal !== false); // a field no schema knows may be personal
  };
  const masked = filledPaths(doc).filter(isHidden);
  const partOf = (part: 'core' | 'attrs'): JsonObject =>
    Object.fromEntries(
      Object.entries(doc[part]).map(([name, value]) => [name, masked.includes(`${part}.${name}`) ? maskValue(value) : value]),
    );
  return { core: partOf('core'), attrs: partOf('attrs'), masked };
}

/** What is shown in place of a hidden value: its shape, no content. */
export function maskValue(value: Json): Json {
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, maskValue(v)]));
  return typeof value === 'string' ? MASKED : null;
}
