import { z } from '@xiangjing/scenario-sdk';

/** The part of JSON Schema 2020-12 that fields are described in, with the SDK's annotations for names, units and kits. */
export interface FieldSchema {
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null' | undefined;
  title?: string | undefined;
  format?: string | undefined;
  enum?: (string | number)[] | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  minItems?: number | undefined;
  maxItems?: number | undefined;
  items?: FieldSchema | undefined;
  properties?: Record<string, FieldSchema> | undefined;
  required?: string[] | undefined;
  'x-zh'?: Record<string, string> | undefined;
  'x-unit'?: string | undefined;
  'x-kit'?: string | undefined;
}

const FieldSchemaShape: z.ZodType<FieldSchema> = z.looseObject({
  type: z.enum(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']).optional(),
  title: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  get items() {
    return FieldSchemaShape.optional();
  },
  get properties() {
    return z.record(z.string(), FieldSchemaShape).optional();
  },
  required: z.array(z.string()).optional(),
  'x-zh': z.record(z.string(), z.string()).optional(),
  'x-unit': z.string().optional(),
  'x-kit': z.string().optional(),
});

/** Reads a schema as a vocabulary carries it. What says nothing a form knows is an empty schema: shown as text, not edited. */
export function readFieldSchema(json: unknown): FieldSchema {
  const read = FieldSchemaShape.safeParse(json);
  return read.success ? read.data : {};
}
