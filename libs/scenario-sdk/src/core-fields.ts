import { z } from 'zod';
import { choice, named } from './choice.ts';
import type { CoreField, CoreGroup, Need } from './core-field.ts';
import { Kind, SCENARIO_KINDS } from './kinds.ts';
import { PRESETS, raise, type Label } from './label.ts';
import { SCENARIO_KIND_ZH } from './texts.ts';
import { DOMAIN_CODES, DOMAINS, SUPPLIER_CLASSES, TERMS } from './vocabulary.ts';

const { pub, biz, lim } = PRESETS;
const person = raise(biz, { pi: 'pi' });

const text = (max: number, min = 1) => z.string().trim().min(min).max(max);
const line = text(120, 2);
const paragraph = text(4000, 2);
const date = z.iso.date();
const lines = z.array(text(500, 2)).max(30);
const uscc = z.string().min(18).max(40);
const organisation = z.strictObject({ name: named(line, '名称'), uscc: named(uscc, '统一社会信用代码').optional() });
const recordOf = (kind: Kind) => z.string().regex(new RegExp(`^urn:xiangjing:43\\d{4}:${kind}:[0-9a-f-]{36}$`));
/** Fixed line with optional extension, 400 and 800 numbers, three-digit services and 12345: never a mobile. */
const OFFICE_PHONE = /^(0\d{2,3}-?\d{7,8}(-\d{1,6})?|[48]00-?\d{3}-?\d{4}|1\d{2}|12345)$/;
const mail = z.email().max(120);

const codes = (entries: readonly (readonly [string, string])[]): Record<string, string> => Object.fromEntries(entries);
const domain = z.enum(DOMAIN_CODES).meta({ 'x-zh': codes(DOMAINS.map((d) => [d.code, d.nameZh])) });
const term = z.enum(TERMS.map((t) => t.code)).meta({ 'x-zh': codes(TERMS.map((t) => [t.code, t.nameZh])) });
const scenarioKind = z.enum(SCENARIO_KINDS).meta({ 'x-zh': SCENARIO_KIND_ZH });

/** Needs as `capability/opportunity/demonstration`: s submit, p publish, o optional, d derived, - absent. */
type Letters = `${Letter}${Letter}${Letter}`;
type Letter = keyof typeof NEEDS;
const NEEDS = { s: 'submit', p: 'publish', o: 'optional', d: 'derived', '-': 'absent' } as const satisfies Record<string, Need>;

interface More {
  label?: Label;
  personal?: boolean;
  listed?: boolean;
  hintZh?: string;
}
function field(group: CoreGroup, name: string, letters: Letters, titles: string, schema: z.ZodType, more: More = {}): CoreField {
  const [titleZh = name, titleEn = name] = titles.split('|');
  const [cap, opp, demo] = letters.split('') as [Letter, Letter, Letter];
  const need = { capability: NEEDS[cap], opportunity: NEEDS[opp], demonstration: NEEDS[demo] };
  const { label = pub, personal = false, listed = false, hintZh } = more;
  return { name, path: `core.${name}`, need, label, personal, listed, group, titleZh, titleEn, schema, ...(hintZh ? { hintZh } : {}) };
}

