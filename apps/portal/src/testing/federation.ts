import { NODES } from '@xiangjing/scenario-sdk';
import type { FederationStatus } from '../views.ts';
import { NOW, testId } from './records.ts';

type NodeStatus = FederationStatus['nodes'][number];
const ago = (seconds: number) => new Date(Date.parse(NOW) - seconds * 1000).toISOString();

export function nodeStatus(adcode: string, more: Partial<NodeStatus> = {}): NodeStatus {
  const nameZh = NODES.find((node) => node.adcode === adcode)?.nameZh ?? adcode;
  const counts = { opportunity: 20 + (Number(adcode) % 7), capability: 31, demonstration: 6 };
  return {
    adcode,
    nameZh,
    state: 'current',
    heardAt: ago(4),
    contentAsOf: ago(51),
    pending: 0,
    replicas: counts,
    refused: 0,
    quarantined: 0,
    release: '0.1.0',
    wireGeneration: 1,
    ...more,
  };
}

const NONE = { kafka: 0, https: 0 };
const feed = (origin: string, more: Partial<FederationStatus['feeds'][number]> = {}): FederationStatus['feeds'][number] => ({
  origin,
  view: 'up',
  direction: 'in',
  epoch: 1,
  seq: 4117,
  headSeq: 4117,
  lag: 0,
  heardAt: ago(4),
  appliedAt: ago(51),
  halted: null,
  lastError: null,
  road: 'https',
  isRead: true,
  roads: { kafka: 0, https: 4117 },
  degraded: null,
  lastRefusal: null,
  log: null,
  ...more,
});

/** The province on a day with three cities behind: one silent, two late. */
export const provinceStatus = (more: Partial<FederationStatus> = {}): FederationStatus => ({
  node: { adcode: '430000', nameZh: '湖南省', release: '0.1.0', wireGeneration: 1 },
  asOf: NOW,
  detailed: true,
  own: { opportunity: 18, capability: 9, demonstration: 6 },
  federated: { opportunity: 12, capability: 7, demonstration: 6 },
  nodes: NODES.map(({ adcode }) => {
    if (adcode === '430000')
      return nodeStatus(adcode, {
        state: 'self',
        heardAt: null,
        contentAsOf: NOW,
        replicas: { opportunity: 0, capability: 0, demonstration: 0 },
      });
    if (adcode === '433100')
      return nodeStatus(adcode, { state: 'silent', heardAt: ago(2 * 86_400), contentAsOf: ago(2 * 86_400), pending: null });
    if (adcode === '431100')
      return nodeStatus(adcode, { state: 'silent', heardAt: ago(15 * 3600), contentAsOf: ago(15 * 3600), pending: null });
    if (adcode === '431200')
      return nodeStatus(adcode, { state: 'late', heardAt: ago(600), contentAsOf: ago(700), pending: 214, refused: 2, quarantined: 2 });
    return nodeStatus(adcode);
  }),
  feeds: [
    feed('430100', { road: 'kafka', roads: { kafka: 4100, https: 17 } }),
    feed('433100', {
      heardAt: ago(2 * 86_400),
      road: 'kafka',
      lastRefusal: {
        at: ago(7200),
        code: 'SIGNATURE_INVALID',
        message: '签名核验不过',
        remedy: '与对方核对名册里的公钥',
        detail: 'signature does not verify',
      },
    }),
    feed('431200', {
      seq: 3903,
      lag: 214,
      degraded: { reason: '缺 3904 至 3906，两条路都还没有送到', at: ago(600), remedy: '看来源节点是否在运行', detail: '' },
    }),
    feed('430100', { view: 'peer', direction: 'relay', road: 'kafka', roads: { kafka: 880, https: 0 } }),
    feed('430000', { view: 'public', direction: 'out', seq: 5, headSeq: 5, heardAt: null, road: null, isRead: false, roads: NONE }),
    feed('430300', { view: 'peer', direction: 'relay', seq: 0, headSeq: 0, road: null, roads: NONE }),
    feed('430000', {
      view: 'down',
      direction: 'out',
      seq: 33,
      headSeq: 33,
      road: 'kafka',
      roads: { kafka: 0, https: 0 },
      log: {
        seq: 31,
        headSeq: 33,
        lag: 2,
        ackedAt: ago(40),
        lastError: {
          code: 'UPSTREAM_UNAVAILABLE',
          text: '没有可用的代理节点',
          at: ago(5),
          remedy: '看代理是否在运行',
          detail: 'no answer in 15000 ms',
        },
      },
    }),
  ],
  digests: [],
  kafka: { configured: true, state: 'ok', ackedAt: ago(40), reason: null, feeds: { kafka: 4, https: 1 } },
  comparisons: [
    { origin: '430100', view: 'up', at: ago(1800), equal: true, repaired: 0, unknown: 0 },
    { origin: '431200', view: 'up', at: ago(1500), equal: false, repaired: 1, unknown: 1 },
  ],
  repairs: [
    { at: ago(1490), origin: '431200', view: 'up', recordId: testId(8, '431200'), rev: 6, outcome: 'restored', reason: null, detail: '' },
    {
      at: ago(1490),
      origin: '431200',
      view: 'up',
      recordId: testId(9, '431200'),
      rev: 3,
      outcome: 'not-sent-by-origin',
      reason: '归属节点没有发出过，保留原样',
      detail: '',
    },
  ],
  refusals: [
    {
      at: ago(5340),
      peer: '431200',
      origin: '431200',
      view: 'up',
      code: 'DOMAIN_UNKNOWN',
      message: '领域代码不在当前词表中',
      remedy: '已存入隔离区，词表更新后可重放',
      detail: '/data/core/domain is none of the 14',
    },
    {
      at: ago(68_100),
      peer: null,
      origin: null,
      view: null,
      code: 'REQUEST_UNSIGNED',
      message: '请求没有签名',
      remedy: '核对对方节点的登记',
      detail: '',
    },
  ],
  blocked: [],
  unclassified: 4,
  appliedToday: 1862,
  outbox: 0,
  requestsReceived: 40,
  ...more,
});

/** A federation with nobody behind and nothing refused. */
export const calmStatus = (): FederationStatus =>
  provinceStatus({
    nodes: NODES.map(({ adcode }) => nodeStatus(adcode, adcode === '430000' ? { state: 'self' } : {})),
    feeds: [feed('430100', { road: 'kafka' }), feed('433100', { road: 'kafka' })],
    refusals: [],
    comparisons: [],
    repairs: [],
    unclassified: 0,
  });

/** The same as somebody sees it who does not watch the node: without refusals, reasons and comparisons. */
export function publicStatus(): FederationStatus {
  const status = provinceStatus({ detailed: false, refusals: [], comparisons: [], repairs: [] });
  const feeds = status.feeds.map((given) => ({
    ...given,
    degraded: given.degraded && { ...given.degraded, reason: '', remedy: '' },
    lastRefusal: null,
    lastError: null,
    log: given.log && { ...given.log, lastError: null },
  }));
  return { ...status, feeds };
}
