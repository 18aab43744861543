import { jointLabel } from '@xiangjing/authorization';
import {
  checkCore,
  coreFieldsOf,
  DomainCode,
  isWithin,
  pointerTo,
  withKeptAttributes,
  type CoreStep,
  type FieldDirectory,
  type Issue,
  type Json,
  type JsonObject,
  type Kind,
  type Label,
} from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { isReserved, unknownKeys } from '../kernel/input.ts';
import { jointColumns, labelColumns } from './record-row.ts';

/** What an author writes of a record, and the labels it stands under. */
export interface Content {
  kind: Kind;
  core: JsonObject;
  attrs: JsonObject;
  schema: number;
  label: Label;
  fieldLabels: Record<string, Label>;
}

/** The first domain leads: its plug-in gives the attributes. */
export const leadDomain = (core: JsonObject): DomainCode | undefined =>
  Array.isArray(core.domains) ? DomainCode.safeParse(core.domains[0]).data : undefined;

export const textIn = (core: JsonObject, name: string): string => (typeof core[name] === 'string' ? core[name] : '');

/** Faults of the names that a body hands in: fields this kind does not have, fields the node derives, and keys set elsewhere. */
export function keyIssues(
  ctx: ServiceContext,
  kind: Kind,
  input: { core: JsonObject; attrs: JsonObject },
  domain: DomainCode | undefined,
): Issue[] {
  const fields = coreFieldsOf(kind);
  const names = fields.filter((f) => f.need[kind] !== 'derived').map((f) => f.name);
  const derived = new Set(fields.filter((f) => f.need[kind] === 'derived').map((f) => f.name));
  const attributes = Object.keys((domain && ctx.plugins.descriptor(domain)?.kinds[kind]?.properties) ?? {});
  const inCore = Object.keys(input.core).filter((key) => !names.includes(key) && !derived.has(key));
  const inAttrs = Object.keys(input.attrs).filter((key) => isReserved(key) && !attributes.includes(key));
  const givenDerived = Object.keys(input.core).filter((key) => derived.has(key));
  return [
    ...givenDerived.map((key): Issue => {
      const pointer = pointerTo('/core', [key]);
      return { pointer, code: 'MASS_ASSIGNMENT', message: `“${key}”由节点得出，不能填写`, remedy: `去掉“${key}”` };
    }),
    ...unknownKeys('/core', inCore, { known: names }),
    ...unknownKeys('/attrs', inAttrs, { known: attributes }),
  ];
}

/** Faults of core fields for a step, names aside: those are told by {@link keyIssues} with the nearest name. */
export function coreIssues(ctx: ServiceContext, kind: Kind, core: JsonObject, at: CoreStep): Issue[] {
  const own = coreFieldsOf(kind).map((f) => f.name);
  const known = Object.fromEntries(Object.entries(core).filter(([name]) => own.includes(name)));
  return [...checkCore(kind, known, at), ...placeIssues(ctx, core)];
}

function placeIssues(ctx: ServiceContext, core: JsonObject): Issue[] {
  const region = textIn(core, 'region');
  if (region === '' || isWithin(region, ctx.node.adcode)) return [];
  const message = `${region} 不在本节点（${ctx.node.nameZh} ${ctx.node.adcode}）范围内。`;
  return [{ pointer: '/core/region', code: 'REGION_UNKNOWN', message, remedy: '填本节点范围内的区划代码；别处的记录请在其所属节点登记。' }];
}

/** Only the keys given change; null removes one. What is not named stays, known to this node's schema or not. */
export function merged(before: JsonObject, given: JsonObject): JsonObject {
  const entries = Object.entries({ ...before, ...given }).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as JsonObject;
}

/**
 * The labels to keep beside the attributes: what the author raised, and for the rest what the schema says as they are written. Back
 * on an older schema the node then still knows the label of an attribute whose meaning it does not.
 */
function labelsToKeep(attrs: JsonObject, raised: Record<string, Label>, fields: FieldDirectory): Record<string, Label> {
  const declared = Object.keys(attrs).flatMap((name) => {
    const entry = fields.get(`attrs.${name}`);
    return entry ? [[entry.path, raised[entry.path] ?? entry.label] as const] : [];
  });
  return { ...raised, ...Object.fromEntries(declared) };
}

/** Columns of a record that follow from its content. */
export function contentColumns(ctx: ServiceContext, content: Content) {
  const { core, attrs, label, schema, kind } = content;
  const domain = leadDomain(core) ?? '';
  const domains = (Array.isArray(core.domains) ? core.domains : []) as string[];
  const fields = ctx.plugins.fields(kind, domain as DomainCode);
  const fieldLabels = labelsToKeep(attrs, content.fieldLabels, fields);
  return {
    domain,
    domains,
    region: textIn(core, 'region'),
    scenarioKind: textIn(core, 'scenarioKind') || null,
    core,
    attrs,
    attrsSchema: schema,
    fieldLabels,
    ...labelColumns(label),
    ...jointColumns(jointLabel({ core, attrs, label, fieldLabels }, withKeptAttributes(fields, fieldLabels))),
  };
}

/** Top-level paths whose value differs. */
export function changedPaths(before: Pick<Content, 'core' | 'attrs'>, after: Pick<Content, 'core' | 'attrs'>): string[] {
  return (['core', 'attrs'] as const).flatMap((part) => {
    const names = new Set([...Object.keys(before[part]), ...Object.keys(after[part])]);
    return [...names].filter((name) => !sameJson(before[part][name], after[part][name])).map((name) => `${part}.${name}`);
  });
}

export const sameJson = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
