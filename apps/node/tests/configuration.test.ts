import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runVerb } from './support/node-process.ts';

const good = {
  node: { adcode: '430100', mode: 'production', hostUnit: '示例主办单位' },
  http: { host: '127.0.0.1', port: 4301, publicUrl: 'https://scene.example.gov.cn' },
  database: Object.fromEntries(
    ['owner', 'app', 'egress', 'publisher', 'apply'].map((n) => [
      `${n}Url`,
      `postgresql://xiangjing_430100_${n}:long-${n}-secret@db:5432/xiangjing_430100`,
    ]),
  ),
  identity: { issuer: 'https://id.example.gov.cn/realms/xiangjing-430100', clientSecret: 'a-secret-of-its-own' },
  dataDir: '/var/lib/xiangjing',
};

const kafka = { brokers: ['kafka1.example.gov.cn:9093'], username: 'xiangjing-430100', password: 'a-broker-secret-of-its-own', tls: true };

async function check(config: object, env: Record<string, string> = {}) {
  const file = join(await mkdtemp(join(tmpdir(), 'xiangjing-config-')), 'node.yaml');
  await writeFile(file, JSON.stringify(config));
  return runVerb(['config', 'check', '--config', file], env);
}

test('a good configuration is in order', async () => {
  expect(await check(good)).toMatchObject({ code: 0 });
});

test('every fault is listed at once, with a near match for a mistyped name; nothing is started', async () => {
  const { code, stderr } = await check(
    { ...good, htpp: good.http, node: { ...good.node, adcode: '999999' }, http: { ...good.http, port: 99999 } },
    { XIANGJING_DATABASE_APPURL: 'x', XIANGJING_LOG_LEVELL: 'info' },
  );
  expect(code).toBe(2);
  for (const part of ['CONFIG_INVALID', 'htpp', 'http', 'node.adcode', 'http.port', 'XIANGJING_LOG_LEVELL', 'XIANGJING_LOG_LEVEL'])
    expect(stderr).toContain(part);
});

test('a value that is not taken is told with those that are, the one that was meant first; no fault goes untold', async () => {
  const node = { ...good.node, adcode: '430199', mode: 'prod' };
  const { code, stderr } = await check({ ...good, node, log: { level: 'warning' }, targets: ['portl'], peers: { portl: 'http://x' } });
  expect(code).toBe(2);
  expect(stderr).toMatch(/配置有 5 处错误/);
  expect(stderr).toMatch(/node\.adcode：应为省或 14 个市州之一的代码。 可写：430000、430100、/);
  expect(stderr).toContain('node.mode：没有这种取值。 是否想写 production？可写：production、demo。');
  expect(stderr).toContain('log.level：没有这种取值。 是否想写 warn？可写：trace、debug、info、warn、error、silent。');
  expect(stderr).toContain('targets：应写成 all，或几项服务的列表。 是否想写 portal？可写：all、catalogue、');
  expect(stderr).toContain('peers.portl：没有这个键。 是否想写 peers.portal？');
});

test('a database address that is none, or that is badly encoded, is a fault beside the others', async () => {
  const database = { ...good.database, ownerUrl: 'not an address', appUrl: 'postgresql://app:100%zz-secret@db/x' };
  const { code, stderr } = await check({ ...good, database, identity: {} });
  expect(code).toBe(2);
  for (const part of ['CONFIG_INVALID', 'database.ownerUrl', 'database.appUrl', 'identity.issuer']) expect(stderr).toContain(part);
  expect(stderr).not.toContain('zz-secret');
});

test.each([
  ['no issuer', { ...good, identity: {} }, 'identity.issuer'],
  ['demo users', { ...good, identity: { ...good.identity, demoUsersFile: 'users.json' } }, 'identity.demoUsersFile'],
  ['a default client secret', { ...good, identity: { ...good.identity, clientSecret: 'changeme' } }, 'identity.clientSecret'],
  [
    'a default database password',
    { ...good, database: { ...good.database, appUrl: 'postgresql://postgres:postgres@db/x' } },
    'database.appUrl',
  ],
  ['a broker without port', { ...good, federation: { kafka: { ...kafka, brokers: ['kafka1'] } } }, 'federation.kafka.brokers'],
  ['a broker login in clear text over the network', { ...good, federation: { kafka: { ...kafka, tls: false } } }, 'federation.kafka.tls'],
  ['a default broker password', { ...good, federation: { kafka: { ...kafka, password: 'changeme' } } }, 'federation.kafka.password'],
  ['a user without password', { ...good, federation: { kafka: { ...kafka, password: undefined } } }, 'federation.kafka.password'],
  [
    'more copies in sync than there are',
    { ...good, federation: { kafka: { ...kafka, replication: { factor: 1 } } } },
    'federation.kafka.replication.minInSync',
  ],
])('production refuses %s', async (_name, config, place) => {
  const { code, stderr } = await check(config);
  expect(code).toBe(2);
  expect(stderr).toContain(place);
});

test('no password appears in what config show prints, and secrets may stand in the environment', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'xiangjing-config-')), 'node.yaml');
  const { password, ...open } = kafka;
  await writeFile(file, JSON.stringify({ ...good, federation: { kafka: open } }));
  const { code, stdout } = await runVerb(['config', 'show', '--config', file], { XIANGJING_FEDERATION_KAFKA_PASSWORD: password });
  expect(code).toBe(0);
  expect(stdout).toContain('database.appUrl');
  expect(stdout).toMatch(/^federation\.kafka\.password = ••••  （环境变量）$/m);
  expect(stdout).toMatch(/^node\.adcode = 430100  （文件）$/m);
  expect(stdout).toMatch(/^log\.level = info  （默认值）$/m);
  expect(stdout).toMatch(/^telemetry\.otlpUrl =  {2}（没有设）$/m);
  expect(stdout).not.toMatch(/long-\w+-secret|secret-of-its-own/);
});
