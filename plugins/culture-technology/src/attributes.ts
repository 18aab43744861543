import {
  choice,
  evidenceRef,
  money,
  named,
  period,
  PRESETS,
  z,
  type AttributeText,
  type FormSpec,
  type Label,
} from '@xiangjing/scenario-sdk';

const text = z.string().trim().min(1);
const count = z.number().int().min(0).max(100_000_000);
/** A region of the province, or `CN` for the whole country. */
const territory = z.string().regex(/^(CN|43\d{4})$/);

const right = z.strictObject({
  work: named(text.max(120), '作品|work'),
  type: named(
    choice({
      performance: '表演权|performance',
      exhibition: '展览权|exhibition',
      'information-network': '信息网络传播权|information network',
      reproduction: '复制和改编权|reproduction and adaptation',
    }),
    '权利种类|type',
  ),
  territory: named(z.array(territory).min(1).max(20), '地域（CN 为全国）|territory'),
  period: named(period, '许可期|period'),
  holder: named(text.max(120), '权利人|holder'),
});
const heritageItem = z.strictObject({
  item: named(text.max(120), '项目|item'),
  protectingUnit: named(text.max(120), '保护单位|protecting unit'),
  consent: named(
    z.strictObject({ title: named(text.max(120), '文件名称|title'), date: named(z.iso.date(), '日期|date') }),
    '保护单位同意书|consent',
  ).optional(),
});
const collectible = z.strictObject({
  issuer: named(text.max(120), '发行单位|issuer').optional(),
  quantity: named(count, '发行数量|quantity'),
  noResale: named(z.boolean(), '禁止二次交易|no resale'),
});

/** Schema 1. The contract behind a right has an attribute of its own, because its label is higher. */
export const attributes = z.object({
  genre: choice({
    performance: '演艺|performance',
    exhibition: '展陈|exhibition',
    audiovisual: '音视频|audiovisual',
    'animation-game': '动漫游戏|animation and games',
    publishing: '数字出版|digital publishing',
    heritage: '非遗与文博|heritage and museums',
    scenic: '景区|scenic area',
    commerce: '商圈|commercial district',
  }).optional(),
  crossover: z
    .array(choice({ sport: '体育|sport', health: '康养|health', trade: '商贸|trade', exhibition: '会展|exhibition' }))
    .max(4)
    .optional(),
  rights: z.array(right).max(50).optional(),
  rightsContract: z.array(evidenceRef).max(50).optional(),
  heritageItems: z.array(heritageItem).max(50).optional(),
  generatedContent: choice({ none: '不使用|none', assisted: '辅助生成|assisted', generated: '人工智能生成|generated' }).optional(),
  labelShown: z.boolean().optional(),
  visitorCapacity: count.optional(),
  boxOffice: money.optional(),
  collectibleIssue: collectible.optional(),
});
export type Attributes = z.infer<typeof attributes>;
type Name = keyof Attributes;

const { pub, biz, lim } = PRESETS;

export const labels: Record<Name, Label> = {
  genre: pub,
  crossover: pub,
  rights: biz,
  rightsContract: lim,
  heritageItems: biz,
  generatedContent: pub,
  labelShown: pub,
  visitorCapacity: pub,
  boxOffice: lim,
  collectibleIssue: biz,
};

export const texts: Record<Name, AttributeText> = {
  genre: { zh: '业态', en: 'Genre' },
  crossover: { zh: '跨界融合', en: 'Crossover' },
  rights: { zh: '权利许可', en: 'Rights', hintZh: '地域和期限要覆盖整个展演期' },
  rightsContract: { zh: '许可合同', en: 'Rights contracts', hintZh: '只写合同名称和编号，不离开本节点' },
  heritageItems: { zh: '非遗和文物项目', en: 'Heritage items', hintZh: '每项要有保护单位同意书' },
  generatedContent: { zh: '生成内容', en: 'Generated content', hintZh: '是否使用人工智能生成合成内容' },
  labelShown: { zh: '已加生成内容标识', en: 'Content label shown' },
  visitorCapacity: { zh: '最大承载量', en: 'Visitor capacity', unit: '人' },
  boxOffice: { zh: '票房或营业收入', en: 'Box office', unit: '元' },
  collectibleIssue: { zh: '数字藏品发行', en: 'Digital collectible issue' },
};

export const form: FormSpec<Name> = {
  groups: [
    { zh: '业态', en: 'Genre', fields: ['genre', 'crossover', 'visitorCapacity'] },
    { zh: '内容与权利', en: 'Content and rights', fields: ['generatedContent', 'labelShown', 'rights', 'rightsContract', 'heritageItems'] },
    { zh: '经营', en: 'Business', fields: ['boxOffice', 'collectibleIssue'] },
  ],
  columns: ['genre', 'visitorCapacity'],
  facets: ['genre'],
  sorts: ['visitorCapacity'],
};
