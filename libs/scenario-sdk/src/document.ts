import { z } from 'zod';
import { Kind, Stage } from './kinds.ts';
import { Label } from './label.ts';
import { RecordId } from './record-id.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/**
 * A record as its home node holds it, whole. `core` has the fields of core-fields.ts, `attrs` those of its first domain's
 * plug-in at schema number `schema` (0: no plug-in). `fieldLabels` holds what the author raised, by path (`core.title`, `attrs.routes`).
 */
export interface RecordDocument {
  id: RecordId;
  kind: Kind;
  rev: number;
  stage: Stage;
  suspended: boolean;
  core: JsonObject;
  attrs: JsonObject;
  schema: number;
  label: Label;
  fieldLabels: { [path: string]: Label };
}

/**
 * A record as one audience may have it: what travels in an event's `data` and what a page shows.
 * `labels` has the effective label of every path included; `withheld` the schema names of the paths left out,
 * whether or not they have a value.
 */
export const ProjectedDocument = z.strictObject({
  id: RecordId,
  kind: Kind,
  rev: z.number().int().positive(),
  stage: Stage,
  suspended: z.boolean(),
  shape: z.enum(['full', 'summary', 'listed', 'stub']),
  core: z.record(z.string(), z.json()),
  attrs: z.record(z.string(), z.json()),
  schema: z.number().int().min(0),
  descriptor: z.string().nullable(),
  label: Label,
  labels: z.record(z.string(), Label),
  withheld: z.array(z.string()),
});
export type ProjectedDocument = z.infer<typeof ProjectedDocument>;
