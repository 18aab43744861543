import { z } from 'zod';
import plan from './plan/hunan-action-plan-2026.json' with { type: 'json' };

/** The fourteen domains of the plan, in its order; codes equal the folder names of the domain plug-ins. Source: 湘政办发〔2026〕23号. */
export const DOMAIN_CODES = [
  'advanced-manufacturing',
  'culture-technology',
  'modern-agriculture',
  'low-altitude-economy',
  'future-industries',
  'government-services',
  'urban-rural-governance',
  'transport',
  'ecology',
  'new-infrastructure',
  'healthcare',
  'education',
  'elderly-childcare',
  'major-events-projects',
] as const;
export const DomainCode = z.enum(DOMAIN_CODES).meta({ id: 'DomainCode' });
export type DomainCode = z.infer<typeof DomainCode>;

/** `<domain>.<nn>`, by position in the plan; never reused. */
export type TermCode = `${DomainCode}.${string}`;

export interface Term {
  code: TermCode;
  domain: DomainCode;
  nameZh: string;
}
export interface Domain {
  code: DomainCode;
  nameZh: string;
  nameEn: string;
  group: string;
  leadDepartments: readonly string[];
  supportingDepartments: readonly string[];
  focusAreas: readonly string[];
  terms: readonly Term[];
}

const termsOf = (domain: DomainCode, names: string[]): Term[] =>
  names.map((nameZh, i) => ({ code: `${domain}.${String(i + 1).padStart(2, '0')}`, domain, nameZh }));

export const DOMAINS: readonly Domain[] = plan.domains.map((d) => {
  const code = DomainCode.parse(d.code);
  return {
    code,
    nameZh: d.name_zh,
    nameEn: d.name_en,
    group: d.group,
    leadDepartments: d.lead_departments,
    supportingDepartments: d.supporting_departments,
    focusAreas: d.focus_areas,
    terms: termsOf(code, d.scenarios),
  };
});

/** The 118 scenario types, in the plan's order. */
export const TERMS: readonly Term[] = DOMAINS.flatMap((d) => d.terms);
const termByCode = new Map<string, Term>(TERMS.map((t) => [t.code, t]));
const domainByCode = new Map<string, Domain>(DOMAINS.map((d) => [d.code, d]));

export const findTerm = (code: string): Term | undefined => termByCode.get(code);
export const findDomain = (code: string): Domain | undefined => domainByCode.get(code);

/** Region codes of the plan: the province and its 14 prefectures (GB/T 2260). */
export interface Node {
  adcode: string;
  nameZh: string;
  nameEn: string;
}
export const PROVINCE = '430000';
export const NODES: readonly Node[] = plan.regions.map((r) => ({ adcode: r.adcode, nameZh: r.name_zh, nameEn: r.name_en }));
export const CITIES: readonly Node[] = NODES.filter((n) => n.adcode !== PROVINCE);
export const findNode = (adcode: string): Node | undefined => NODES.find((n) => n.adcode === adcode);

export const planSource = { title: plan.source.title, number: plan.source.number, issued: plan.source.issued };
export const TARGETS = plan.targets;
/** The five classes of suppliers whose technology the plan wants to find, 三(六). */
export const SUPPLIER_CLASSES: readonly { code: string; nameZh: string }[] = plan.supplier_classes.map((c) => ({
  code: c.code,
  nameZh: c.name_zh,
}));
