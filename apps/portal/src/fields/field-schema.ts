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

/** What is written in a way forms do not know counts as not written: one odd field must not hide the others. */
const known = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const FieldSchemaShape: z.ZodType<FieldSchema> = z.looseObject({
  type: known(z.enum(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'])),
  title: known(z.string()),
  format: known(z.string()),
  enum: known(z.array(z.union([z.string(), z.number()]))),
  minimum: known(z.number()),
  maximum: known(z.number()),
  minLength: known(z.number()),
  maxLength: known(z.number()),
  minItems: known(z.number()),
  maxItems: known(z.number()),
  get items() {
    return known(FieldSchemaShape);
  },
  get properties() {
    return known(z.record(z.string(), FieldSchemaShape));
  },
  required: known(z.array(z.string())),
  'x-zh': known(z.record(z.string(), z.string())),
  'x-unit': known(z.string()),
  'x-kit': known(z.string()),
});

/** Reads a schema as a vocabulary carries it. What says nothing a form knows is an empty schema: shown as text, not edited. */
export function readFieldSchema(json: unknown): FieldSchema {
  const read = FieldSchemaShape.safeParse(json);
  return read.success ? read.data : {};
}
