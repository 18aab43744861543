import { expect, test } from 'vitest';
import { told, toldRepair, toldWaiting } from './told.ts';

test('the brokers’ own words say more than the code, and stay behind the Chinese', () => {
  const message = 'KafkaJSSASLAuthenticationError: SASL SCRAM SHA512 authentication failed';
  expect(told({ code: 'BROKER_UNAVAILABLE', message, remedy: 'compare user and password' })).toEqual({
    message: 'Kafka 不认本节点的用户名或口令',
    remedy: '核对 federation.kafka 的 username、password 与代理上的用户（kafka-configs.sh）',
    detail: `${message}; compare user and password`,
  });
  expect(told({ code: 'BROKER_UNAVAILABLE', message: 'no answer in 15000 ms' }).message).toContain('没有应答');
});

test('a feed that waits says from where on, whatever the words', () => {
  expect(toldWaiting('events 8 to 9 have not come by any road', 7)).toMatchObject({
    message: '第 8 条起，两条路都还没有送到',
    detail: 'events 8 to 9 have not come by any road',
  });
  expect(toldWaiting('缺 8 至 9', 7)).toMatchObject({ message: '缺 8 至 9', detail: '' });
});

test('a repair that was refused says why by its code, where it has one', () => {
  expect(toldRepair('EVENT_MALFORMED: /data/core is no record')).toEqual({
    reason: '内容不合约定的格式，没有收下',
    detail: 'EVENT_MALFORMED: /data/core is no record',
  });
  expect(toldRepair('signature does not verify')).toEqual({ reason: null, detail: 'signature does not verify' });
  expect(toldRepair(null)).toEqual({ reason: null, detail: '' });
});
