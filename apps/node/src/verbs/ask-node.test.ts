import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FederationStatus } from '@xiangjing/services';
import { expect, test } from 'vitest';
import { addressOf, ask, operationsAddress } from './ask-node.ts';

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

const STATUS: FederationStatus = {
  node: { adcode: '430100', nameZh: '长沙市', release: '0.1.0', wireGeneration: 1 },
  asOf: '2026-11-24T01:00:00.000Z',
  detailed: false,
  own: { opportunity: 1, capability: 0, demonstration: 0 },
  federated: { opportunity: 0, capability: 0, demonstration: 0 },
  nodes: [],
  feeds: [],
  digests: [],
  kafka: { configured: false, state: 'off', ackedAt: null, reason: null, feeds: { kafka: 0, https: 0 } },
  comparisons: [],
  repairs: [],
  refusals: [],
  blocked: [],
  unclassified: 0,
  appliedToday: 0,
  outbox: 0,
  requestsReceived: 0,
};

async function askedOf(status: number, body: string) {
  const server = createServer((_req, res) => res.writeHead(status, { 'content-type': 'application/json' }).end(body)).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const answer = ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, FederationStatus);
  return answer.finally(() => server.close());
}

test('an answer is taken as its schema reads it, with what a newer release adds left out', async () => {
  expect(await askedOf(200, JSON.stringify({ ...STATUS, more: 1 }))).toEqual(STATUS);
  expect(await ask('http://127.0.0.1:1/', FederationStatus)).toBeUndefined();
});

test.each([
  ['a status of another shape', 200, JSON.stringify({ ...STATUS, feeds: [{ origin: '430100' }] }), /答复 200：不是所问的内容（\/feeds\/0/],
  ['a status without what is shown', 200, '{"feeds":[]}', /不是所问的内容（\/node/],
  ['a page of another program', 200, '<html>', /不是所问的内容/],
  ['nothing at all', 204, '', /答复 204/],
])('%s is told with what to do, not printed as if it were one', async (_, status, body, message) => {
  await expect(askedOf(status, body)).rejects.toMatchObject({
    code: 'UPSTREAM_UNAVAILABLE',
    message: expect.stringMatching(message),
    remedy: expect.stringContaining('版本'),
  });
});

test('what the other says of its fault is passed on', async () => {
  const problem = JSON.stringify({ detail: '令牌不对', remedy: '核对服务账号' });
  await expect(askedOf(401, problem)).rejects.toMatchObject({ message: expect.stringContaining('401：令牌不对'), remedy: '核对服务账号' });
  const english = JSON.stringify({ code: 'REQUEST_UNSIGNED', detail: 'without signature', remedy: 'sign it' });
  await expect(askedOf(404, english)).rejects.toMatchObject({
    message: expect.stringMatching(/404：请求没有联邦节点的有效签名，没有受理（without signature; sign it）$/),
    remedy: expect.stringContaining('核对它是否已入网'),
  });
});
