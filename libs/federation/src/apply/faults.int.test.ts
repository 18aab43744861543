import { afterAll, beforeAll, expect, test } from 'vitest';
import canonicalize from 'canonicalize';
import { digestOf, genesis } from '../core/feed.ts';
import { readPage, wireEventOf } from '../https/read-page.ts';
import { createNodeKey } from '../registry/keys.ts';
import { rawRequest } from '../testing/signed-fetch.ts';
import { testFederation, type TestFederation, type TestNode } from '../testing/test-federation.ts';
import { putRecord, uuidv7 } from '../testing/test-records.ts';
import type { WireEvent } from '../wire.ts';

let federation: TestFederation;
let [province, changsha, zhuzhou] = [] as unknown as [TestNode, TestNode, TestNode];
beforeAll(async () => {
  federation = await testFederation(['430100', '430200']);
  province = federation.province;
  [changsha, zhuzhou] = federation.cities as [TestNode, TestNode];
});
afterAll(() => federation[Symbol.asyncDispose]());

const FEED = '/federation/v1/feed';
const cursorOf = async (node: TestNode, origin: string, view: string) => {
  const { rows } = await node.pools.apply.query('select * from peer_cursor where origin = $1 and view = $2', [origin, view]);
  return rows[0] ?? { ...genesis(origin, view), halted_code: null };
};
const refusals = async (node: TestNode, code: string) =>
  (await node.pools.app.query('select peer, origin, view, message, remedy from refusal where code = $1', [code])).rows;
/** The next events of a feed that the province does not have yet. */
const unsent = async (node: TestNode, view: string): Promise<WireEvent[]> => {
  const { epoch, seq, digest } = await cursorOf(province, node.adcode, view);
  return (await readPage(node.pools.publisher, node.adcode, { origin: node.adcode, view, epoch, seq, digest })).map(wireEventOf);
};
const pushBody = async (node: TestNode, view: string, events: WireEvent[]) => {
  const { epoch, seq, digest } = await cursorOf(province, node.adcode, view);
  return { origin: node.adcode, view, epoch, from: seq, prev: digest, events, head: { epoch, seq: seq + events.length, digest } };
};
const push = async (node: TestNode, view: string, events: WireEvent[]) =>
  rawRequest(province, { method: 'POST', path: FEED, signer: node.signer, body: await pushBody(node, view, events) });
const publish = async (node: TestNode) => {
  const id = await putRecord(node.pools.app, node.adcode);
  await node.egress().drain();
  return id;
};

test('unsigned, unknown, stale, altered and foreign requests get one and the same answer, which carries the time', async () => {
  const stranger = await createNodeKey(`${zhuzhou.dataDir}/stranger`, '430300');
  const thief = await createNodeKey(`${zhuzhou.dataDir}/thief`, '430100');
  const ask = (origin: string, view: string) => `${FEED}?cursor=${[origin, view, 1, 0, genesis(origin, view).digest].join(':')}`;
  const path = ask('430200', 'peer');
  const body = await pushBody(changsha, 'up', []);
  const longAgo = new Date(Date.now() - 6 * 60_000);
  const answers = [
    await rawRequest(province, { path }),
    await rawRequest(province, { path, signer: stranger }),
    await rawRequest(province, { path, signer: thief }),
    await rawRequest(province, { path, signer: changsha.signer, at: longAgo }),
    await rawRequest(province, { path, signer: changsha.signer, to: '430200' }),
    await rawRequest(province, {
      method: 'POST',
      path: FEED,
      signer: changsha.signer,
      body,
      sentBody: JSON.stringify({ ...body, from: 7 }),
    }),
    await rawRequest(province, { path: ask('430100', 'peer'), signer: changsha.signer }),
    await rawRequest(province, { path: ask('430100', 'up'), signer: zhuzhou.signer }),
    await rawRequest(province, { path: ask('430000', 'public'), signer: zhuzhou.signer }),
    await rawRequest(province, { method: 'POST', path: FEED, signer: zhuzhou.signer, body }),
    await rawRequest(province, { method: 'POST', path: FEED, signer: changsha.signer, body: { ...body, view: 'public' } }),
    await rawRequest(changsha, { path: ask('430100', 'peer'), signer: zhuzhou.signer, to: '430100' }),
  ];
  for (const { status, text, date } of answers) {
    expect([status, text]).toEqual([404, answers[0]!.text]);
    expect(Math.abs(new Date(date!).getTime() - Date.now())).toBeLessThan(5_000);
  }
  expect(answers[0]!.json).toMatchObject({ code: 'REQUEST_UNSIGNED', remedy: expect.stringContaining('Date') });
  expect(await refusals(province, 'REPLAY')).toMatchObject([{ peer: '430100', message: expect.stringContaining('-360 s') }]);
  expect((await refusals(province, 'CROSS_NODE')).map((r) => [r.peer, r.origin, r.view])).toEqual(
    expect.arrayContaining([
      ['430100', '430100', 'peer'],
      ['430200', '430100', 'up'],
      ['430200', '430000', 'public'],
    ]),
  );
  expect((await rawRequest(province, { path, signer: changsha.signer })).status).toBe(200);
});

