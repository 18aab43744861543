import { z } from 'zod';
import type { Kind, Stage } from './kinds.ts';
import type { Label } from './label.ts';
import type { DomainCode, TermCode } from './vocabulary.ts';

/** The contract generation this SDK speaks. A host serves this one and the one before. */
export const CONTRACT = 1;

/** A function of a plug-in: imported on first call, never at start. */
export type Lazy<F> = () => Promise<{ default: F }>;

/** Attributes per kind. A kind left out carries core fields only. Plain objects without refinements: rules belong in `validate`. */
export type Shapes = Partial<Record<Kind, z.ZodObject>>;
export type Of<A extends Shapes, K extends Kind> = A[K] extends z.ZodObject ? z.output<A[K]> : Record<string, never>;
/** Every attribute name of the three kinds: one name means one thing, one unit and one label in all of them. */
export type Name<A extends Shapes> = { [K in keyof A & Kind]: Extract<keyof Of<A, K>, string> }[keyof A & Kind];

export interface Text {
  zh: string;
  en: string;
}
export interface AttributeText extends Text {
  hintZh?: string;
  unit?: string;
}
/** What a rule says when it finds something: the fact, and what to do. `{name}` stands for a value of the issue. */
export interface RuleText extends Text {
  remedyZh: string;
  remedyEn: string;
}

/**
 * What a validator reports. `pointer` is a JSON pointer into the attributes (`/insurance/until`); `rule` a key of the plug-in's
 * `rules`. `block` keeps the record from its target stage, `warn` is shown and stops nothing.
 */
export const RuleIssue = z.strictObject({
  pointer: z
    .string()
    .regex(/^(\/[^/]*)*$/)
    .max(200),
  severity: z.enum(['block', 'warn']),
  rule: z.string().min(1).max(60),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type RuleIssue = z.infer<typeof RuleIssue>;

/** For which step the attributes are checked: the target stage, and what of the core fields a rule may read. */
export interface RuleContext {
  stage: Stage;
  terms: readonly TermCode[];
  /** The planned period of the scenario and its region, where the record has them. */
  planned: { from: string; to: string } | null;
  region: string | null;
}
export interface PluginContext {
  /** `aborted` turns true when the deadline passes. */
  signal: { readonly aborted: boolean };
  now: Date;
  log(text: string): void;
}
/** Called with attributes that the schema accepts. It never refuses a record received from another node. */
export type Validator<T> = (attrs: T, at: RuleContext, ctx: PluginContext) => readonly RuleIssue[] | Promise<readonly RuleIssue[]>;

export interface FormGroup<N extends string = string> extends Text {
  fields: readonly N[];
}
/** Order and grouping of a form, columns of a list, what is counted and sorted: data, no components. */
export interface FormSpec<N extends string = string> {
  groups: readonly FormGroup<N>[];
  columns?: readonly N[];
  facets?: readonly N[];
  sorts?: readonly N[];
}

export interface PluginSpec<A extends Shapes, R extends string> {
  domain: DomainCode;
  /** Package version, for people. */
  version: string;
  contract: number;
  schema: {
    /** Integer without gaps; changes when shape, code list or label of an attribute changes. */
    current: number;
    attrs: A;
    labels: Record<Name<A>, Label>;
    text: Record<Name<A>, AttributeText>;
  };
  rules?: Record<R, RuleText>;
  validate?: { [K in Kind]?: Lazy<Validator<Of<A, K>>> };
  ui?: FormSpec<Name<A>>;
}

/** A plug-in as hosts handle it, whatever its attributes: what {@link definePlugin} gives back fits it. */
export interface Plugin {
  readonly domain: DomainCode;
  readonly version: string;
  readonly contract: number;
  readonly schema: {
    readonly current: number;
    readonly attrs: Shapes;
    readonly labels: Readonly<Record<string, Label>>;
    readonly text: Readonly<Record<string, AttributeText>>;
  };
  readonly rules?: Readonly<Record<string, RuleText>>;
  readonly validate?: { readonly [K in Kind]?: Lazy<Validator<never>> };
  readonly ui?: FormSpec;
}
