import { z } from 'zod';
import { Kind } from './kinds.ts';
import { Label } from './label.ts';
import type { FormSpec } from './plugin.ts';
import { DomainCode } from './vocabulary.ts';

/** JSON Schema 2020-12 of one kind's attributes, input mode: what a person or a program hands in. */
export interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  [keyword: string]: unknown;
}

export interface AttributeTexts {
  zh: string;
  en: string;
  hintZh?: string;
  unit?: string;
}

/**
 * What a plug-in says of its domain, as data without code: enough to store, show, redact and fill in its attributes.
 * Titles of nested fields stand in the JSON Schema (`title`, `x-en-title`), names of codes beside each `enum` (`x-zh`, `x-en`).
 */
export interface Descriptor {
  domain: DomainCode;
  version: string;
  contract: number;
  /** The schema number that travels on the wire. */
  schema: number;
  kinds: Partial<Record<Kind, JsonSchema>>;
  labels: Record<string, Label>;
  texts: Record<string, AttributeTexts>;
  form: FormSpec;
  /** Attributes that are also kept in the shared list for counting. */
  facets: string[];
  /** Attributes a list may be sorted by. */
  sorts: string[];
  /** SHA-256 over {@link wirePart}, made by the plug-in host. */
  digest?: string;
}

/** Shape of a descriptor, for a host that checks what a plug-in hands over. */
export const DescriptorShape = z.object({
  domain: DomainCode,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  contract: z.number().int(),
  schema: z.number().int().min(1),
  kinds: z.partialRecord(Kind, z.looseObject({ type: z.literal('object'), properties: z.record(z.string(), z.looseObject({})) })),
  labels: z.record(z.string(), Label),
  texts: z.record(z.string(), z.object({ zh: z.string(), en: z.string(), hintZh: z.string().optional(), unit: z.string().optional() })),
  form: z.looseObject({ groups: z.array(z.looseObject({ fields: z.array(z.string()) })) }),
  facets: z.array(z.string()),
  sorts: z.array(z.string()),
});

const ANNOTATION = /^(title|description|examples|default|\$schema|id|x-.*)$/;

/** A JSON Schema without its texts: in a map of properties every key is a name, elsewhere annotations are left out. */
function withoutTexts(node: unknown, isMap = false): unknown {
  if (Array.isArray(node)) return node.map((item) => withoutTexts(item));
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([key]) => isMap || !ANNOTATION.test(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutTexts(value, !isMap && (key === 'properties' || key === '$defs'))]));
}

/**
 * What a schema number promises other nodes: shapes and labels. Texts, form and release are left out, so that mending a text
 * does not make two descriptors with one number.
 */
export const wirePart = (d: Descriptor) => ({ domain: d.domain, schema: d.schema, kinds: withoutTexts(d.kinds, true), labels: d.labels });
