import { expect, test } from 'vitest';
import { addressOf, operationsAddress } from './ask-node.ts';

test.each([
  ['127.0.0.1', 'http://127.0.0.1:4301'],
  ['10.1.2.3', 'http://10.1.2.3:4301'],
  ['0.0.0.0', 'http://127.0.0.1:4301'],
  ['::', 'http://[::1]:4301'],
  ['[::]', 'http://[::1]:4301'],
  ['fd00::7', 'http://[fd00::7]:4301'],
  ['node.example', 'http://node.example:4301'],
])('a node that listens on %s is asked at %s', (host, url) => {
  expect(addressOf({ host, port: 4301 })).toBe(url);
  expect(URL.canParse(url)).toBe(true);
});

test('a process without that target sends on to the one that has it', () => {
  const http = { host: '127.0.0.1', port: 1 } as never;
  const peers = { operations: 'http://127.0.0.1:2' };
  expect(operationsAddress({ http, targets: 'all', peers })).toBe('http://127.0.0.1:1');
  expect(operationsAddress({ http, targets: ['portal'], peers })).toBe('http://127.0.0.1:1');
  expect(operationsAddress({ http, targets: ['apply'], peers })).toBe('http://127.0.0.1:2');
});
