import type { FieldSchema } from '../../fields/field-schema.ts';

/** The codes of a choice with their names. */
export const choicesOf = (schema: FieldSchema): { value: string | number; label: string }[] =>
  (schema.enum ?? []).map((value) => ({ value, label: schema['x-zh']?.[value] ?? String(value) }));
