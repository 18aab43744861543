import { Kafka, logLevel, type Producer } from 'kafkajs';
import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestNode } from './support/federation.ts';
import { applyTopics, roadsOf, startKafkaFederation, statusOf, type KafkaFederation } from './support/kafka-federation.ts';
import { digestsOf } from './support/ledger.ts';
import { deskOf, eventually, makeOrganisations, opportunity, publish } from './support/records.ts';
import { encode, type Answer } from './support/rest-client.ts';

/** Records in a topic that its origin did not send, or that were changed: told with code and reason, and in nobody's way. */
const UP = 'xiangjing.430100.up';

let federation: KafkaFederation;
let province: TestNode;
let changsha: TestNode;
let zhuzhou: TestNode;
let intruder: Producer;
beforeAll(async () => {
  federation = await startKafkaFederation({ nodes: ['430000', '430100', '430200'] });
  [province, changsha, zhuzhou] = ['430000', '430100', '430200'].map((a) => federation.node(a)) as [TestNode, TestNode, TestNode];
  for (const node of [changsha, zhuzhou]) await makeOrganisations(node);
  intruder = clientOf('xiangjing-430100').producer(); // with the password of the origin: no ACL stands in the way
  await intruder.connect();
  await publishAndSee(changsha, '示例之前');
}, 240_000);
afterAll(async () => {
  await intruder?.disconnect();
  await federation?.stop();
});

const clientOf = (username: string) =>
  new Kafka({
    brokers: federation.broker.brokers,
    sasl: { mechanism: 'scram-sha-512', username, password: federation.passwordOf(username) },
    logLevel: logLevel.NOTHING,
    retry: { retries: 3 },
  });

async function publishAndSee(from: TestNode, title: string): Promise<void> {
  const record = await publish(await deskOf(from), opportunity(from, { title }));
  await eventually(
    () => province.anonymous.get(`/records/${encode(record.id)}`),
    (answer) => answer.status === 200,
    30_000,
  );
}

interface Sent {
  bytes: Buffer;
  signature: string;
  seq: number;
}
async function lastSent(view: string): Promise<Sent> {
  const [row] = await changsha.sql<{ bytes: Buffer; signature: string; seq: string }>(
    'select bytes, signature, seq from feed where view = $1 order by seq desc limit 1',
    [view],
  );
  return { ...row!, seq: Number(row!.seq) };
}

/** A record as the origin would write it, for the number after its last. */
const record = (value: Buffer | null, signature: string, id: string) => ({
  key: 'urn:xiangjing:430100:opportunity:0',
  value,
  partition: 0,
  headers: { 'content-type': 'application/cloudevents+json', id, signature, incarnation: 'intruder' },
});
const place = (seq: number, view = 'up') => `430100/${view}/1/${seq}`;
const renumbered = ({ bytes, seq }: Sent, change: (text: string) => string = (text) => text) =>
  Buffer.from(
    change(
      bytes
        .toString('utf8')
        .replaceAll(String(seq).padStart(19, '0'), String(seq + 1).padStart(19, '0'))
        .replaceAll(place(seq), place(seq + 1)),
    ),
  );

const otherKey = generateKeyPairSync('ed25519').privateKey;
function signedBy(key: typeof otherKey, header: object, bytes: Buffer): string {
  const head = Buffer.from(JSON.stringify(header)).toString('base64url');
  return `${head}..${sign(null, Buffer.concat([Buffer.from(`${head}.`), bytes]), key).toString('base64url')}`;
}
const headerOf = (signature: string) => JSON.parse(Buffer.from(signature.split('.')[0]!, 'base64url').toString()) as Answer;

