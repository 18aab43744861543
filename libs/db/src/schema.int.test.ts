import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from './pool.ts';
import { testDatabase, type TestDatabase } from './testing/index.ts';

/** What the drift check cannot see, asserted by name and by what it does. */
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await withClient(database.app, (client) =>
    client.query(
      `insert into organisation (uscc, name, type, region, state) values ('12430000000000001X', '示例单位', 'agency', '430100', 'active')`,
    ),
  );
});
afterAll(() => database.drop());

const app = (sql: string, values: unknown[] = []) => withClient(database.app, (client) => client.query(sql, values));
const list = async (sql: string) =>
  (await withClient(database.super, (client) => client.query<{ name: string }>(sql))).rows.map((row) => row.name);

test('checks, triggers, partial indexes and security definers are these', async () => {
  expect(
    await list(`select conname || ' on ' || conrelid::regclass name from pg_constraint where contype = 'c' and conrelid <> 0 order by 1`),
  ).toEqual([
    'audit_effect_check on audit',
    'egress_cursor_single_check on egress_cursor',
    'inbox_outcome_check on inbox',
    'inbox_road_check on inbox',
    'listed_record_shape_check on listed_record',
    'node_identity_adcode_check on node_identity',
    'node_identity_single_check on node_identity',
    'organisation_state_check on organisation',
    'peer_cursor_road_check on peer_cursor',
    'projection_sent_state_check on projection_sent',
    'push_cursor_road_check on push_cursor',
    'record_joint_floored on record',
    'record_kind_check on record',
    'record_label_floored on record',
    'record_rev_check on record',
    'repair_outcome_check on repair',
    'replica_bytes_state_check on replica_bytes',
    'replica_state_check on replica',
  ]);
  expect(await list(`select tgname || ' on ' || tgrelid::regclass name from pg_trigger where not tgisinternal order by 1`)).toEqual([
    'audit_append_only on audit',
    'fact_append_only on fact',
    'intent_number on intent',
    'listed_record_apart on listed_record',
  ]);
  expect(await list(`select indexrelid::regclass::text name from pg_index where indpred is not null order by 1`)).toEqual([
    'fact_once',
    'intent_unnumbered',
  ]);
  expect(
    await list(`select proname name from pg_proc where prosecdef and proconfig = '{"search_path=public, pg_temp"}' order by 1`),
  ).toEqual(['keep_listed_apart', 'number_intents']);
  expect(
    await list(`select proname name from pg_proc where prosecdef and proconfig is distinct from '{"search_path=public, pg_temp"}'`),
  ).toEqual([]);
});

/** level, pi, safety, share, open as ranks. */
const insertRecord = (own: number[], joint: number[] = own, more: { rev?: number; kind?: string } = {}) =>
  app(
    `insert into record (id, kind, rev, stage, owner_uscc, domain, domains, region, core, attrs, attrs_schema, classified, created_by,
       level, pi, safety, share, open, joint_level, joint_pi, joint_safety, joint_share, joint_open)
     values ($1, $2, $3, 'draft', '12430000000000001X', 'transport', '{transport}', '430100', '{}', '{}', 0, true, 'u',
       $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [randomUUID(), more.kind ?? 'opportunity', more.rev ?? 1, ...own, ...joint],
  );
const sealed = [3, 0, 0, 2, 2];
const broken = { code: '23514' };

describe('a label below its own floors is no row', () => {
  test.each([
    ['L1, nothing restricted', [0, 0, 0, 0, 0]],
    ['L2 with pi', [1, 1, 0, 0, 1]],
    ['L3, safety', [2, 0, 1, 0, 2]],
    ['sealed', sealed],
    ['CORE', [5, 2, 1, 2, 2]],
  ])('%s stands', async (_, label) => {
    expect((await insertRecord(label)).rowCount).toBe(1);
  });
  test.each([
    ['L2 open to all', [1, 0, 0, 0, 0]],
    ['L3 conditionally open', [2, 0, 0, 0, 1]],
    ['L4 shared without condition', [3, 0, 0, 0, 2]],
    ['pi at L1', [0, 1, 0, 0, 0]],
    ['spi at L3', [2, 2, 0, 0, 2]],
    ['safety at L2', [1, 0, 1, 0, 1]],
    ['share C at L1', [0, 0, 0, 1, 0]],
    ['share N at L3', [2, 0, 0, 2, 2]],
    ['open conditionally at L1', [0, 0, 0, 0, 1]],
    ['no such level', [6, 0, 0, 2, 2]],
    ['no such axis value', [3, 3, 0, 2, 2]],
  ])('%s is refused, as own label and as joint label', async (_, label) => {
    await expect(insertRecord(label)).rejects.toMatchObject(broken);
    await expect(insertRecord(sealed, label)).rejects.toMatchObject(broken);
  });
});

test('closed lists and numbers are checked', async () => {
  await expect(insertRecord(sealed, sealed, { kind: 'directive' })).rejects.toMatchObject(broken);
  await expect(insertRecord(sealed, sealed, { rev: 0 })).rejects.toMatchObject(broken);
  await expect(
    app(`insert into audit (id, action, effect, actor, subject, policy_version) values (gen_random_uuid(), 'a', 'maybe', '{}', 's', '1')`),
  ).rejects.toMatchObject(broken);
});

test.each([
  'update audit set action = action',
  'delete from audit',
  'truncate audit',
  'update fact set type = type',
  'delete from fact',
  'truncate fact',
])('not even the owner may %s', async (sql) => {
  await expect(withClient(database.owner, (client) => client.query(sql))).rejects.toMatchObject({
    message: expect.stringContaining('APPEND_ONLY'),
  });
});

test('one fact per type and root, unless it reverses one', async () => {
  const fact = (id: string, reverses: string | null) =>
    app(
      `insert into fact (fact_id, type, subject, root_id, node, occurred_on, domains, region, reverses)
       values ($1, 'opportunity.published', 's', 'root', '430100', '2026-11-24', '{transport}', '430100', $2)`,
      [id, reverses],
    );
  const first = randomUUID();
  await fact(first, null);
  await expect(fact(randomUUID(), null)).rejects.toMatchObject({ code: '23505' });
  expect((await fact(randomUUID(), first)).rowCount).toBe(1);
});

test('a database belongs to one node', async () => {
  await expect(
    withClient(database.owner, (client) => client.query(`insert into node_identity (adcode) values ('430200')`)),
  ).rejects.toMatchObject({ code: '23505' });
});