test('a body that is no JSON, of another shape or with a forbidden key is named, once the signature holds', async () => {
  const ask = (body: unknown) => rawRequest(province, { method: 'POST', path: FEED, signer: changsha.signer, body });
  expect(await ask({ origin: '430100' })).toMatchObject({ status: 422, json: { code: 'INPUT_INVALID' } });
  expect(await ask(JSON.parse('{"__proto__":1}'))).toMatchObject({ status: 400, json: { code: 'FORBIDDEN_KEY' } });
  const { signer } = changsha;
  const odd = await rawRequest(province, { path: `${FEED}?cursor=nonsense`, signer });
  expect(odd).toMatchObject({ status: 422, json: { code: 'INPUT_INVALID' } });
});

test('a tampered byte stops that feed only; the true bytes set it going again', async () => {
  const id = await publish(changsha);
  const [event] = await unsent(changsha, 'up');
  const bytes = Buffer.from(event!.bytes, 'base64');
  const tampered = { ...event!, bytes: Buffer.from(bytes.toString('utf8').replace('城区', '郊区')).toString('base64') };
  expect(await push(changsha, 'up', [tampered])).toMatchObject({ status: 409, json: { code: 'SIGNATURE_INVALID' } });
  expect(await cursorOf(province, '430100', 'up')).toMatchObject({ halted_code: 'SIGNATURE_INVALID' });
  await push(changsha, 'up', [tampered]);
  expect(await refusals(province, 'SIGNATURE_INVALID')).toHaveLength(1);

  const other = await publish(zhuzhou);
  await zhuzhou.push().drain();
  const replicas = async () =>
    (await province.pools.app.query<{ record_id: string }>('select record_id from replica')).rows.map((r) => r.record_id);
  expect(await replicas()).toEqual([other]);
  await changsha.push().drain();
  expect((await replicas()).sort()).toEqual([id, other].sort());
  expect(await cursorOf(province, '430100', 'up')).toMatchObject({ halted_code: null });
});

test('bytes of another origin or view, or under another algorithm or key, are not taken', async () => {
  await publish(changsha);
  await publish(zhuzhou);
  const [up] = await unsent(changsha, 'up');
  const [peer] = await unsent(changsha, 'peer');
  const [foreign] = await unsent(zhuzhou, 'up');
  expect(await push(changsha, 'up', [foreign!])).toMatchObject({ json: { code: 'SIGNATURE_INVALID' } });
  expect(await push(changsha, 'up', [peer!])).toMatchObject({ json: { code: 'SOURCE_MISMATCH' } });
  const [header, mark] = up!.signature.split('..') as [string, string];
  const swap = (change: object) => {
    const protectedHeader = { ...JSON.parse(Buffer.from(header, 'base64url').toString()), ...change };
    return { ...up!, signature: `${Buffer.from(JSON.stringify(protectedHeader)).toString('base64url')}..${mark}` };
  };
  for (const change of [{ alg: 'none' }, { alg: 'HS256' }, { kid: zhuzhou.signer.kid }, { crit: [] }, { jwk: {} }])
    expect(await push(changsha, 'up', [swap(change)])).toMatchObject({ json: { code: 'SIGNATURE_INVALID' } });
  await changsha.push().drain();
  await zhuzhou.push().drain();
  expect(await cursorOf(province, '430100', 'up')).toMatchObject({ halted_code: null });
});

