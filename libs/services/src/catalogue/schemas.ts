import { DomainCode, Kind, Label, LifecycleVerb, RecordId, ScenarioKind, Stage, z } from '@xiangjing/scenario-sdk';

const Adcode = z.string().regex(/^43\d{4}$/);
const Rev = z.number().int().positive();
const Fields = z.record(z.string(), z.json());

/** Why a verb was used or refused: codes are per verb, the text is for people, `fields` are JSON pointers into the record. */
export const Reason = z
  .strictObject({ code: z.string().min(1).max(60), text: z.string().min(1).max(2000), fields: z.array(z.string()).default([]) })
  .meta({ id: 'Reason' });
export type Reason = z.infer<typeof Reason>;

export const CreateRecordInput = z.strictObject({
  kind: Kind,
  core: Fields,
  attrs: Fields.default({}),
  label: Label.optional(),
  fieldLabels: z.record(z.string(), Label).default({}),
});
export type CreateRecordInput = z.input<typeof CreateRecordInput>;
export const EditRecordInput = z.strictObject({ id: RecordId, rev: Rev, core: Fields.default({}), attrs: Fields.default({}) });
export type EditRecordInput = z.input<typeof EditRecordInput>;
export const ClassifyRecordInput = z.strictObject({
  id: RecordId,
  rev: Rev,
  label: Label,
  fieldLabels: z.record(z.string(), Label).optional(),
});
export type ClassifyRecordInput = z.input<typeof ClassifyRecordInput>;
export const AdvanceRecordInput = z.strictObject({ id: RecordId, rev: Rev, verb: LifecycleVerb, reasons: z.array(Reason).default([]) });
export type AdvanceRecordInput = z.input<typeof AdvanceRecordInput>;
export const WithdrawRecordInput = z.strictObject({ id: RecordId, rev: Rev, reasons: z.array(Reason).min(1) });
export type WithdrawRecordInput = z.input<typeof WithdrawRecordInput>;
export const RecordRef = z.strictObject({ id: RecordId });
export type RecordRef = z.input<typeof RecordRef>;

const Many = <T extends z.ZodType>(item: T) => z.array(item).default([]);
export const ListRecordsInput = z.strictObject({
  q: z.string().max(100).optional(),
  kind: Many(Kind),
  domain: Many(DomainCode),
  region: Many(Adcode),
  stage: Many(Stage),
  scenarioKind: Many(ScenarioKind),
  origin: Many(Adcode),
  due: z.enum(['7d', '30d', 'open']).optional(),
  publishedSince: z.iso.date().optional().meta({ description: 'first published on this day or later' }),
  mine: z.boolean().default(false),
  sort: z.enum(['published', 'due', 'changed', 'relevance']).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(100).default(20),
});
export type ListRecordsInput = z.input<typeof ListRecordsInput>;

export const Owner = z.object({ uscc: z.string(), name: z.string() });
export const ListedRecord = z
  .object({
    id: RecordId,
    kind: Kind,
    origin: Adcode,
    rev: Rev,
    stage: Stage,
    suspended: z.boolean(),
    shape: z.enum(['full', 'summary', 'listed', 'stub']),
    title: z.string().meta({ description: 'empty for a stub' }),
    summary: z.string(),
    domain: DomainCode.nullable().meta({ description: 'null where only title and summary are shown' }),
    domains: z.array(DomainCode),
    scenarioTypes: z.array(z.string()),
    region: z.string(),
    scenarioKind: ScenarioKind.nullable(),
    owner: Owner,
    level: z.string(),
    classified: z.boolean(),
    firstPublishedOn: z.string().nullable(),
    responseDeadline: z.string().nullable(),
    validUntil: z.string().nullable(),
    changedAt: z.iso.datetime(),
    receivedAt: z.iso.datetime().nullable().meta({ description: 'null for a record of this node' }),
    heardAt: z.iso.datetime().nullable().meta({ description: 'when this node last heard from the home node; null for its own' }),
  })
  .meta({ id: 'ListedRecord' });
export type ListedRecord = z.infer<typeof ListedRecord>;

const FacetValue = z.object({ value: z.string(), count: z.number().int() });
export const FACETS = ['kind', 'domain', 'region', 'stage', 'scenarioKind', 'origin'] as const;
export const RecordList = z
  .object({
    items: z.array(ListedRecord),
    total: z.number().int(),
    facets: z.record(z.enum(FACETS), z.array(FacetValue)),
    nextCursor: z.string().nullable(),
    asOf: z.iso.datetime(),
    late: z
      .array(z.object({ origin: Adcode, heardAt: z.iso.datetime().nullable() }))
      .meta({ description: 'nodes not heard from for over a minute' }),
  })
  .meta({ id: 'RecordList' });
export type RecordList = z.infer<typeof RecordList>;

