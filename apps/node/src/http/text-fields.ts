import { z } from '@xiangjing/scenario-sdk';

/**
 * Path and query arrive as text. Converts each to what its schema expects where that is certain (true/false, finite numbers,
 * repeated values); everything else stays text, and the schema then refuses it precisely. The schema itself is never changed.
 */
export function fromText(input: z.ZodObject | undefined, raw: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, convert(input?.shape[key] as z.ZodType | undefined, value)]));
}

function convert(schema: z.ZodType | undefined, value: unknown): unknown {
  const plain = schema && unwrap(schema);
  if (plain instanceof z.ZodArray) return (Array.isArray(value) ? value : [value]).map((v) => convert(plain.element as z.ZodType, v));
  if (typeof value !== 'string') return value;
  if (plain instanceof z.ZodBoolean) return value === 'true' ? true : value === 'false' ? false : value;
  if (plain instanceof z.ZodNumber) return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
  return value;
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodPrefault
  )
    return unwrap(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodPipe ? unwrap(schema.in as z.ZodType) : schema;
}
