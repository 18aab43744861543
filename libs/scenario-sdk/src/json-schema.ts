import { z } from 'zod';
import type { JsonSchema } from './descriptor.ts';

/**
 * JSON Schema 2020-12 in input mode, what a person or program hands in, with every `$ref` written out. Throws on what JSON
 * cannot say: dates as objects, transforms, and refinements, which would vanish silently.
 */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const made = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema }) => {
      const { type, checks = [] } = zodSchema._zod.def;
      if (type === 'pipe' || type === 'transform') throw new Error('a transform gives another value than was handed in');
      if (checks.some((check) => check._zod.def.check === 'custom'))
        throw new Error('a refinement cannot be told in JSON Schema: make it a rule');
    },
  }) as JsonSchema;
  const { $defs, ...rest } = made;
  return inlined(rest, ($defs ?? {}) as Record<string, unknown>) as JsonSchema;
}

function inlined(node: unknown, defs: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((item) => inlined(item, defs));
  if (typeof node !== 'object' || node === null) return node;
  const { $ref, ...rest } = node as Record<string, unknown>;
  const target = typeof $ref === 'string' ? defs[$ref.replace('#/$defs/', '')] : undefined;
  const whole = typeof target === 'object' && target !== null ? { ...target, ...rest } : rest;
  return Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, inlined(value, defs)]));
}