export const Withheld = z.object({
  path: z.string(),
  titleZh: z.string(),
  level: z.enum(['L1', 'L2']),
  personal: z.boolean(),
  howZh: z.string().meta({ description: 'the way to get it' }),
});
export const RecordView = z
  .object({
    id: RecordId,
    kind: Kind,
    origin: Adcode,
    rev: Rev,
    stage: Stage,
    suspended: z.boolean(),
    shape: z.enum(['full', 'summary', 'listed', 'stub']),
    title: z.string(),
    core: Fields,
    attrs: Fields,
    schema: z.number().int(),
    label: Label.nullable().meta({ description: 'the own label; null where the caller sees a summary only' }),
    labels: z.record(z.string(), Label).meta({ description: 'effective label per path shown' }),
    withheld: z.array(Withheld).meta({ description: 'kinds up to L2 that are not shown' }),
    classified: z.boolean(),
    unchecked: z.boolean(),
    owner: Owner,
    holder: z.object({ role: z.string(), nameZh: z.string(), dueOn: z.string().nullable() }),
    verbs: z.array(z.string()).meta({ description: 'what this caller may do with it now' }),
    provenance: z.object({
      view: z.string().nullable(),
      receivedAt: z.iso.datetime().nullable(),
      heardAt: z.iso.datetime().nullable(),
      verified: z.boolean(),
      digest: z.string().nullable(),
    }),
    firstPublishedOn: z.string().nullable(),
    stageDates: z.record(z.string(), z.string()).meta({ description: 'stage → date first reached, own records only' }),
    changedAt: z.iso.datetime(),
  })
  .meta({ id: 'Record' });
export type RecordView = z.infer<typeof RecordView>;

export const Change = z.object({ path: z.string(), titleZh: z.string(), before: z.json().optional(), after: z.json().optional() });
export const RecordHistory = z
  .object({
    items: z.array(
      z.object({
        rev: Rev,
        at: z.iso.datetime(),
        verb: z.string(),
        stage: Stage,
        byRole: z.string(),
        changes: z.array(Change),
        reasons: z.array(Reason),
      }),
    ),
  })
  .meta({ id: 'RecordHistory' });
export type RecordHistory = z.infer<typeof RecordHistory>;

export const CreateOrganisationInput = z.strictObject({
  uscc: z.string(),
  name: z.string().min(2).max(120),
  type: z.enum(['agency', 'public-institution', 'state-owned-enterprise', 'enterprise', 'university', 'research-institute', 'other']),
  region: Adcode,
  industry: z.string().max(10).optional(),
  parentUscc: z.string().optional(),
});
export type CreateOrganisationInput = z.input<typeof CreateOrganisationInput>;
export const OrganisationView = CreateOrganisationInput.extend({
  industry: z.string().nullable(),
  parentUscc: z.string().nullable(),
  state: z.enum(['active', 'unverified', 'suspended']),
  rev: Rev,
}).meta({ id: 'Organisation' });
export type OrganisationView = z.infer<typeof OrganisationView>;
export const ListOrganisationsInput = z.strictObject({
  q: z.string().max(100).optional(),
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ListOrganisationsInput = z.input<typeof ListOrganisationsInput>;
export const OrganisationList = z
  .object({ items: z.array(OrganisationView), total: z.number().int(), nextCursor: z.string().nullable() })
  .meta({ id: 'OrganisationList' });

export type OrganisationList = z.infer<typeof OrganisationList>;

/** What a form, a list and an import template are drawn from; a domain without its plug-in has `form: null`. */
export const VocabularyView = z
  .object({
    source: z.object({ title: z.string(), number: z.string() }),
    domains: z.array(
      z.object({
        code: DomainCode,
        nameZh: z.string(),
        nameEn: z.string(),
        leadDepartments: z.array(z.string()),
        terms: z.array(z.object({ code: z.string(), nameZh: z.string() })),
        plugin: z
          .object({
            version: z.string(),
            schema: z.number().int(),
            kinds: z.record(Kind, z.json()).meta({ description: 'JSON Schema (input mode) of the attributes, per kind' }),
            labels: z.record(z.string(), Label),
            texts: z.record(
              z.string(),
              z.object({ zh: z.string(), en: z.string(), hintZh: z.string().optional(), unit: z.string().optional() }),
            ),
            form: z.json(),
          })
          .nullable(),
      }),
    ),
    kinds: z.record(
      Kind,
      z.object({
        nameZh: z.string(),
        fields: z.array(
          z.object({
            path: z.string(),
            group: z.string(),
            titleZh: z.string(),
            hintZh: z.string().optional(),
            need: z.enum(['submit', 'publish', 'optional']),
            label: Label,
            schema: z.json(),
          }),
        ),
      }),
    ),
    regions: z.array(z.object({ adcode: z.string(), nameZh: z.string(), parent: z.string().nullable() })),
  })
  .meta({ id: 'Vocabulary' });
export type VocabularyView = z.infer<typeof VocabularyView>;

/** T5 of the plan: figures that are counts of facts. */
export const TargetFigure = z
  .object({
    id: z.string(),
    nameZh: z.string(),
    year: z.number().int(),
    minimum: z.number().int(),
    count: z.number().int(),
    sealed: z.number().int(),
    asOf: z.iso.datetime(),
  })
  .meta({ id: 'TargetFigure' });
export type TargetFigure = z.infer<typeof TargetFigure>;
