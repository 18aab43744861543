import type { DomainError } from '@xiangjing/scenario-sdk';
import { expect, test } from 'vitest';
import { creationFault } from './creation-fault.ts';

const aggregate = (...errors: { type: string; topic: string }[]) =>
  Object.assign(new Error('Topic creation errors'), { name: 'KafkaJSAggregateError', errors });

test('topics that could not be made are told with each reason, and what to do', () => {
  const few = aggregate({ type: 'INVALID_REPLICATION_FACTOR', topic: 'a' }, { type: 'INVALID_REPLICATION_FACTOR', topic: 'b' });
  expect(creationFault(few, { factor: 3, minInSync: 2 }, 1)).toMatchObject({
    code: 'CONFIG_INVALID',
    message: '要 3 个副本，只有 1 台代理',
    remedy: expect.stringContaining('补足代理，或改 federation.kafka.replication.factor（试用写 1') as string,
  });
  const told = creationFault(aggregate({ type: 'TOPIC_AUTHORIZATION_FAILED', topic: 'a' }), { factor: 1, minInSync: 1 }, 1);
  expect(told).toMatchObject({ code: 'BROKER_UNAVAILABLE', message: '代理没有建成主题：a TOPIC_AUTHORIZATION_FAILED' });
  expect((told as DomainError).remedy).toContain('super.users');
  const other = new Error('another');
  expect(creationFault(other, { factor: 1, minInSync: 1 }, 1)).toBe(other);
});
