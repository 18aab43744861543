import { expect, test } from 'vitest';
import { comparisonReport } from './compare.ts';
import { journeyReport } from './trace.ts';

const step = { node: '430100', at: '2026-11-24T01:00:00.000Z', isLatest: false, rev: 4, view: null, eventId: null, road: null, log: null };

test('a journey: a line a step with its time and the milliseconds since the commit, the place in Kafka below', () => {
  const log = { topic: 'xiangjing.430100.up', incarnation: 'life-1', offset: 117 };
  const lines = journeyReport({
    recordId: 'urn:xiangjing:430100:opportunity:x',
    steps: [
      { ...step, id: '1', step: 'committed', outcome: 'record.published', elapsedMs: 0 },
      { ...step, id: '2', step: 'signed', view: 'up', eventId: '430100/up/1/118', outcome: 'opportunity.upserted.v1', elapsedMs: 85 },
      { ...step, id: '3', step: 'sent', view: 'up', isLatest: true, road: 'https', outcome: 'acknowledged', elapsedMs: 900 },
      { ...step, id: '3k', step: 'sent', view: 'up', road: 'kafka', log, outcome: 'acknowledged', elapsedMs: 140 },
      { ...step, id: '4', step: 'applied', node: '430000', view: 'up', at: null, outcome: 'live', elapsedMs: null },
    ],
    province: 'answered',
    fault: null,
  });
  expect(lines).toEqual([
    'urn:xiangjing:430100:opportunity:x',
    '版次  步骤        视图  节点           时间                     提交后         路     结果',
    '4     提交入库          长沙市 430100  2026-11-24 09:00:00.000  0 毫秒                record.published',
    '4     筛选并签名  up    长沙市 430100  2026-11-24 09:00:00.000  85 毫秒               opportunity.upserted.v1',
    '    事件 430100/up/1/118',
    '4     省级回执    up    长沙市 430100  2026-11-24 09:00:00.000  最迟 900 毫秒         acknowledged',
    '4     Kafka 收妥  up    长沙市 430100  2026-11-24 09:00:00.000  140 毫秒       Kafka  acknowledged',
    '    xiangjing.430100.up 偏移 117，主题这一代 life-1',
    '4     写入清单    up    湖南省 430000  没有记下                                       live',
    '最迟：只知道不晚于这个时间。省级回执和 Kafka 的确认一次覆盖许多条；准确的到达时间看“对方收到”',
  ]);
});

test('a journey whose other half could not be had says why and what to do', () => {
  const fault = { code: 'UPSTREAM_UNAVAILABLE', message: '没有应答', remedy: '查路由', detail: 'no answer' };
  const half = { recordId: 'r', steps: [], fault };
  expect(journeyReport({ ...half, province: 'unreachable' }).slice(-3)).toEqual([
    '没有问到省节点那一半：UPSTREAM_UNAVAILABLE 没有应答',
    '→ 查路由',
    '  原文：no answer',
  ]);
  expect(journeyReport({ ...half, fault: null, province: 'has-nothing' }).at(-1)).toContain('federation status');
});

test('a comparison: equal, different and mended, not done because events are missing', () => {
  const feed = {
    origin: '430200',
    view: 'peer',
    lag: 0,
    last: { at: new Date('2026-11-24T01:00:00Z'), equal: true, repaired: 0, unknown: 0 },
  };
  const lines = comparisonReport([
    { feed, isDone: true },
    { feed: { ...feed, view: 'x', last: { ...feed.last, equal: false, repaired: 2, unknown: 1 } }, isDone: true },
    { feed: { ...feed, view: 'y', lag: 9, last: null }, isDone: false },
  ]);
  expect(lines.slice(0, 4)).toEqual([
    '通道                最近比对             结果                 已修复  对方没有发过',
    '株洲市 430200 peer  2026-11-24 09:00:00  一致                 0       0',
    '株洲市 430200 x     2026-11-24 09:00:00  不一致               2       1',
    '株洲市 430200 y     从未                 没有比对：还差 9 条  0       0',
  ]);
  expect(lines.slice(4).every((line) => line.startsWith('→ '))).toBe(true);
  expect(comparisonReport([])).toHaveLength(1);
});
