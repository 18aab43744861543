import { issuesIn, pointerTo, z, type Issue, type JsonObject, type Stage } from '@xiangjing/scenario-sdk';
import { sizeIssues } from './limits.ts';

/** Stages in which a record may still have holes. */
const OPEN_STAGES: readonly Stage[] = ['draft', 'returned', 'withdrawn'];

const given = (attrs: JsonObject): JsonObject => Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== null));

/**
 * What a person or program hands in: every name must be known and every value whole; names may be missing, and null removes one.
 */
export function inputIssues(schema: z.ZodObject | undefined, attrs: JsonObject): Issue[] {
  const tooLarge = sizeIssues(attrs);
  if (tooLarge.length > 0) return tooLarge;
  const known = new Set(Object.keys(schema?.shape ?? {}));
  const unknown = Object.keys(attrs).filter((name) => !known.has(name));
  const faults = schema ? issuesIn(schema.partial(), given(attrs), '/attrs', 'ATTRIBUTE_INVALID') : [];
  return [...unknown.map(unknownAttribute), ...faults];
}

const unknownAttribute = (name: string): Issue => ({
  pointer: pointerTo('/attrs', [name]),
  code: 'ATTRIBUTE_INVALID',
  message: `这个领域没有名为“${name}”的属性。`,
  remedy: '核对属性名，见 /api/v1/vocabulary；通用字段写在 core 里。',
});

/** Stored attributes for a target stage. Names this schema does not know are another version's: kept, not judged. */
export function storedIssues(schema: z.ZodObject, attrs: JsonObject, stage: Stage, titleOf: (name: string) => string): Issue[] {
  const tooLarge = sizeIssues(attrs);
  if (tooLarge.length > 0) return tooLarge;
  const faults = issuesIn(schema.partial(), given(attrs), '/attrs', 'ATTRIBUTE_INVALID');
  if (OPEN_STAGES.includes(stage)) return faults;
  const missing = Object.entries(schema.shape).filter(
    ([name, value]) => (attrs[name] ?? null) === null && !z.safeParse(value, undefined).success,
  );
  return [
    ...faults,
    ...missing.map(([name]): Issue => {
      return { pointer: pointerTo('/attrs', [name]), code: 'FIELD_MISSING', message: `要填“${titleOf(name)}”。`, remedy: '补上这一项。' };
    }),
  ];
}

/** The attributes a plug-in may see: those its own schema has, copied. */
export const knownAttributes = (schema: z.ZodObject, attrs: JsonObject): JsonObject =>
  structuredClone(Object.fromEntries(Object.entries(given(attrs)).filter(([name]) => name in schema.shape)));
