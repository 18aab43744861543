import { NODES } from '@xiangjing/scenario-sdk';
import type { HomePage, ListPage, Page, RecordPage, RenderRequest } from '../public/request.ts';
import type { ListedRecord } from '../views.ts';
import { provinceStatus } from './federation.ts';
import { listedRecord, NOW, recordHistory, recordList, recordView, testId } from './records.ts';
import { testVocabulary } from './vocabulary.ts';

export const request = (page: Page, more: Partial<RenderRequest> = {}): RenderRequest => ({
  url: '/',
  mode: 'default',
  contrast: 'default',
  demo: true,
  node: {
    adcode: '430000',
    nameZh: '湖南省',
    hostUnit: '示例省级主管单位',
    footer: { organiser: '示例省级主管单位', operator: '', siteCode: '', icp: '', publicSecurity: '', contact: '' },
  },
  person: null,
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  now: NOW,
  page,
  ...more,
});

/** Records as a list shows them: one ordinary, one close, one stale, one of this node, one without anything, one suspended. */
export const someRecords = (): ListedRecord[] => [
  listedRecord(),
  listedRecord({
    id: testId(2, '430200'),
    origin: '430200',
    title: '建筑工地智能安全监测预警',
    responseDeadline: '2026-11-30',
    scenarioKind: 'industry-integrated',
  }),
  listedRecord({
    id: testId(3, '433100'),
    origin: '433100',
    title: '山洪灾害智能监测预警',
    heardAt: '2026-11-22T13:05:00.000Z',
    receivedAt: '2026-11-22T13:00:00.000Z',
  }),
  listedRecord({
    id: testId(4, '430000'),
    origin: '430000',
    title: '省级政务服务智能客服',
    receivedAt: null,
    heardAt: null,
    responseDeadline: '2026-10-31',
  }),
  listedRecord({
    id: testId(5, '430600'),
    origin: '430600',
    title: '',
    summary: '',
    shape: 'stub',
    owner: { uscc: '', name: '' },
    responseDeadline: null,
    validUntil: null,
    firstPublishedOn: null,
  }),
  listedRecord({
    id: testId(6, '430300', 'capability'),
    kind: 'capability',
    origin: '430300',
    title: '独居老人用水用电异常识别',
    domain: 'elderly-childcare',
    suspended: true,
    responseDeadline: null,
    scenarioKind: null,
  }),
];

export const homePage = (more: Partial<HomePage> = {}): HomePage => ({
  name: 'home',
  totals: { opportunity: { total: 306, recent: 23 }, capability: { total: 444, recent: 41 }, demonstration: { total: 80, recent: 5 } },
  places: Object.fromEntries(
    NODES.map(({ adcode }, i) => [adcode, { opportunity: 9 + ((i * 13) % 56), capability: 8 + i * 3, demonstration: i }]),
  ),
  stages: { published: 118, docked: 96, landed: 64, promoted: 28 },
  latest: someRecords().slice(0, 4),
  targets: [{ id: 'T5', nameZh: '高价值小切口场景发布', year: 2026, minimum: 100, count: 87, sealed: 2, asOf: NOW }],
  status: provinceStatus(),
  ...more,
});

export const listPage = (more: Partial<ListPage> = {}): ListPage => ({
  name: 'list',
  kind: 'opportunity',
  query: {},
  list: recordList(someRecords(), { nextCursor: 'c2', total: 38, late: [{ origin: '433100', heardAt: '2026-11-22T13:05:00.000Z' }] }),
  vocabulary: testVocabulary(),
  ...more,
});

export const recordPage = (more: Partial<RecordPage> = {}): RecordPage => ({
  name: 'record',
  record: recordView(),
  history: recordHistory(),
  vocabulary: testVocabulary(),
  ...more,
});
