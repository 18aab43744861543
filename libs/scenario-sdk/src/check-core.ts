import { coreFieldsOf } from './core-fields.ts';
import type { CoreField, Need } from './core-field.ts';
import type { JsonObject, Json } from './document.ts';
import type { ErrorCode, Issue } from './errors.ts';
import { isIndustryCode } from './industry.ts';
import { issuesIn, pointerTo } from './issues.ts';
import type { Kind } from './kinds.ts';
import { findRegion, findRetiredRegion } from './regions.ts';
import { KIND_ZH } from './texts.ts';
import { checkUscc } from './uscc.ts';
import { findTerm } from './vocabulary.ts';

/** How far a record is: a draft may have holes, `submit` and `publish` need their fields. */
export type CoreStep = 'draft' | 'submit' | 'publish';

export interface CheckCoreOptions {
  /** Codes on the reviewed exception list. */
  usccExceptions?: ReadonlySet<string>;
}

/**
 * All faults of a record's core fields, none if it may take the step. A field that is null counts as not there.
 * @example checkCore('opportunity', { title: '老旧管网漏损监测' }, 'draft') // []
 */
export function checkCore(kind: Kind, core: JsonObject, at: CoreStep, options: CheckCoreOptions = {}): Issue[] {
  const fields = new Map(coreFieldsOf(kind).map((f) => [f.name, f]));
  const given = Object.entries(core).filter(([, value]) => value !== null);
  const issues = given.flatMap(([name, value]) => {
    const field = fields.get(name);
    return field ? checkField(field, value, options) : [unknownField(kind, name)];
  });
  return [...issues, ...checkTogether(core), ...missingFields(kind, core, at)];
}

const issue = (pointer: string, code: ErrorCode, message: string, remedy: string): Issue => ({ pointer, code, message, remedy });

const unknownField = (kind: Kind, name: string): Issue =>
  issue(
    pointerTo('/core', [name]),
    'FIELD_UNKNOWN',
    `${KIND_ZH[kind]}没有名为“${name}”的字段。`,
    '核对字段名，或去掉它；领域属性写在 attrs 里。',
  );

/** Fields whose wrong value has a code of its own. */
const CODES: Record<string, ErrorCode> = { domains: 'DOMAIN_UNKNOWN', scenarioTypes: 'TERM_UNKNOWN', region: 'REGION_UNKNOWN' };
const REMEDIES: Record<string, string> = {
  domains: '从 14 个领域代码中选，见 /api/v1/vocabulary。',
  scenarioTypes: '从 118 个场景类型代码中选，见 /api/v1/vocabulary。',
  region: '填省、市州或县市区的六位行政区划代码；园区等写在“具体地点”。',
};

function checkField(field: CoreField, value: Json, options: CheckCoreOptions): Issue[] {
  const at = pointerTo('/core', [field.name]);
  const faults = issuesIn(field.schema, value, at);
  if (faults.length > 0) return faults.map((f) => withOwnCode(f, field, value));
  if (field.name === 'operator' || field.name === 'suppliers') return checkOrganisations(at, value, options);
  if (typeof value !== 'string') return [];
  if (field.name === 'region') return checkRegion(at, value);
  if (field.name === 'ownerUscc') return checkCode(at, value, options);
  if (field.name === 'industry' && !isIndustryCode(value)) {
    return [issue(at, 'INPUT_INVALID', `“${value}”的门类字母与大类数字不符。`, '按 GB/T 4754-2017 核对，例如 I65、C39。')];
  }
  return [];
}

/** A code that the plan does not have is told as such; a wrong shape stays `INPUT_INVALID`. */
function withOwnCode(fault: Issue, field: CoreField, value: Json): Issue {
  const code = CODES[field.name];
  const index = fault.pointer.split('/')[3];
  const single = field.name === 'region';
  const wrong = single ? value : Array.isArray(value) && index !== undefined ? value[Number(index)] : undefined;
  if (code === undefined || typeof wrong !== 'string') return fault;
  return issue(fault.pointer, code, `${field.titleZh}“${wrong}”不存在。`, REMEDIES[field.name] ?? fault.remedy);
}

function checkRegion(at: string, adcode: string): Issue[] {
  if (findRegion(adcode)) return [];
  const old = findRetiredRegion(adcode);
  if (!old?.replacedBy) return [issue(at, 'REGION_UNKNOWN', `没有区划代码为 ${adcode} 的地区。`, REMEDIES['region'] ?? '')];
  return [
    issue(
      at,
      'REGION_UNKNOWN',
      `${adcode}（${old.nameZh}）已停用。`,
      `改为 ${old.replacedBy}（${findRegion(old.replacedBy)?.nameZh ?? ''}）。`,
    ),
  ];
}

function checkCode(at: string, code: string, { usccExceptions }: CheckCoreOptions): Issue[] {
  const result = checkUscc(code, usccExceptions);
  return result.ok ? [] : [issue(at, 'USCC_INVALID', result.message, result.remedy)];
}

function checkOrganisations(at: string, value: Json, options: CheckCoreOptions): Issue[] {
  const many = Array.isArray(value);
  return (many ? value : [value]).flatMap((item, i) => {
    const code = (item as JsonObject)['uscc'];
    return typeof code === 'string' ? checkCode(many ? `${at}/${i}/uscc` : `${at}/uscc`, code, options) : [];
  });
}

/** What two fields say together. */
function checkTogether(core: JsonObject): Issue[] {
  const { domains, scenarioTypes, plannedFrom, plannedTo } = core;
  const issues: Issue[] = [];
  if (Array.isArray(domains) && Array.isArray(scenarioTypes)) {
    scenarioTypes.forEach((code, i) => {
      const term = typeof code === 'string' ? findTerm(code) : undefined;
      if (!term || domains.includes(term.domain)) return;
      issues.push(
        issue(
          `/core/scenarioTypes/${i}`,
          'TERM_FOREIGN',
          `场景类型“${term.nameZh}”不属于所选领域。`,
          '换成所选领域的场景类型，或在领域中加上它所属的领域。',
        ),
      );
    });
  }
  if (typeof plannedFrom === 'string' && typeof plannedTo === 'string' && plannedFrom > plannedTo) {
    issues.push(issue('/core/plannedTo', 'INPUT_INVALID', '计划结束早于计划开始。', '改正两个日期中的一个。'));
  }
  return issues;
}

function missingFields(kind: Kind, core: JsonObject, at: CoreStep): Issue[] {
  if (at === 'draft') return [];
  const needs: readonly Need[] = at === 'submit' ? ['submit'] : ['submit', 'publish'];
  const step = at === 'submit' ? '提交' : '发布';
  return coreFieldsOf(kind)
    .filter((f) => needs.includes(f.need[kind]) && (core[f.name] ?? null) === null)
    .map((f) => issue(pointerTo('/core', [f.name]), 'FIELD_MISSING', `${step}前要填“${f.titleZh}”。`, f.hintZh ?? '补上这一项。'));
}
