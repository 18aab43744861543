import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listedRecordUpsert } from './listed-row.ts';
import { withClient } from './pool.ts';
import { GROUPS, type Group } from './roles.ts';
import { testDatabase, type TestDatabase } from './testing/index.ts';
import { listedRow } from './testing/rows.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('430100');
  const foreign = await listedRecordUpsert(listedRow({ id: 'foreign', origin: '430200' }));
  const own = await listedRecordUpsert(listedRow({ id: 'own', origin: '430100' }));
  await withClient(database.super, async (client) => {
    await client.query(foreign.text, foreign.values);
    await client.query(own.text, own.values);
    await client.query(
      `insert into audit (id, action, effect, actor, subject, policy_version) values (gen_random_uuid(), 'a', 'allow', '{}', 's', '1')`,
    );
  });
});
afterAll(() => database.drop());

const run = (login: Group, sql: string, values: unknown[] = []) => withClient(database[login], (client) => client.query(sql, values));
const refused = { code: '42501' };

describe.each<[Group, string[]]>([
  [
    'app',
    [
      `insert into feed (view, epoch, seq, record_id, rev, type, bytes, digest, prev_digest, signature) values ('up', 1, 1, 'r', 1, 't', '', '', '', '')`,
      `update feed_head set seq = 9`,
      `select bytes from feed`,
      `insert into replica_bytes (origin, view, record_id, epoch, seq, rev, type, state, bytes, digest, signature) values ('430200', 'peer', 'r', 1, 1, 1, 't', 'live', '', '', '')`,
      `select bytes from replica_bytes`,
      `select bytes from quarantine`,
      `select * from relay`,
      `update replica set rev = 9`,
      `update peer_cursor set seq = 9`,
      `update listed_record set title = 'x' where id = 'foreign'`,
      `delete from listed_record where id = 'foreign'`,
      `update listed_record set origin = '430200' where id = 'own'`,
      `update audit set action = 'b'`,
      `delete from audit`,
      `truncate audit`,
      `update fact set type = 'b'`,
      `update intent set seq = 9`,
      `delete from intent`,
      `insert into intent (id, seq, record_id, rev, event, body) values (gen_random_uuid(), 7, 'r', 1, 'e', '{}')`,
      `update stream_head set seq = 9`,
      `update node_identity set adcode = '430200'`,
      `create table mine (id text)`,
    ],
  ],
  [
    'egress',
    [
      `insert into record (id) values ('r')`,
      `update record set stage = 'published'`,
      `delete from record`,
      `insert into intent (id, record_id, rev, event, body) values (gen_random_uuid(), 'r', 1, 'e', '{}')`,
      `select * from audit`,
      `select * from session`,
      `select * from replica_bytes`,
      `delete from feed`,
      `update listed_record set title = 'x'`,
      `set role xiangjing_app`,
    ],
  ],
  [
    'publisher',
    [
      `select * from record`,
      `select core from record`,
      `select * from record_revision`,
      `select * from intent`,
      `select * from audit`,
      `select * from session`,
      `select * from listed_record`,
      `select * from replica`,
      `insert into feed (view, epoch, seq, record_id, rev, type, bytes, digest, prev_digest, signature) values ('up', 1, 1, 'r', 1, 't', '', '', '', '')`,
      `update feed set bytes = ''`,
      `update peer_cursor set seq = 9`,
    ],
  ],
  [
    'apply',
    [
      `select * from record`,
      `insert into record (id) values ('r')`,
      `update record set stage = 'published'`,
      `select * from intent`,
      `select * from audit`,
      `select * from feed`,
      `update listed_record set title = 'x' where id = 'own'`,
      `delete from listed_record where id = 'own'`,
      `update listed_record set origin = '430100' where id = 'foreign'`,
      `update inbox set outcome = 'applied'`,
      `delete from quarantine`,
    ],
  ],
])('%s is refused', (login, statements) => {
  test.each(statements)('%s', async (sql) => {
    await expect(run(login, sql)).rejects.toMatchObject(refused);
  });
});

test('catalogue writes its node’s list rows, apply the others, and neither the other’s', async () => {
  const own = await listedRecordUpsert(listedRow({ origin: '430100' }));
  const foreign = await listedRecordUpsert(listedRow({ origin: '430200' }));
  expect((await run('app', own.text, own.values)).rowCount).toBe(1);
  expect((await run('apply', foreign.text, foreign.values)).rowCount).toBe(1);
  await expect(run('apply', own.text, own.values)).rejects.toMatchObject(refused);
  await expect(run('app', foreign.text, foreign.values)).rejects.toMatchObject(refused);
});

test('each login does its own work', async () => {
  await run('app', `insert into intent (id, record_id, rev, event, body) values (gen_random_uuid(), 'r', 1, 'record.published', '{}')`);
  expect((await run('egress', 'select seq from intent')).rows).toEqual([{ seq: 1 }]);
  await run(
    'egress',
    `insert into feed (view, epoch, seq, record_id, rev, type, bytes, digest, prev_digest, signature) values ('up', 1, 1, 'r', 1, 't', 'x', '', '', '')`,
  );
  expect((await run('publisher', 'select bytes from feed')).rows).toHaveLength(1);
  await run(
    'apply',
    `insert into inbox (origin, view, epoch, seq, event_id, record_id, rev, outcome) values ('430200', 'peer', 1, 1, 'e', 'r', 1, 'applied')`,
  );
  expect((await run('app', 'select outcome from inbox')).rows).toEqual([{ outcome: 'applied' }]);
});

test('no login reaches another node’s database', async () => {
  await using other = await testDatabase('430200');
  for (const group of GROUPS) {
    const url = new URL(other[group]);
    url.pathname = `/${database.name}`;
    await expect(withClient(url.href, (client) => client.query('select 1'))).rejects.toMatchObject(refused);
  }
});

test('who may write what is exactly this', async () => {
  const { rows } = await withClient(database.super, (client) =>
    client.query<{ grantee: string; writes: string }>(
      `select replace(g.rolname, 'xiangjing_', '') grantee, string_agg(c.relname, ' ' order by c.relname) writes
       from pg_roles g, pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind = 'r' and g.rolname = any ($1)
         and (has_any_column_privilege(g.oid, c.oid, 'INSERT, UPDATE') or has_table_privilege(g.oid, c.oid, 'DELETE, TRUNCATE, TRIGGER'))
       group by 1 order by 1`,
      [GROUPS.map((group) => `xiangjing_${group}`)],
    ),
  );
  expect(Object.fromEntries(rows.map((row) => [row.grantee, row.writes.split(' ')]))).toEqual({
    app: 'audit fact idempotency_key intent invitation listed_record organisation record record_revision registry session'.split(' '),
    apply:
      'comparison inbox invitation listed_record peer_cursor peer_node quarantine refusal registry relay repair replica replica_bytes replica_fact'.split(
        ' ',
      ),
    egress: 'egress_block egress_cursor feed feed_head projection_sent'.split(' '),
    publisher: 'log_cursor push_cursor refusal'.split(' '),
  });
});
