import { findNode, PROVINCE, type DomainCode } from '@xiangjing/scenario-sdk';
import { exampleUscc, type UsccKind } from './example-uscc.ts';

export interface SeedOrganisation {
  uscc: string;
  name: string;
  type: 'agency' | 'public-institution' | 'state-owned-enterprise' | 'enterprise' | 'university' | 'research-institute';
  region: string;
  industry: string;
  /** User name of the account that acts for it. */
  owner: string;
  /** What it does here: asks for scenarios of these domains, or offers something as a supplier of this class. */
  asks?: readonly DomainCode[];
  offers?: { class: string; proof: string; domains: readonly DomainCode[] };
}

/** Owner of an agency and of an enterprise as the demo prints them; every other organisation has `owner-<nn>`. */
export const AGENCY_OWNER = 'owner-agency';
export const ENTERPRISE_OWNER = 'owner-enterprise';

type Row = readonly [UsccKind, SeedOrganisation['type'], string, string, readonly DomainCode[]];
const ASKING: readonly Row[] = [
  ['11', 'agency', '发展和改革委员会', 'S92', ['low-altitude-economy', 'future-industries', 'new-infrastructure']],
  ['11', 'agency', '工业和信息化局', 'S92', ['advanced-manufacturing', 'major-events-projects']],
  ['11', 'agency', '数据局', 'S92', ['government-services', 'new-infrastructure']],
  ['11', 'agency', '农业农村局', 'S92', ['modern-agriculture']],
  ['11', 'agency', '文化旅游广电局', 'S92', ['culture-technology', 'major-events-projects']],
  ['11', 'agency', '住房和城乡建设局', 'S92', ['urban-rural-governance', 'ecology']],
  ['11', 'agency', '交通运输局', 'S92', ['transport', 'low-altitude-economy']],
  ['11', 'agency', '生态环境局', 'S92', ['ecology']],
  ['11', 'agency', '卫生健康委员会', 'S92', ['healthcare', 'elderly-childcare']],
  ['11', 'agency', '教育局', 'S92', ['education']],
  ['11', 'agency', '民政局', 'S92', ['elderly-childcare', 'urban-rural-governance']],
  ['12', 'public-institution', '中心医院', 'Q84', ['healthcare']],
  ['91', 'state-owned-enterprise', '城市发展集团有限公司', 'E48', ['urban-rural-governance', 'advanced-manufacturing', 'transport']],
];

const SUPPLYING: readonly (readonly [...Row, string, string])[] = [
  [
    '91',
    'enterprise',
    '智造科技有限公司',
    'C35',
    ['advanced-manufacturing', 'future-industries'],
    'specialised-sme',
    '专精特新企业第四批名单（示例）',
  ],
  [
    '91',
    'enterprise',
    '低空运营服务有限公司',
    'G56',
    ['low-altitude-economy', 'transport'],
    'leading-enterprise',
    '通用航空企业经营许可（示例编号 0312）',
  ],
  [
    '91',
    'enterprise',
    '数智软件有限公司',
    'I65',
    ['government-services', 'new-infrastructure', 'major-events-projects'],
    'specialised-sme',
    '软件企业评估证书（示例）',
  ],
  ['12', 'university', '应用技术大学', 'P83', ['education', 'culture-technology'], 'university', '省属本科高校（示例）'],
  [
    '12',
    'research-institute',
    '环境与农业技术研究院',
    'M73',
    ['modern-agriculture', 'ecology'],
    'research-institute',
    '市级新型研发机构备案（示例）',
  ],
  ['91', 'enterprise', '康养科技有限公司', 'C35', ['healthcare', 'elderly-childcare'], 'specialised-sme', '创新型中小企业名单（示例）'],
  ['91', 'enterprise', '青创机器人有限公司', 'I65', ['urban-rural-governance'], 'student-startup', '大学生创业项目入库证明（示例）'],
];

/** 长沙 from 长沙市; 湘西州 from 湘西土家族苗族自治州; 湖南 from 湖南省. */
export const shortName = (adcode: string): string =>
  adcode === '433100' ? '湘西州' : (findNode(adcode)?.nameZh ?? adcode).replace(/[市省]$/, '');

/** The organisations of a node's demo: every name begins with 示例, every code is one that no registrar can have given. */
export function organisationsOf(adcode: string): SeedOrganisation[] {
  const home = adcode === PROVINCE ? '湖南省' : adcode === '433100' ? '湘西州' : `${shortName(adcode)}市`;
  const common = (row: Row, serial: number) => {
    const [code, type, suffix, industry] = row;
    const name = `示例${home}${adcode === PROVINCE ? suffix.replace(/(?<!数据)局$/, '厅') : suffix}`;
    return { uscc: exampleUscc(code, adcode, serial), name, type, region: adcode, industry };
  };
  const asking = ASKING.map((row, i) => ({ ...common(row, i + 1), owner: i === 0 ? AGENCY_OWNER : furtherOwner(i + 1), asks: row[4] }));
  const supplying = SUPPLYING.map((row, i) => {
    const serial = ASKING.length + i + 1;
    const [, , , , domains, supplierClass, proof] = row;
    return {
      ...common([row[0], row[1], row[2], row[3], row[4]], serial),
      owner: i === 0 ? ENTERPRISE_OWNER : furtherOwner(serial),
      offers: { class: supplierClass, proof, domains },
    };
  });
  return [...asking, ...supplying];
}

const furtherOwner = (serial: number): string => `owner-${String(serial).padStart(2, '0')}`;
