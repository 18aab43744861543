import { expect, test } from 'vitest';
import type { NodeConfig } from './config.ts';
import { kafkaAdminConnection } from './kafka-connection.ts';

type Kafka = NonNullable<NodeConfig['federation']['kafka']>;
const admin = { username: 'operator', password: 'of-the-brokers' };
const adminOf = (more: Partial<Kafka>) =>
  kafkaAdminConnection({ federation: { kafka: { brokers: ['b:9093'], tls: false, ...more } } } as unknown as NodeConfig);

test('brokers that ask for a login are not asked without the one of their administrator', () => {
  const node = { username: 'xiangjing-430000', password: 'of-the-node' };
  for (const tls of [false, true, {}])
    expect(() => adminOf({ ...node, tls })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('缺 federation.kafka.admin') as string }),
    );
  expect(adminOf({ ...node, admin }).sasl).toEqual(admin);
});

test('where nobody signs in by a password, none is asked for', () => {
  expect(adminOf({}).sasl).toBeUndefined();
  const file = import.meta.filename; // any file that can be read
  expect(adminOf({ username: 'u', password: 'p', tls: { certFile: file, keyFile: file } })).toMatchObject({
    tls: { cert: expect.any(String) as string },
  });
});
