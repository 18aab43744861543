import type { Troubles } from '@xiangjing/federation';
import { expect, test } from 'vitest';
import { brokerReason } from './broker-reason.ts';

const at = new Date('2026-11-24T01:00:00Z');
const before = new Date('2026-11-24T00:00:00Z');
const failing = {
  configured: true,
  state: 'failing',
  ackedAt: '2026-11-24T00:30:00.000Z',
  feeds: { kafka: 0, https: 1 },
  reason: null,
} as const;
const PASSWORD = 'KafkaJSSASLAuthenticationError: SASL SCRAM SHA512 authentication failed';
const reasonOf = (unlogged: Partial<Troubles['unlogged'][number]>[], refusals: object[] = []) =>
  brokerReason(failing, {
    unlogged: unlogged.map((more) => ({ view: 'up', code: 'BROKER_UNAVAILABLE', text: 'no answer in 15000 ms', at, ...more })),
    refusals: refusals.map((more) => ({ code: 'BROKER_UNAVAILABLE', peer: null, origin: null, view: null, remedy: 'r', at, ...more })),
  } as Troubles);

test.each([
  [{ code: 'TOPIC_MISSING', text: 'no topic that this node may use' }, '主题', 'federation topics --apply'],
  [{ text: PASSWORD }, '用户名或口令', 'federation.kafka 的 username'],
  [{ text: 'CLUSTER_AUTHORIZATION_FAILED: Cluster authorization failed' }, '缺权限', 'federation topics --apply'],
  [{ text: 'no answer in 15000 ms' }, 'Kafka 没有应答', '看 Kafka 代理是否在运行'],
])('names the cause that the writer met: %o', (fault, text, remedy) => {
  const reason = reasonOf([fault])!;
  expect(reason.text).toContain(text);
  expect(reason.remedy).toContain(remedy);
  expect(reason.detail).toBe(fault.text);
  expect(reason.at).toBe(at.toISOString());
});

test('what the reader met since the last acknowledgement says more than no answer', () => {
  const refused = { message: `reading the topics: ${PASSWORD}` };
  expect(reasonOf([{}], [refused])!.text).toContain('用户名或口令');
  expect(reasonOf([{}], [{ ...refused, at: before }])!.detail).toBe('no answer in 15000 ms');
  expect(reasonOf([{}], [{ ...refused, peer: '430200' }])!.detail).toBe('no answer in 15000 ms');
});

test('says nothing where the brokers are well, or where the faults are not to be seen', () => {
  expect(reasonOf([])).toBeNull();
  const unlogged = [{ view: 'up', code: 'TOPIC_MISSING', text: '', at }];
  expect(brokerReason({ ...failing, state: 'ok' }, { unlogged, refusals: [] as Troubles['refusals'] } as Troubles)).toBeNull();
});
