import type { DomainError } from '@xiangjing/scenario-sdk';
import { expect, test } from 'vitest';
import { adminFault } from './admin-fault.ts';

const connection = { brokers: ['b:9092'], sasl: { username: 'operator', password: 'never-shown-to-anybody' } };

test('a refused login of the administrator names the administrator, and no password', () => {
  const refused = Object.assign(new Error('SASL SCRAM SHA512 authentication failed'), { name: 'KafkaJSSASLAuthenticationError' });
  const told = adminFault(refused, connection) as DomainError;
  expect(told.remedy).toMatch(/federation\.kafka\.admin .*operator/);
  expect(`${told.message}${told.remedy}`).not.toContain('never-shown');
  expect(adminFault(Object.assign(new Error('x'), { name: 'KafkaJSConnectionError' }), connection)).toMatchObject({
    message: 'KafkaJSConnectionError: x',
  });
});
