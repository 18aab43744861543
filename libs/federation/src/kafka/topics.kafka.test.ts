import { createPublicKey, verify } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { testKafka } from '@xiangjing/platform/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendAll } from '../testing/event-log-suite.ts';
import { kafkaBench, testLog, type KafkaBench } from '../testing/kafka-bench.ts';
import { TestFeed } from '../testing/test-feed.ts';
import { aclOf } from './acls.ts';
import { applyTopics } from './apply-topics.ts';
import { loadKafkajs } from './client.ts';
import { isEmptyPlan, planTopics, withAdmin, type PlanTopicsOptions } from './plan-topics.ts';
import { topicPlanText } from './topic-plan-text.ts';
import type { Grant } from './wanted-topics.ts';

const [WRITER, READER] = ['430100', '430200'] as const;
const UP = `xiangjing.${WRITER}.up`;
const PEER = `xiangjing.${WRITER}.peer`;
const DAYS_30 = 30 * 86_400_000;

describe('topics of the registry', () => {
  let bench: KafkaBench;
  let feed: TestFeed;
  const optionsFor = (nodes = bench.registry.nodes): PlanTopicsOptions => ({
    registry: { ...bench.registry, nodes },
    connection: bench.admin,
    replication: { factor: 1, minInSync: 1 },
    retentionMs: DAYS_30,
    log: testLog,
  });

  beforeAll(async () => {
    bench = await kafkaBench(testKafka());
    feed = new TestFeed(bench.signer(WRITER)).grow(40);
    const writer = await bench.open(WRITER);
    await appendAll(writer, feed);
    await appendAll(writer, new TestFeed(bench.signer(WRITER), 'up').grow(3));
    await writer.append(feed.page(40, 0));
    await writer.close();
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  /** kcat as the node's user. PLAIN: see tools/local-servers. */
  function kcat(adcode: string, args: string[], input?: string): { status: number | null; lines: string[]; error: string } {
    const { brokers, sasl } = bench.connection(adcode);
    const login = {
      'security.protocol': 'SASL_PLAINTEXT',
      'sasl.mechanism': 'PLAIN',
      'sasl.username': sasl!.username,
      'sasl.password': sasl!.password,
    };
    const settings = Object.entries({ ...login, 'message.timeout.ms': 5_000 }).flatMap(([name, value]) => ['-X', `${name}=${value}`]);
    const { status, stdout, stderr } = spawnSync('kcat', ['-b', brokers[0]!, ...settings, ...args], {
      encoding: 'utf8',
      input,
      timeout: 20_000,
    });
    return { status, lines: stdout.split('\n').filter(Boolean), error: stderr };
  }
  const reading = (topic: string) => ['-C', '-t', topic, '-p', '0', '-o', 'beginning', '-e', '-q', '-J'];

  test('a second plan after the first has nothing to do, and says so', async () => {
    const plan = await planTopics(optionsFor());
    expect(plan.notes).toEqual([]);
    expect(isEmptyPlan(plan)).toBe(true);
    expect(topicPlanText(plan)).toBe('主题与权限计划：按节点名册第 1 版，4 个节点\n\n无须改动：主题、设置和权限与节点名册一致。\n');
  });

  test('settings and rights changed by hand are found, told, and put right; a setting of the operator stays', async () => {
    const { ConfigResourceTypes } = loadKafkajs();
    const topic = { resource: 'topic', isPrefix: false } as const;
    const byHand: Grant[] = [
      { principal: 'User:mallory', ...topic, name: UP, operation: 'READ' },
      { principal: 'User:xiangjing-430200', ...topic, name: UP, operation: 'READ' },
    ];
    const wide: Grant = { principal: 'User:monitor', ...topic, name: '*', operation: 'READ' };
    await withAdmin({ connection: bench.admin, log: testLog }, async (admin) => {
      const entries = { 'retention.ms': '3600000', 'segment.ms': '600000' };
      const configEntries = Object.entries(entries).map(([name, value]) => ({ name, value }));
      await admin.alterConfigs({ validateOnly: false, resources: [{ type: ConfigResourceTypes.TOPIC, name: UP, configEntries }] });
      await admin.createAcls({ acl: [...byHand, wide].map((grant) => aclOf(grant, loadKafkajs())) });
    });
    const plan = await planTopics(optionsFor());
    const text = topicPlanText(plan);
    for (const line of [
      `${UP}  retention.ms：3600000 → ${DAYS_30}`,
      `User:mallory 读主题 ${UP}  （不是节点名册中的节点）`,
      `User:xiangjing-430200 读主题 ${UP}  （节点名册没有给这个节点这项权限）`,
      'User:monitor 读主题 *  这条通用规则也覆盖本平台的主题，请确认是否应当保留',
    ])
      expect(text).toContain(line);
    await applyTopics(plan, optionsFor());
    const after = await planTopics(optionsFor());
    expect(isEmptyPlan(after)).toBe(true);
    expect(after.notes).toMatchObject([{ is: 'wide' }]);
    await withAdmin({ connection: bench.admin, log: testLog }, async (admin) => {
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: ConfigResourceTypes.TOPIC, name: UP, configNames: ['segment.ms'] }],
      });
      expect(resources[0]!.configEntries[0]).toMatchObject({ configName: 'segment.ms', configValue: '600000' });
      await admin.deleteAcls({ filters: [aclOf(wide, loadKafkajs())] });
    });
  });

  test('more replicas than there are brokers: noted in the plan, and refused with what to do', async () => {
    const more = { ...bench.registry.nodes[1]!, adcode: '430400', nameZh: '衡阳市' };
    const options = { ...optionsFor([...bench.registry.nodes, more]), replication: { factor: 3, minInSync: 1 } };
    const plan = await planTopics(options);
    expect(plan.notes).toContainEqual({ is: 'brokers', held: 1, wanted: 3 });
    expect(topicPlanText(plan)).toContain('要 3 个副本，只有 1 台代理：补足代理，或改 federation.kafka.replication.factor');
    await expect(applyTopics(plan, options)).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: '要 3 个副本，只有 1 台代理' });
  });

  test('what the brokers do not answer ends with a code and advice, not never', async () => {
    const never = withAdmin({ connection: bench.admin, log: testLog }, () => new Promise<void>(() => {}), 300);
    await expect(never).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE', remedy: expect.stringContaining('brokers') as string });
  });

  test('a wrong password of the administrator names that user and its place in the configuration', async () => {
    const username = bench.admin.sasl!.username;
    const planned = planTopics({ ...optionsFor(), connection: { ...bench.admin, sasl: { username, password: 'another-password' } } });
    await expect(planned).rejects.toMatchObject({
      message: expect.stringContaining(username) as string,
      remedy: expect.stringContaining('federation.kafka.admin') as string,
    });
  });

  test('an independent reader sees CloudEvents whose signatures verify with the published keys', async () => {
    const records = kcat(READER, reading(PEER)).lines.map((line) => JSON.parse(line) as KcatRecord);
    expect(records).toHaveLength(41); // and a heartbeat
    const published = JSON.parse(JSON.stringify(bench.registry)) as Published;
    for (const record of records) expect(faultOf(record, published)).toBeNull();
    expect(records.slice(0, 40).map(({ payload }) => Buffer.from(payload).toString('base64'))).toEqual(
      feed.events.map(({ bytes }) => bytes),
    );
    const [first] = records;
    expect(first!.key).toBe((JSON.parse(first!.payload) as { subject: string }).subject);
    expect(faultOf({ ...first!, payload: first!.payload.replace('withdrawn', 'suspended') }, published)).toBe('does not verify');
  });

  test('who is not entitled reads nothing; a foreign node, and a reader, cannot write', async () => {
    const refused = kcat(READER, reading(UP));
    expect([refused.status, refused.lines]).toEqual([1, []]);
    expect(refused.error).toMatch(/authorization failed/i);
    for (const topic of [UP, PEER]) {
      const written = kcat(READER, ['-P', '-t', topic, '-p', '0'], 'forged\n');
      expect(written.error).toMatch(/authorization failed/i);
    }
    expect(kcat('430000', reading(UP)).lines).toHaveLength(3);
    expect(kcat('430000', reading(PEER)).lines).toHaveLength(41);
    const asAnother = kcat(READER, ['-G', 'xiangjing.430300.borrowed', '-q', '-e', PEER]);
    expect(asAnother.lines).toEqual([]);
    expect(asAnother.error).toMatch(/group authorization failed/i);
  });

  test('a node that left the registry loses its rights; its topics are told of and kept', async () => {
    const without = bench.registry.nodes.filter(({ adcode }) => adcode !== WRITER);
    const plan = await planTopics(optionsFor(without));
    expect(plan.create).toEqual([]);
    expect(plan.grant).toEqual([]);
    expect(topicPlanText(plan)).toContain(`User:xiangjing-${WRITER} 写主题 ${UP}  （该节点已不在节点名册中）`);
    expect(plan.notes).toMatchObject([{ is: 'left-over' }, { is: 'left-over' }]);
    await applyTopics(plan, optionsFor(without));
    expect(kcat(READER, reading(PEER)).lines).toEqual([]);
    expect(kcat(WRITER, ['-P', '-t', PEER, '-p', '0'], 'late\n').error).toMatch(/authorization failed/i);
    expect(isEmptyPlan(await planTopics(optionsFor(without)))).toBe(true);
  });
});

