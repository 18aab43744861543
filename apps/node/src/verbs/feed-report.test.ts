import type { FederationStatus } from '@xiangjing/services';
import { expect, test } from 'vitest';
import { federationReport, feedReport } from './feed-report.ts';

type Feed = FederationStatus['feeds'][number];
const asOf = '2026-11-24T01:00:00.000Z';
const feed = (more: Partial<Feed> = {}): Feed => ({
  origin: '430000',
  view: 'down',
  direction: 'in',
  epoch: 1,
  seq: 33,
  headSeq: 33,
  lag: 0,
  heardAt: '2026-11-24T00:59:56.000Z',
  appliedAt: null,
  halted: null,
  lastError: null,
  road: 'kafka',
  isRead: true,
  roads: { kafka: 33, https: 0 },
  degraded: null,
  lastRefusal: null,
  log: null,
  ...more,
});

test('a line a feed with road, place, lag, age and state, in columns', () => {
  const lines = feedReport({
    asOf,
    nodes: [],
    feeds: [feed(), feed({ origin: '430100', view: 'peer', road: 'https', seq: 5, headSeq: 12, lag: 7 })],
  });
  expect(lines).toEqual([
    '通道                方向  最近走  位置   滞后  最近联系  状态',
    '湖南省 430000 down  收到  Kafka   33/33  0     4 秒前    正常',
    '长沙市 430100 peer  收到  HTTPS   5/12   7     4 秒前    补收中',
  ]);
  expect(feedReport({ asOf, nodes: [], feeds: [] })[0]).toContain('还没有任何通道');
});

test('a feed of a node that tells nothing any more is late after a minute and silent after an hour, lag or not', () => {
  const node = (adcode: string, state: string, heardAt: string | null) => ({ adcode, state, heardAt });
  const nodes = [
    node('430100', 'late', '2026-11-24T00:50:00.000Z'),
    node('430200', 'silent', '2026-11-23T22:00:00.000Z'),
    node('430300', 'silent', null),
    node('430400', 'current', '2026-11-24T00:59:30.000Z'),
    node('430500', 'self', null),
  ] as unknown as FederationStatus['nodes'];
  const states = (more: Partial<Feed>[], known = nodes) =>
    feedReport({ asOf, nodes: known, feeds: more.map(feed) })
      .slice(1)
      .map((line) => line.split(/ {2,}/).at(-1));
  const from = ['430100', '430200', '430300', '430400'].map((origin) => ({ origin, direction: 'relay' as const }));
  expect(states(from)).toEqual(['迟到 10 分钟', '失联 3 小时', '失联', '正常']);
  expect(states([{ origin: '430100', lag: 2 }])).toEqual(['迟到 10 分钟，补收中']);
  const province = [node('430000', 'late', '2026-11-24T00:58:00.000Z')] as unknown as FederationStatus['nodes'];
  const out = { origin: '430100', direction: 'out' } as const;
  expect(states([out, { ...out, heardAt: null }], province)).toEqual(['迟到 2 分钟', '正常']);
});

test('a feed of which nothing has moved has no road, and a view that nobody reads is not in use', () => {
  const [, empty, unread] = feedReport({
    asOf,
    nodes: [],
    feeds: [
      feed({ road: null, seq: 0, headSeq: 0 }),
      feed({ origin: '430100', view: 'public', direction: 'out', road: null, isRead: false, heardAt: null, lag: 3 }),
    ],
  });
  expect(empty).toMatch(/down +收到 +– +0\/0 +0 +4 秒前 +尚无事件$/);
  expect(unread).toMatch(/public +发出 +– +33\/33 +3 +– +未启用：还没有节点接收$/);
});

