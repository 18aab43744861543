import { PRESETS, SEALED } from '@xiangjing/scenario-sdk';
import type { ListedRecord, RecordHistory, RecordList, RecordView } from '../views.ts';

/** The clock of every fixture. */
export const NOW = '2026-11-24T01:00:00.000Z';
const uuid = (n: number) => `01937c2e-5a10-7b44-9d1e-${String(n).padStart(12, '0')}`;
export const testId = (n = 1, adcode = '430100', kind = 'opportunity') => `urn:xiangjing:${adcode}:${kind}:${uuid(n)}`;

export const listedRecord = (more: Partial<ListedRecord> = {}): ListedRecord => ({
  id: testId(),
  kind: 'opportunity',
  origin: '430100',
  rev: 6,
  stage: 'published',
  suspended: false,
  shape: 'full',
  title: '老旧管网漏损监测与预警',
  summary: '在 3 个老旧片区布设监测点，把漏损定位时间从数天缩短到数小时，先试用后付费。',
  domain: 'urban-rural-governance',
  domains: ['urban-rural-governance'],
  scenarioTypes: ['urban-rural-governance.01'],
  region: '430102',
  scenarioKind: 'small-incision',
  owner: { uscc: '12990000000000001A', name: '示例水务运营单位' },
  level: 'L1',
  classified: true,
  firstPublishedOn: '2026-11-18',
  responseDeadline: '2026-12-18',
  validUntil: '2027-12-31',
  changedAt: '2026-11-21T08:02:00.000Z',
  receivedAt: '2026-11-24T00:59:42.000Z',
  heardAt: '2026-11-24T00:59:50.000Z',
  ...more,
});

export const recordList = (items: ListedRecord[], more: Partial<RecordList> = {}): RecordList => ({
  items,
  total: items.length,
  facets: {
    kind: [
      { value: 'opportunity', count: 306 },
      { value: 'capability', count: 444 },
      { value: 'demonstration', count: 80 },
    ],
    domain: [
      { value: 'urban-rural-governance', count: 38 },
      { value: 'low-altitude-economy', count: 16 },
    ],
    region: [
      { value: '430100', count: 9 },
      { value: '433100', count: 1 },
    ],
    stage: [
      { value: 'published', count: 17 },
      { value: 'docked', count: 12 },
    ],
    scenarioKind: [{ value: 'small-incision', count: 22 }],
    origin: [
      { value: '430100', count: 9 },
      { value: '430200', count: 4 },
    ],
  },
  nextCursor: null,
  asOf: NOW,
  late: [],
  ...more,
});

/** A replica of an opportunity in 低空经济, as the public may see it. */
export const recordView = (more: Partial<RecordView> = {}): RecordView => ({
  id: testId(),
  kind: 'opportunity',
  origin: '430100',
  rev: 6,
  stage: 'docked',
  suspended: false,
  shape: 'full',
  title: '城市燃气管线无人机巡检',
  core: {
    title: '城市燃气管线无人机巡检',
    summary: '用无人机替代人工徒步巡查 120 公里燃气管线，先试用后付费。',
    domains: ['low-altitude-economy'],
    scenarioTypes: ['low-altitude-economy.02'],
    scenarioKind: 'small-incision',
    region: '430102',
    place: '示例片区',
    responsibleUnit: '管网运行部',
    validUntil: '2027-12-31',
    roleContact: { unit: '示例管网运行部', phone: '0731-85550000', mailbox: 'guanwang@example.org' },
    problem:
      '片区内管线建成超过 25 年，徒步巡查一轮需要 9 天，隐患从发现到处置平均 72 小时。\n希望引入成熟的巡检服务，与现有调度系统联动派单。',
    currentState: '每月人工巡查三轮。',
    wantedResult: '巡查一轮不超过 1 天，隐患定位精度不低于 1 米。',
    plannedFrom: '2027-03-01',
    plannedTo: '2027-12-31',
    responseDeadline: '2026-12-18',
    intake: '经岗位邮箱报名，5 个工作日内答复。',
    metrics: [
      { name: '巡查一轮用时', unit: '小时', baseline: '216', goal: '不超过 24', method: '抽取 5 轮比对飞行记录' },
      { name: '隐患定位精度', unit: '米', baseline: '无统计', goal: '不低于 1', method: '抽取 20 处已知隐患现场核对' },
    ],
    essential: ['具备有效的运营合格证。', '数据存放在本市政务云，原始数据不出本市。', '能把告警写入现有调度系统的工单。'],
    cooperationMode: 'trial-then-pay',
    publicSafety: true,
    personalData: 'none',
  },
  attrs: { uavClass: 'medium', payload: 8, insurance: { amount: '5000000', until: '2027-12-31' } },
  schema: 1,
  label: PRESETS.pub,
  labels: { 'core.title': PRESETS.pub },
  withheld: [
    { path: 'core.contact', titleZh: '联系人', level: 'L2', personal: true, howZh: '含个人信息，双方确认对接意向后可见' },
    { path: 'core.resources', titleZh: '提供的资源', level: 'L2', personal: false, howZh: '分级 L2，有条件开放，企业核验并登录后可见' },
  ],
  classified: true,
  unchecked: false,
  owner: { uscc: '12990000000000001A', name: '示例燃气运营单位' },
  holder: { role: 'owner', nameZh: '场景单位', dueOn: '2026-12-18' },
  verbs: [],
  provenance: {
    view: 'up',
    receivedAt: '2026-11-24T00:59:42.000Z',
    heardAt: '2026-11-24T00:59:50.000Z',
    verified: true,
    digest: 'sha-256:00',
  },
  firstPublishedOn: '2026-11-18',
  stageDates: { solicited: '2026-09-02', selected: '2026-10-20', published: '2026-11-18' },
  changedAt: '2026-11-21T08:02:00.000Z',
  ...more,
});

/** A record sealed for everybody but its home node: no field at all. */
export const stubView = (more: Partial<RecordView> = {}): RecordView =>
  recordView({
    shape: 'stub',
    title: '',
    core: {},
    attrs: {},
    label: SEALED,
    labels: {},
    withheld: [],
    owner: { uscc: '', name: '' },
    ...more,
  });

export const recordHistory = (): RecordHistory => ({
  items: [
    {
      rev: 6,
      at: '2026-11-21T08:02:00.000Z',
      verb: 'amend',
      stage: 'docked',
      byRole: 'owner',
      changes: [
        { path: 'core.plannedTo', titleZh: '计划结束', before: '2027-10-31', after: '2027-12-31' },
        { path: 'attrs.payload', titleZh: '载重', before: 5, after: 8 },
      ],
      reasons: [],
    },
    { rev: 5, at: '2026-11-18T01:00:00.000Z', verb: 'publish', stage: 'published', byRole: 'coordinator', changes: [], reasons: [] },
    {
      rev: 3,
      at: '2026-09-28T02:12:00.000Z',
      verb: 'return',
      stage: 'returned',
      byRole: 'checker',
      changes: [],
      reasons: [{ code: 'metrics', text: '请补充验收办法', fields: ['/core/metrics'] }],
    },
    {
      rev: 1,
      at: '2026-09-02T00:40:00.000Z',
      verb: 'create',
      stage: 'draft',
      byRole: 'owner',
      changes: ['title', 'summary', 'problem', 'currentState'].map((name) => ({ path: `core.${name}`, titleZh: name, after: '内容' })),
      reasons: [],
    },
  ],
});