test('a repeated push changes nothing, a push ahead of the cursor is told the cursor', async () => {
  await publish(changsha);
  const events = await unsent(changsha, 'up');
  const body = await pushBody(changsha, 'up', events);
  const send = (sent: object) => rawRequest(province, { method: 'POST', path: FEED, signer: changsha.signer, body: sent });
  const first = await send(body);
  expect(first).toMatchObject({ status: 200, json: { applied: events.length } });
  const count = async () => (await province.pools.app.query('select count(*)::int from inbox')).rows[0].count;
  const before = await count();
  expect(await send(body)).toMatchObject({ status: 200, json: { applied: 0, cursor: first.json.cursor } });
  expect(await count()).toBe(before);
  const ahead = await send({ ...body, from: body.from + 5, events: [] });
  expect(ahead).toMatchObject({ status: 409, json: { code: 'SEQUENCE_GAP', cursor: first.json.cursor } });
});

/** Signs content of one's own making at the next place of a city's feed: a genuine node with a faulty release. */
async function forge(node: TestNode, view: string, change: (event: Record<string, unknown>) => void, raw?: Buffer): Promise<WireEvent> {
  const { seq, digest } = await cursorOf(province, node.adcode, view);
  const rows = await province.pools.apply.query(
    `select convert_from(bytes, 'UTF8') as text from replica_bytes where origin = $1 and type like '%.upserted.v1' limit 1`,
    [node.adcode],
  );
  const event = JSON.parse(rows.rows[0].text) as Record<string, unknown>;
  const id = `urn:xiangjing:${node.adcode}:opportunity:${uuidv7()}`;
  Object.assign(event, {
    id: `${node.adcode}/${view}/1/${seq + 1}`,
    sequence: String(seq + 1).padStart(19, '0'),
    fedprev: digest,
    fedview: view,
    subject: id,
    fedversion: 1,
  });
  Object.assign(event.data as object, { id, rev: 1 });
  change(event);
  const bytes = raw ?? Buffer.from(canonicalize(event)!);
  return { bytes: bytes.toString('base64'), signature: node.signer.sign(bytes) };
}
const dataOf = (event: Record<string, unknown>) =>
  event.data as { core: Record<string, unknown>; attrs: Record<string, unknown>; labels: Record<string, unknown> };

