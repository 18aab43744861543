import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { configOrigins } from './config-origins.ts';
import { knownSettings } from './known-settings.ts';
import { loadConfig } from './load-config.ts';
import type { ConfigSource } from './read-sources.ts';

const Config = z.strictObject({
  node: z.strictObject({ adcode: z.string().regex(/^43\d{4}$/), demo: z.boolean().default(false) }),
  database: z.strictObject({ appUrl: z.url(), egressUrl: z.url().optional(), maxConnections: z.int().positive().default(10) }),
  http: z.strictObject({ port: z.int().min(1).max(65535), trusted: z.array(z.string()).default([]) }).prefault({ port: 4300 }),
  peers: z.array(z.strictObject({ adcode: z.string(), url: z.url(), token: z.string().optional() })).default([]),
  session: z.strictObject({ secret: z.string().min(32) }),
  targets: z.union([z.literal('all'), z.array(z.enum(['portal', 'egress']))]).default('all'),
});
const good = `
node: { adcode: "430100" }
database:
  appUrl: postgres://app:hunter2@db/x
session: { secret: 0123456789abcdef0123456789abcdef }
`;
const load = (text: string, env: ConfigSource['env'] = {}) =>
  loadConfig(Config, { text, env, prefix: 'XIANGJING_', otherKnown: ['XIANGJING_BROWSER'] });