/** What every record holds, in form order. Labels are floors. Source: the data model of the platform's process guide. */
export const CORE_FIELDS: readonly CoreField[] = [
  field('basics', 'title', 'sss', '名称|Title', text(60, 4), { hintZh: '写清楚在哪里用、解决什么，不写单位简称和项目代号' }),
  field('basics', 'summary', 'sss', '简介|Summary', text(500, 10), { hintZh: '两三句话说明场景，不写个人信息' }),
  field('basics', 'publicTitle', 'ooo', '对外名称|Title for outside', text(60, 4), {
    listed: true,
    hintZh: '定级 L3 及以上时填写：外面看到的是这一行，不是名称',
  }),
  field('basics', 'publicSummary', 'ooo', '对外简介|Summary for outside', text(500, 10), {
    listed: true,
    hintZh: '定级 L3 及以上时填写，只写可以公开的内容',
  }),
  field('basics', 'validUntil', 'sss', '有效期至|Valid until', date, { listed: true }),

  field('contact', 'ownerUscc', 'sss', '场景单位统一社会信用代码|Owner', uscc, { listed: true }),
  field('contact', 'ownerName', 'ddd', '场景单位|Owner name', line, { listed: true }),
  field('contact', 'responsibleUnit', 'sss', '责任部门|Responsible unit', line, { listed: true, hintZh: '具体承办的处室、科室或部门' }),
  field(
    'contact',
    'roleContact',
    'ppp',
    '公开联系方式|Public office contact',
    z.strictObject({
      unit: named(line, '联系单位'),
      phone: named(z.string().regex(OFFICE_PHONE, '应为办公电话，如 0731-85550000；不写个人手机。'), '办公电话'),
      mailbox: named(mail, '岗位邮箱'),
    }),
    { listed: true, hintZh: '会公开：写办公电话和岗位邮箱，不写个人手机' },
  ),
  field(
    'contact',
    'contact',
    'sss',
    '联系人|Contact person',
    z.strictObject({
      name: named(text(40), '姓名'),
      mobile: named(z.string().regex(/^1\d{10}$/, '应为 11 位手机号码。'), '手机'),
      mail: named(mail, '邮箱').optional(),
    }),
    { label: person, personal: true, hintZh: '只保存在本节点，不进入任何目录' },
  ),

  field('place', 'domains', 'sss', '领域|Domains', z.array(domain).min(1).max(5), {
    listed: true,
    hintZh: '第一个是主领域，由它决定要填哪些领域属性',
  }),
  field('place', 'scenarioTypes', 'sss', '场景类型|Scenario types', z.array(term).min(1).max(10), {
    listed: true,
    hintZh: '从所选领域的场景类型中选',
  }),
  field('place', 'scenarioKind', '-sd', '场景类别|Scenario kind', scenarioKind, { listed: true, hintZh: '首次发布后不能再改' }),
  field('place', 'region', 'sss', '所在地区|Region', z.string().regex(/^43\d{4}$/, '应为湖南省内的六位行政区划代码。'), {
    listed: true,
    hintZh: '六位行政区划代码',
  }),
  field('place', 'place', 'ooo', '具体地点|Place', text(120, 2), { hintZh: '园区、片区等没有区划代码的地方写在这里' }),
  field(
    'place',
    'supplyAreas',
    'ppd',
    '供给方向|Supply areas',
    z
      .array(
        choice({ technology: '科技', industry: '产业', consumption: '消费', livelihood: '民生', governance: '治理', global: '全球合作' }),
      )
      .min(1)
      .max(6),
  ),
  field(
    'place',
    'industry',
    'ppd',
    '国民经济行业|Industry',
    z.string().regex(/^[A-T](\d{2,4})?$/, '应为门类字母加 2 至 4 位数字，如 I65。'),
    {
      hintZh: 'GB/T 4754-2017 门类字母加 2 至 4 位代码，如 I65',
    },
  ),
  field('place', 'outcomeTags', 'ood', '成果标签|Outcome tags', z.array(text(20)).max(10)),

  field('need', 'problem', '-s-', '要解决的问题|Problem', paragraph),
  field('need', 'currentState', '-s-', '现状|Current state', paragraph),
  field('need', 'wantedResult', '-s-', '期望结果|Wanted result', paragraph),
  field('need', 'plannedFrom', '-s-', '计划开始|Planned from', date),
  field('need', 'plannedTo', '-s-', '计划结束|Planned to', date),
  field('need', 'responseDeadline', '-s-', '报名截止|Response deadline', date, { listed: true }),
  field('need', 'responsiblePerson', '-s-', '负责人|Responsible person', text(40), {
    label: person,
    personal: true,
    hintZh: '只保存在本节点',
  }),
  field('need', 'intake', '-s-', '受理方式|Intake', text(500, 2), { hintZh: '怎样报名、由谁受理、几天内答复' }),

  field(
    'supply',
    'supplierClass',
    's--',
    '供给方类别|Supplier class',
    z.enum(SUPPLIER_CLASSES.map((c) => c.code)).meta({ 'x-zh': codes(SUPPLIER_CLASSES.map((c) => [c.code, c.nameZh])) }),
  ),
  field('supply', 'supplierProof', 's--', '类别依据|Proof of class', text(500, 2), {
    label: biz,
    hintZh: '认定文号、名单批次等；没有核验前显示为“自述”',
  }),
  field(
    'supply',
    'technology',
    's--',
    '技术或产品|Technology',
    z.strictObject({
      what: named(paragraph, '是什么'),
      how: named(paragraph, '怎样做到'),
      difference: named(paragraph, '与现有做法的不同'),
    }),
    { label: biz },
  ),
  field('supply', 'maturity', 's--', '技术成熟度|Maturity', z.number().int().min(1).max(9), { hintZh: '1 至 9 级，按 GB/T 22900' }),
  field('supply', 'maturityEvidence', 's--', '成熟度依据|Evidence of maturity', paragraph, { label: biz }),
  field('supply', 'needsFromSite', 'p--', '需要的条件|Needs from site', text(2000, 2), { hintZh: '场地、许可、数据及其级别' }),
  field('supply', 'fundingNeed', 'p--', '资金需求|Funding need', text(500, 1), { label: biz, hintZh: '没有写“无”' }),

  field(
    'proof',
    'from',
    '--s',
    '来自|Comes from',
    z.strictObject({
      opportunity: named(recordOf('opportunity'), '场景机会编号'),
      capabilities: named(z.array(recordOf('capability')).max(20), '场景能力编号'),
    }),
    { hintZh: '本示范由哪条场景机会落地而来' },
  ),
  field('proof', 'operator', '--s', '运营单位|Operator', organisation),
  field('proof', 'suppliers', '--s', '供给单位|Suppliers', z.array(organisation).min(1).max(20)),
  field('proof', 'inOperationSince', '--s', '投入运行日期|In operation since', date),
  field(
    'proof',
    'effects',
    '--s',
    '成效|Effects',
    z
      .array(
        z.strictObject({
          name: named(line, '指标'),
          baseline: named(text(120), '之前'),
          result: named(text(120), '现在'),
          unit: named(text(20), '单位'),
          period: named(text(60), '统计期'),
          method: named(text(500), '统计方法'),
        }),
      )
      .min(1)
      .max(20),
  ),
  field('proof', 'replicationGuide', '--p', '复制指引|Replication guide', paragraph),
  field('proof', 'costBand', '--p', '投入区间|Cost band', text(120), { label: biz }),
  field('proof', 'conditions', '--p', '适用条件|Conditions', text(2000, 2)),

  field(
    'metrics',
    'metrics',
    '-s-',
    '指标|Metrics',
    z
      .array(
        z.strictObject({
          name: named(line, '指标名称'),
          unit: named(text(20), '单位'),
          baseline: named(text(120), '现状'),
          goal: named(z.string().min(1).max(120).regex(/\d/, '要写数字，如“不超过 4”。'), '目标'),
          method: named(text(500, 2), '怎样验收'),
        }),
      )
      .min(1)
      .max(20),
    { hintZh: '写能测量的结果；目标要有数字' },
  ),

  field('terms', 'essential', '-s-', '必备条件|Essential requirements', lines.min(1), { hintZh: '缺一条就不能入选的条件' }),
  field('terms', 'desirable', '-o-', '优先条件|Desirable requirements', lines, { hintZh: '具备更好，不具备也能入选' }),
  field(
    'terms',
    'cooperationMode',
    '-p-',
    '合作方式|Cooperation mode',
    choice({
      'trial-then-pay': '先试用后付费',
      'free-trial': '免费试用',
      procurement: '采购',
      licence: '授权',
      'joint-venture': '合资',
      'revenue-share': '分成',
      'operation-right': '运营权',
    }),
  ),
  field(
    'terms',
    'resources',
    '-p-',
    '提供的资源|Resources offered',
    z
      .array(
        z.strictObject({
          type: named(
            choice({ funds: '资金', 'procurement-plan': '采购计划', service: '服务', site: '场地', 'data-product': '数据产品' }),
            '类型',
          ),
          text: named(text(500, 2), '说明'),
          registrationCode: named(text(60), '数据产品登记编码').optional(),
        }),
      )
      .min(1)
      .max(20),
    { label: biz },
  ),

  field('data', 'publicSafety', 'pss', '涉及公共安全|Public safety', z.boolean()),
  field(
    'data',
    'personalData',
    'pss',
    '涉及个人信息|Personal data',
    choice({ none: '不涉及', ordinary: '一般个人信息', sensitive: '敏感个人信息' }),
  ),

  field('internal', 'internalNote', 'ooo', '内部备注|Internal note', text(2000), { label: lim, hintZh: '不离开本节点' }),
];

/** The fields a kind has, in form order. */
export const coreFieldsOf = (kind: Kind): CoreField[] => CORE_FIELDS.filter((f) => f.need[kind] !== 'absent');