const poison: [string, string, (event: Record<string, unknown>) => void, Buffer?][] = [
  ['no JSON', 'EVENT_MALFORMED', () => {}, Buffer.from('{"specversion":')],
  ['not UTF-8', 'EVENT_MALFORMED', () => {}, Buffer.from([0x22, 0xff, 0x22])],
  ['no document', 'EVENT_MALFORMED', (e) => delete e.data],
  ['a path without label', 'UNLABELLED', (e) => (dataOf(e).core.problem = 'x')],
  [
    'a path above the view',
    'TIER_EXCEEDED',
    (e) => {
      dataOf(e).attrs.routes = ['x'];
      dataOf(e).labels['attrs.routes'] = { level: 'L3', pi: 'none', safety: 'ps', share: 'C', open: 'oN' };
    },
  ],
  [
    'a path that our schema knows higher than declared',
    'TIER_EXCEEDED',
    (e) => {
      dataOf(e).attrs.routes = ['x'];
      dataOf(e).labels['attrs.routes'] = { level: 'L1', pi: 'none', safety: 'ordinary', share: 'U', open: 'oU' };
    },
  ],
  [
    'personal data',
    'TIER_EXCEEDED',
    (e) => {
      dataOf(e).core.contact = { name: '某人' };
      dataOf(e).labels['core.contact'] = { level: 'L1', pi: 'none', safety: 'ordinary', share: 'U', open: 'oU' };
    },
  ],
  [
    'a record of another node',
    'CROSS_NODE',
    (e) => {
      const id = `urn:xiangjing:430200:opportunity:${uuidv7()}`;
      Object.assign(e, { subject: id });
      Object.assign(e.data as object, { id });
    },
  ],
  ['a subject other than the document', 'EVENT_MALFORMED', (e) => (e.subject = 'urn:xiangjing:430100:other')],
  ['a subject with a control character', 'EVENT_MALFORMED', (e) => (e.subject = 'a\u0000b')],
  ['an attribute name with a control character', 'UNLABELLED', (e) => (dataOf(e).attrs['a\u0000b'] = 1)],
  ['a forbidden key', 'FORBIDDEN_KEY', (e) => (dataOf(e).core.title = JSON.parse('{"constructor":1}'))],
  ['a text that the database cannot hold', 'EVENT_MALFORMED', (e) => (dataOf(e).core.title = 'a\u0000b')],
];
test.each(poison)('poison goes to quarantine and the feed goes on: %s', async (_, code, change, raw) => {
  const good = await forge(changsha, 'up', () => {});
  const goodId = JSON.parse(Buffer.from(good.bytes, 'base64').toString()).subject as string;
  const before = await cursorOf(province, '430100', 'up');
  // a good event, the poison, and another good one in one batch
  const first = await push(changsha, 'up', [good]);
  expect(first).toMatchObject({ status: 200, json: { applied: 1 } });
  const bad = await forge(changsha, 'up', change, raw);
  expect(await push(changsha, 'up', [bad])).toMatchObject({ status: 200, json: { applied: 1, cursor: { seq: before.seq + 2 } } });
  const after = await forge(changsha, 'up', () => {});
  expect(await push(changsha, 'up', [after])).toMatchObject({ status: 200, json: { applied: 1 } });
  const { rows } = await province.pools.app.query('select code, reason from quarantine where origin = $1 and seq = $2', [
    '430100',
    before.seq + 2,
  ]);
  expect(rows).toMatchObject([{ code }]);
  expect(rows[0].reason).not.toContain('某人');
  expect((await province.pools.app.query('select 1 from replica where record_id = $1', [goodId])).rows).toHaveLength(1);
  const held = await province.pools.apply.query('select bytes from quarantine where seq = $1', [before.seq + 2]);
  expect(held.rows[0].bytes).toEqual(Buffer.from(bad.bytes, 'base64'));
});

test('a relayed feed carries on what it cannot read, for its readers to judge', async () => {
  await changsha
    .push()
    .drain()
    .catch(() => {});
  const before = await cursorOf(province, '430100', 'peer');
  const odd = await forge(changsha, 'peer', (e) => (e.subject = 'a\u0000b'));
  expect(await push(changsha, 'peer', [odd])).toMatchObject({ status: 200, json: { applied: 1 } });
  const junk = { ...odd, signature: `${odd.signature}\u0000` };
  expect(await push(changsha, 'peer', [junk])).toMatchObject({ status: 409, json: { code: 'SIGNATURE_INVALID' } });
  const { rows } = await zhuzhou.pools.app.query('select 1 from quarantine');
  expect(rows).toEqual([]);
  await zhuzhou.pull().drain();
  const held = await zhuzhou.pools.app.query('select code from quarantine where origin = $1 and seq = $2', ['430100', before.seq + 1]);
  expect(held.rows).toEqual([{ code: 'EVENT_MALFORMED' }]);
});