test('below a feed in trouble: why, what was refused, and what to do', () => {
  const lines = feedReport({
    asOf,
    nodes: [],
    feeds: [
      feed({
        roads: { kafka: 30, https: 3 },
        degraded: { reason: '缺 34 至 36', at: '2026-11-24T00:50:00.000Z', remedy: '等它补齐', detail: 'events 34 to 36' },
        lastRefusal: {
          at: '2026-11-23T23:00:00.000Z',
          code: 'SIGNATURE_INVALID',
          message: '签名核验不过',
          remedy: '核对公钥',
          detail: 'signature',
        },
      }),
      feed({ halted: { code: 'EQUIVOCATION', reason: '同一序号两个事件', at: asOf, remedy: '核对', detail: '' } }),
      feed({
        direction: 'out',
        heardAt: null,
        log: {
          seq: 31,
          headSeq: 33,
          lag: 2,
          ackedAt: null,
          lastError: {
            code: 'UPSTREAM_UNAVAILABLE',
            text: '没有代理节点应答',
            at: '2026-11-24T00:59:00.000Z',
            remedy: '看它在不在',
            detail: '',
          },
        },
      }),
    ],
  });
  expect(lines[1]).toMatch(/缺件，10 分钟前起等待$/);
  expect(lines.slice(2, 9)).toEqual([
    '    收到的 30 条走 Kafka，3 条走 HTTPS',
    '    原因：缺 34 至 36',
    '    → 等它补齐',
    '      原文：events 34 to 36',
    '    最近拒收 2026-11-24 07:00:00 SIGNATURE_INVALID 签名核验不过',
    '    → 核对公钥',
    '      原文：signature',
  ]);
  expect(lines[9]).toMatch(/已停 EQUIVOCATION$/);
  expect(lines.slice(10, 12)).toEqual(['    原因：同一序号两个事件', '    → 核对']);
  expect(lines.at(-4)).toMatch(/发出 .*33\/33  0     – /);
  expect(lines.slice(-3)).toEqual([
    '    Kafka 已确认 31/33',
    '    Kafka 出错 2026-11-24 08:59:00 UPSTREAM_UNAVAILABLE 没有代理节点应答',
    '    → 看它在不在',
  ]);
});

test('after the feeds: the brokers, comparisons that differed, refusals of no feed', () => {
  const reason = {
    code: 'BROKER_UNAVAILABLE',
    text: '代理不认本节点的用户名或口令',
    remedy: '核对 federation.kafka',
    detail: 'SASL',
    at: asOf,
  };
  const status = {
    asOf,
    nodes: [],
    feeds: [feed()],
    kafka: { configured: true, state: 'failing', reason, ackedAt: '2026-11-24T00:58:00.000Z', feeds: { kafka: 1, https: 0 } },
    comparisons: [
      { origin: '430000', view: 'down', at: asOf, equal: true, repaired: 0, unknown: 0 },
      { origin: '430200', view: 'peer', at: asOf, equal: false, repaired: 2, unknown: 1 },
    ],
    refusals: [
      {
        at: asOf,
        peer: '430300',
        origin: null,
        view: null,
        code: 'REPLAY',
        message: '签名过期',
        remedy: '校准时钟',
        detail: 'signed 400 s away',
      },
      { at: asOf, peer: '430300', origin: '430300', view: 'up', code: 'TIER_EXCEEDED', message: 'm', remedy: 'r' },
    ],
  } as unknown as FederationStatus;
  expect(federationReport(status).slice(3)).toEqual([
    'Kafka：收发不正常，内容改走 HTTPS，最近确认 2 分钟前',
    '  原因 2026-11-24 09:00:00 BROKER_UNAVAILABLE 代理不认本节点的用户名或口令',
    '  → 核对 federation.kafka',
    '    原文：SASL',
    '比对：2 条通道，1 条一致',
    '  不一致 株洲市 430200 peer 2026-11-24 09:00:00：修复 2 项，对方没有发过的 1 项',
    '拒收 2026-11-24 09:00:00 湘潭市 430300 REPLAY 签名过期',
    '→ 校准时钟',
    '  原文：signed 400 s away',
  ]);
});