function faultsOf(text: string, env: ConfigSource['env'] = {}) {
  try {
    load(text, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  throw new Error('the configuration was taken');
}

describe('a good configuration', () => {
  test('is read from the file, with defaults', () => {
    expect(load(good)).toMatchObject({ node: { adcode: '430100', demo: false }, http: { port: 4300 }, database: { maxConnections: 10 } });
  });

  test('the environment wins over the file and is converted by the type of the setting', () => {
    const config = load(good, {
      XIANGJING_DATABASE_APP_URL: 'postgres://app@elsewhere/x',
      XIANGJING_DATABASE_MAX_CONNECTIONS: '4',
      XIANGJING_NODE_ADCODE: '430200',
      XIANGJING_NODE_DEMO: 'true',
      XIANGJING_HTTP_PORT: '4302',
      XIANGJING_HTTP_TRUSTED: '10.0.0.1, 10.0.0.2',
      XIANGJING_BROWSER: 'npm',
      PATH: '/bin',
    });
    expect(config.database).toMatchObject({ appUrl: 'postgres://app@elsewhere/x', maxConnections: 4 });
    expect(config.node).toEqual({ adcode: '430200', demo: true });
    expect(config.http).toEqual({ port: 4302, trusted: ['10.0.0.1', '10.0.0.2'] });
  });

  test.each([
    ['all', 'all'],
    ['portal', ['portal']],
    ['egress, portal', ['egress', 'portal']],
  ])('one word or a list: %j', (text, value) => {
    expect(load(good, { XIANGJING_TARGETS: text }).targets).toEqual(value);
    expect(faultsOf(good, { XIANGJING_TARGETS: `${text},kitchen` })[0]?.place).toBe('XIANGJING_TARGETS');
  });

  test('a list of tables can come as JSON', () => {
    const config = load(good, { XIANGJING_PEERS: '[{"adcode":"430000","url":"http://province"}]' });
    expect(config.peers).toEqual([{ adcode: '430000', url: 'http://province' }]);
  });
});

describe('faults', () => {
  test('are all told at once, each with its place and what to do', () => {
    const faults = faultsOf(
      `
node: { adcode: "430100", dmeo: true }
databse: { appUrl: postgres://db/x }
http:
  port: 99999
session: { secret: short }
`,
      { XIANGJING_DATABASE_APP_ULR: 'x', XIANGJING_DATABASE_MAX_CONNECTIONS: 'many' },
    );
    const told = faults.map((fault) => `${fault.place} | ${fault.remedy}`);
    expect(told).toContain('XIANGJING_DATABASE_APP_ULR | 是否想写 XIANGJING_DATABASE_APP_URL？');
    expect(told).toContain('配置:2 node.dmeo | 是否想写 node.demo？');
    expect(told).toContain('配置:3 databse | 是否想写 database？');
    expect(faults.map((fault) => fault.place)).toEqual(
      expect.arrayContaining(['配置:5 http.port', '配置:6 session.secret', 'XIANGJING_DATABASE_MAX_CONNECTIONS', 'database.appUrl']),
    );
    expect(faults).toHaveLength(7);
    expect(faults.find((fault) => fault.place === 'database.appUrl')?.remedy).toContain('XIANGJING_DATABASE_APP_URL');
  });

  test('a right name in the wrong section is pointed to its place', () => {
    expect(faultsOf(`${good}\nappUrl: x`)[0]?.remedy).toBe('是否想写 database.appUrl？');
  });

  test('unknown keys inside a list name their line', () => {
    const [fault] = faultsOf(`${good}\npeers:\n  - adcode: "430000"\n    url: http://province\n    ulr: x\n`);
    expect(fault).toMatchObject({ place: '配置:10 peers.0.ulr', remedy: '是否想写 peers.0.url？' });
  });

  test('a variable like no other lists no false friend', () => {
    expect(faultsOf(good, { XIANGJING_COLOUR_OF_THE_SKY: 'blue' })[0]?.remedy).not.toContain('是否想写');
  });

  test('no text repeats a secret', () => {
    const secret = 'hunter2-not-long-enough';
    const faults = faultsOf(good.replace(/secret: .*}/, `secret: ${secret} }`), { XIANGJING_DATABASE_APP_URL: `pg:${secret}` });
    expect(JSON.stringify(faults)).not.toContain(secret);
  });

  test.each(['node: [', 'node: 1\nnode: 2', '- a\n- b'])('broken YAML %j is one fault with its line', (text) => {
    const faults = faultsOf(text);
    expect(faults[0]?.place).toMatch(/^配置:\d/);
    expect(faults.every((fault) => fault.place.startsWith('配置:'))).toBe(true);
  });

  test('a __proto__ key is an unknown key and changes nothing', () => {
    expect(faultsOf(`${good}\n__proto__: { polluted: true }`)[0]?.place).toContain('__proto__');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('two settings that would share a variable are a fault of the program', () => {
    const clash = z.object({ a: z.object({ bC: z.string() }), aB: z.object({ c: z.string() }) });
    expect(() => knownSettings(clash, 'X_')).toThrow('would share X_A_B_C');
  });
});

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'platform-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('the file is read and named in its faults; an absent one is the only fault', () => {
    const file = join(folder, 'node.yaml');
    writeFileSync(file, good);
    expect(loadConfig(Config, { file, env: {}, prefix: 'XIANGJING_' }).node.adcode).toBe('430100');
    writeFileSync(file, `${good}colour: red\n`);
    expect(() => loadConfig(Config, { file, env: {}, prefix: 'XIANGJING_' })).toThrow(`${file}:6 colour`);
    expect(() => loadConfig(Config, { file: `${file}.gone`, env: {}, prefix: 'XIANGJING_' })).toThrow('配置有 1 处错误');
  });
});

test('origins tell where each value comes from, with secrets masked', () => {
  const peers = 'peers: [{ adcode: "430000", url: "http://u:pw9@province", token: tkn9 }]';
  const origins = configOrigins(Config, { text: `${good}${peers}`, env: { XIANGJING_HTTP_PORT: '4301' }, prefix: 'XIANGJING_' });
  const at = Object.fromEntries(origins.map(({ path, origin, value }) => [path, `${origin} ${value}`]));
  expect(at).toMatchObject({
    'node.adcode': 'file 430100',
    'node.demo': 'default false',
    'http.port': 'environment 4301',
    'database.appUrl': 'file postgres://app:••••@db/x',
    'database.egressUrl': 'unset ',
    'session.secret': 'file ••••',
  });
  expect(JSON.stringify(origins)).not.toMatch(/hunter2|pw9|tkn9|0123456789abcdef/);
});
