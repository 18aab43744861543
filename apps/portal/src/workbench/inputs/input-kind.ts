import type { FieldSchema } from '../../fields/field-schema.ts';

/** Up to this many choices are shown at once, more are a list to open. */
const FEW = 7;
/** From this length on a text gets several lines. */
const LONG = 200;

export type InputKind =
  'flag' | 'radio' | 'select' | 'several' | 'date' | 'text' | 'long' | 'number' | 'lines' | 'rows' | 'parts' | 'line' | 'none';

/** Which control a schema asks for. */
export function inputKind(schema: FieldSchema, isRequired: boolean): InputKind {
  const { type, items, properties, format, maxLength = 0 } = schema;
  if (schema['x-kit'] === 'geo-line') return 'line';
  if (schema.enum) return isRequired && schema.enum.length <= FEW ? 'radio' : 'select';
  if (type === 'boolean') return 'flag';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'string') return format === 'date' ? 'date' : maxLength >= LONG ? 'long' : 'text';
  if (type === 'object' && properties) return 'parts';
  if (type === 'array' && items?.enum) return 'several';
  if (type === 'array' && items?.type === 'string') return 'lines';
  return type === 'array' && items?.properties ? 'rows' : 'none';
}

/** Several controls under one name: a group with a legend instead of a label. */
export const isGroup = (schema: FieldSchema, isRequired: boolean): boolean =>
  ['flag', 'radio', 'rows', 'parts', 'none'].includes(inputKind(schema, isRequired));

export const isShort = (schema: FieldSchema): boolean => ['date', 'number'].includes(inputKind(schema, false));