const intrusions: [name: string, code: string, make: () => Promise<ReturnType<typeof record>>][] = [
  [
    'bytes changed after signing',
    'SIGNATURE_INVALID',
    async () => {
      const sent = await lastSent('up');
      return record(
        renumbered(sent, (text) => text.replace('示例', '改动')),
        sent.signature,
        place(sent.seq + 1),
      );
    },
  ],
  [
    'a key that no registry lists',
    'SIGNATURE_INVALID',
    async () => {
      const sent = await lastSent('up');
      const bytes = renumbered(sent);
      return record(bytes, signedBy(otherKey, { ...headerOf(sent.signature), kid: '430100-0000000000000000' }, bytes), place(sent.seq + 1));
    },
  ],
  [
    'another key under the origin’s name',
    'SIGNATURE_INVALID',
    async () => {
      const sent = await lastSent('up');
      const bytes = renumbered(sent);
      return record(bytes, signedBy(otherKey, headerOf(sent.signature), bytes), place(sent.seq + 1));
    },
  ],
  [
    'another algorithm in the header',
    'SIGNATURE_INVALID',
    async () => {
      const sent = await lastSent('up');
      const bytes = renumbered(sent);
      return record(bytes, signedBy(otherKey, { ...headerOf(sent.signature), alg: 'HS256' }, bytes), place(sent.seq + 1));
    },
  ],
  [
    'a good event of another view',
    'SOURCE_MISMATCH',
    async () => {
      const peer = await lastSent('peer');
      return record(peer.bytes, peer.signature, place((await lastSent('up')).seq + 1));
    },
  ],
  [
    'an event too large',
    'EVENT_TOO_LARGE',
    async () => {
      const sent = await lastSent('up');
      return record(Buffer.alloc(300 * 1024, 0x20), sent.signature, place(sent.seq + 1));
    },
  ],
  [
    'a record without headers',
    'EVENT_MALFORMED',
    async () => ({ key: 'x', value: Buffer.from('foreign'), partition: 0, headers: {} }) as never,
  ],
  ['a record without value', 'EVENT_MALFORMED', async () => record(null, 'x..x', place(99))],
  ['an id that is none', 'SOURCE_MISMATCH', async () => record(Buffer.from('{}'), 'x..x', '430200/up/1/7')],
  ['a later epoch', 'SEQUENCE_GAP', async () => record(Buffer.from('{"id":"430100/up/2/1"}'), 'x..x', '430100/up/2/1')],
];

interface Told {
  code: string;
  message: string;
  remedy: string;
}
const toldSince = (id: number) =>
  province.sql<Told & { id: string }>(
    `select id, code, message, remedy from refusal where origin = '430100' and view = 'up' and id > $1 order by id`,
    [id],
  );

test.each(intrusions)('%s: told at the province with code, reason and remedy', async (_name, code, make) => {
  const last = Number((await toldSince(0)).at(-1)?.id ?? 0);
  await intruder.send({ topic: UP, acks: -1, messages: [await make()] });
  const { answer } = await eventually(
    () => toldSince(last),
    (rows) => rows.length > 0,
    20_000,
  );
  console.log(`${answer[0]!.code}: ${answer[0]!.message} → ${answer[0]!.remedy}`);
  expect(answer[0]).toMatchObject({ code, message: expect.stringContaining('430100/up') });
  expect(answer[0]!.remedy).toContain('xiangjing federation topics --plan');
});

test('after all of them every feed goes on, and verb and page show what was refused', async () => {
  await publishAndSee(changsha, '示例入侵之后');
  await publishAndSee(zhuzhou, '示例旁边的节点');
  expect((await digestsOf('up', changsha, province)).equal).toBe(true);
  const status = await statusOf(province);
  expect(status.feeds.filter((f: Answer) => f.halted)).toEqual([]);
  const codes = new Set((status.refusals as Answer[]).map((r) => r.code).filter((told) => told !== 'TOPIC_MISSING')); // before they were made
  expect(codes).toEqual(new Set(intrusions.map(([, code]) => code)));
  const up = (status.feeds as Answer[]).find((f) => f.origin === '430100' && f.view === 'up');
  expect(up?.lastRefusal).toMatchObject({ code: intrusions.at(-1)![1] });
});

test('what the origin sends after all of them comes by Kafka again', async () => {
  const { kafka } = await roadsOf(province, '430100', 'up');
  const { answer } = await eventually(
    async () => {
      await publishAndSee(changsha, '示例入侵之后再发');
      return (await roadsOf(province, '430100', 'up')).kafka;
    },
    (now) => now > kafka,
    60_000,
  );
  expect(answer).toBeGreaterThan(kafka);
}, 90_000);

test('a topic deleted and made anew is filled again, and the feed goes on by Kafka', async () => {
  const admin = new Kafka({
    brokers: federation.broker.brokers,
    sasl: { mechanism: 'scram-sha-512', ...federation.broker.admin! },
    logLevel: logLevel.NOTHING,
  }).admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [UP] });
  await admin.disconnect();
  expect(await applyTopics(province)).toMatchObject({ code: 0 });
  const { kafka } = await roadsOf(province, '430100', 'up');
  await publishAndSee(changsha, '示例主题重建之后');
  await eventually(
    async () => {
      await publishAndSee(changsha, '示例主题重建之后再发');
      return (await roadsOf(province, '430100', 'up')).kafka;
    },
    (now) => now > kafka,
    90_000,
  );
  await eventually(
    () => digestsOf('up', changsha, province),
    ({ equal }) => equal,
    20_000,
  ); // the facts of a record come after it
}, 180_000);