test('poison inside a batch costs only itself', async () => {
  const events: WireEvent[] = [];
  const start = await cursorOf(province, '430100', 'up');
  let [seq, prev] = [start.seq as number, start.digest as string];
  for (const title of ['好的一条', 'a\u0000b', '又一条']) {
    seq += 1;
    const at = seq;
    const fedprev = prev;
    const event = await forge(changsha, 'up', (e) => {
      Object.assign(e, { id: `430100/up/1/${at}`, sequence: String(at).padStart(19, '0'), fedprev });
      dataOf(e).core.title = title;
    });
    events.push(event);
    prev = digestOf(Buffer.from(event.bytes, 'base64'));
  }
  expect(await push(changsha, 'up', events)).toMatchObject({ status: 200, json: { applied: 3 } });
  const { rows } = await province.pools.app.query('select outcome from inbox where origin = $1 and seq > $2 order by seq', [
    '430100',
    start.seq,
  ]);
  expect(rows.map((r) => r.outcome)).toEqual(['applied', 'quarantined', 'applied']);
});

test('what a newer node adds is kept: unknown fields shown as far as known, unknown types stored and passed over', async () => {
  const label = { level: 'L1', pi: 'none', safety: 'ordinary', share: 'U', open: 'oU' };
  const event = await forge(changsha, 'up', (e) => {
    Object.assign(e, { fednew: 'a' });
    Object.assign(e.data as object, { newPart: { b: 1 } });
    dataOf(e).attrs.tomorrow = 'c';
    dataOf(e).labels['attrs.tomorrow'] = label;
  });
  expect(await push(changsha, 'up', [event])).toMatchObject({ status: 200 });
  const { subject } = JSON.parse(Buffer.from(event.bytes, 'base64').toString()) as { subject: string };
  const { rows } = await province.pools.app.query('select document from replica where record_id = $1', [subject]);
  expect(rows[0].document).toMatchObject({ attrs: { tomorrow: 'c' }, newPart: { b: 1 } });
  const held = await province.pools.apply.query('select bytes from replica_bytes where record_id = $1', [subject]);
  expect(held.rows[0].bytes).toEqual(Buffer.from(event.bytes, 'base64'));

  const unknown = await forge(changsha, 'up', (e) => Object.assign(e, { type: 'trial.reported.v1', data: { a: 1 } }));
  expect(await push(changsha, 'up', [unknown])).toMatchObject({ status: 200 });
  const last = await province.pools.app.query('select outcome from inbox where origin = $1 order by seq desc limit 1', ['430100']);
  expect(last.rows).toEqual([{ outcome: 'unrendered' }]);
});

test('an older revision after a newer one takes no effect', async () => {
  const newer = await forge(changsha, 'up', (e) => {
    e.fedversion = 7;
    Object.assign(e.data as object, { rev: 7 });
  });
  await push(changsha, 'up', [newer]);
  const { subject } = JSON.parse(Buffer.from(newer.bytes, 'base64').toString()) as { subject: string };
  const older = await forge(changsha, 'up', (e) => {
    Object.assign(e, { subject, fedversion: 6 });
    Object.assign(e.data as object, { id: subject, rev: 6 });
  });
  expect(await push(changsha, 'up', [older])).toMatchObject({ status: 200 });
  const { rows } = await province.pools.app.query('select rev from replica where record_id = $1', [subject]);
  expect(rows).toEqual([{ rev: 7 }]);
  const last = await province.pools.app.query('select outcome from inbox where origin = $1 order by seq desc limit 1', ['430100']);
  expect(last.rows).toEqual([{ outcome: 'stale' }]);
});

test('another event under a number already held stops the feed for good, and no other', async () => {
  const one = await forge(changsha, 'up', () => {});
  const two = await forge(changsha, 'up', () => {});
  const body = await pushBody(changsha, 'up', [two]);
  await push(changsha, 'up', [one]);
  const answer = await rawRequest(province, { method: 'POST', path: FEED, signer: changsha.signer, body });
  expect(answer).toMatchObject({ status: 409, json: { code: 'EQUIVOCATION' } });
  const next = await forge(changsha, 'up', () => {});
  expect(await push(changsha, 'up', [next])).toMatchObject({ status: 409, json: { code: 'EQUIVOCATION' } });
  await publish(zhuzhou);
  expect(await zhuzhou.push().drain()).toBeGreaterThan(0);
  expect(await refusals(province, 'EQUIVOCATION')).toHaveLength(1);
});