interface KcatRecord {
  key: string | null;
  payload: string;
  headers: string[];
}
interface Published {
  nodes: { adcode: string; keys: { kid: string; alg: string; publicKey: string }[] }[];
}

/** By the description alone: CloudEvents 1.0 in the value, a detached JWS with unencoded payload (RFC 7797) in the header `signature`. */
function faultOf({ payload, headers }: KcatRecord, { nodes }: Published): string | null {
  const header = (name: string): string => headers[headers.indexOf(name) + 1] ?? '';
  const event = JSON.parse(payload) as Record<string, unknown>;
  for (const name of ['id', 'source', 'type', 'time', 'datacontenttype', 'subject'])
    if (typeof event[name] !== 'string') return `${name} is missing`;
  if (event['specversion'] !== '1.0' || header('content-type') !== 'application/cloudevents+json') return 'no CloudEvent 1.0';
  if (header('id') !== event['id']) return 'another id';
  const [protectedPart = '', signature = ''] = header('signature').split('..');
  const { alg, kid, b64, crit } = JSON.parse(Buffer.from(protectedPart, 'base64url').toString()) as Record<string, unknown>;
  if (alg !== 'EdDSA' || b64 !== false || JSON.stringify(crit) !== '["b64"]') return 'another kind of signature';
  const node = nodes.find(({ adcode }) => event['source'] === `urn:xiangjing:${adcode}`);
  const key = node?.keys.find((held) => held.kid === kid && held.alg === alg);
  if (!key) return 'unknown key';
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey }, format: 'jwk' });
  const signed = Buffer.from(`${protectedPart}.${payload}`);
  return verify(null, signed, publicKey, Buffer.from(signature, 'base64url')) ? null : 'does not verify';
}
