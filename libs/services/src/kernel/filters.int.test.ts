import { abilityOf, bodyRule, listRule, matches, type Condition, type ListedColumns, type ListedRule } from '@xiangjing/authorization';
import { prismaAbility, readable, toSql, type ListedWhere } from '@xiangjing/authorization/prisma';
import { anyActor, anyCondition, anyHome, anyRow, NOW } from '@xiangjing/authorization/testing';
import { createDb, createPool, listedRecordUpsert, type Db, type ListedRow, type Prisma } from '@xiangjing/db';
import { testDatabase } from '@xiangjing/db/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listedWhere } from './filters.ts';

const POLICIES = 2_000;
const ROWS = 60;
const NEVER: Condition = { never: true };
/** New cases in every run; a failure names the seed. */
const seed = Math.floor(Math.random() * 2 ** 31);

const database = await testDatabase('430100');
const db: Db = createDb(database.super);
const pool = createPool(database.super, { max: 4 });
let rows: ListedColumns[] = [];
const RECORDS = 3;
/** Columns that no rule reads. */
const texts = { title: '', summary: '', outsideTitle: '', outsideSummary: '', ownerName: '' };
const dates = { firstPublishedOn: null, responseDeadline: null, validUntil: null, changedAt: NOW, receivedAt: null };
const UNREAD = { rev: 1, facets: {}, ...texts, ...dates };

beforeAll(async () => {
  const ids = ['', 'a', 'b', "o'k", '%', 'a_c', '养老', 'A'];
  rows = fc.sample(anyRow, { numRuns: ROWS, seed }).map((row, i) => ({ ...row, id: ids[i] ?? `row-${i}` }));
  for (const row of rows) {
    const { text, values } = await listedRecordUpsert({ ...UNREAD, ...row } as ListedRow);
    await pool.query(text, values);
  }
  await pool.query(`insert into organisation (uscc, name, type, region, state) values ('u', '示例', 'agency', '430100', 'active')`);
  await pool.query(
    `insert into record (id, kind, rev, stage, owner_uscc, domain, domains, region, core, attrs, attrs_schema, classified, level, pi, safety,
       share, open, joint_level, joint_pi, joint_safety, joint_share, joint_open, created_by)
     select 'r' || n, 'opportunity', 1, 'draft', 'u', 'd', '{d}', '430100', '{}', '{}', 0, true, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'x'
     from generate_series(1, ${RECORDS}) n`,
  );
});
afterAll(async () => {
  await db.$disconnect();
  await pool.end();
  await database.drop();
});

const inMemory = (condition: Condition): string[] => rows.filter((row) => matches(condition, row)).map(({ id }) => id);
const sorted = (ids: readonly string[]): string => JSON.stringify([...ids].sort());

async function inPrisma(where: Prisma.ListedRecordWhereInput): Promise<string[]> {
  const found = await db.listedRecord.findMany({ where, select: { id: true } });
  return found.map(({ id }) => id);
}

/** Many policies in one query: the parameters of each start where the last one's ended. */
async function inSql(conditions: readonly Condition[]): Promise<string[][]> {
  const values: unknown[] = [];
  const parts = conditions.map((condition, i) => {
    const sql = toSql(condition, { firstParameter: values.length + 1, alias: 'l' });
    values.push(...sql.values);
    return `select ${i} as policy, l.id from listed_record l where ${sql.text}`;
  });
  const { rows: found } = await pool.query<{ policy: number; id: string }>(parts.join(' union all '), values);
  return conditions.map((_, i) => found.filter(({ policy }) => policy === i).map(({ id }) => id));
}

const batches = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

/** One alternative a rule, as the abilities are built; of `never` no rule at all. */
const rulesOf = (condition: Condition): ListedRule[] =>
  ('never' in condition ? [] : 'any' in condition ? condition.any : [condition]).map((conditions) => ({
    action: 'view',
    subject: 'ListedRecord',
    conditions,
  }));

/** What the wrapper answers without its remedy: an empty `OR`, as accessibleBy gives it. */
const EMPTY_OR: ListedWhere = { OR: [] };
const NOTHING = readable(prismaAbility([]), 'ListedRecord');

/** The compiler without its remedy. */
const withEmptyOr = (condition: Condition): ListedWhere =>
  JSON.parse(JSON.stringify(listedWhere(condition)), (_, value: unknown) =>
    JSON.stringify(value) === JSON.stringify(NOTHING) ? EMPTY_OR : value,
  ) as ListedWhere;

test(`memory = Prisma = SQL = ability: ${POLICIES} policies × ${ROWS} rows`, { timeout: 120_000 }, async () => {
  const random = fc.sample(anyCondition, { numRuns: POLICIES, seed });
  const real = fc
    .sample(fc.tuple(anyActor, anyHome), { numRuns: 100, seed })
    .flatMap(([actor, home]) => [listRule(actor, home, NOW), bodyRule(actor, home, NOW)]);
  const policies = [NEVER, { always: true } as const, { all: [NEVER] } as const, ...random, ...real];
  const mismatches: string[] = [];
  for (const batch of batches(policies, 40)) {
    const fromSql = await inSql(batch);
    await Promise.all(
      batch.map(async (condition, i) => {
        const expected = sorted(inMemory(condition));
        const rules = rulesOf(condition);
        const ability = abilityOf(rules);
        const answers = {
          sql: fromSql[i]!,
          prisma: await inPrisma(listedWhere(condition)),
          readable: await inPrisma({ AND: [readable(prismaAbility(rules), 'ListedRecord')] }),
          ability: rows.filter((row) => ability.can('view', row)).map(({ id }) => id),
        };
        for (const [name, ids] of Object.entries(answers))
          if (sorted(ids) !== expected) mismatches.push(`${name}: ${JSON.stringify(condition)}`);
      }),
    );
  }
  expect(mismatches, `seed ${seed}`).toEqual([]);

  const denying = policies.filter((condition) => JSON.stringify(condition).includes('never')).slice(0, 300);
  const wrong = await Promise.all(denying.map(async (c) => sorted(await inPrisma(withEmptyOr(c))) !== sorted(inMemory(c))));
  expect(wrong.filter(Boolean).length, 'policies with an empty OR that were caught').toBeGreaterThan(50);
});

/** How many rows a policy that allows nothing lets through, in each place where it can stand. */
async function leaked(nothing: ListedWhere): Promise<Record<string, number>> {
  const everywhere: ListedWhere = { id: { gte: '' } };
  // `nothing` says nothing of a model: it must hold for related rows too
  const related = { AND: [nothing] } as Prisma.RecordWhereInput;
  const owner = await db.organisation.findUniqueOrThrow({
    where: { uscc: 'u' },
    include: { records: { where: related }, _count: { select: { records: { where: related } } } },
  });
  return {
    top: (await inPrisma(nothing)).length,
    and: (await inPrisma({ AND: [nothing] })).length,
    andWithBusiness: (await inPrisma({ AND: [nothing, everywhere] })).length,
    nested: (await inPrisma({ AND: [{ AND: [everywhere, { AND: [nothing] }] }] })).length,
    alternative: (await inPrisma({ OR: [{ AND: [nothing, everywhere] }, { id: { equals: 'none' } }] })).length,
    count: await db.listedRecord.count({ where: { AND: [nothing, everywhere] } }),
    updateMany: (await db.listedRecord.updateMany({ where: { AND: [nothing] }, data: { summary: 'hit' } })).count,
    include: owner.records.length,
    selectCount: owner._count.records,
  };
}

test('a policy that allows nothing lets no row through, wherever it stands; the empty OR does', async () => {
  const none = await leaked(NOTHING);
  expect(none).toEqual(Object.fromEntries(Object.keys(none).map((place) => [place, 0])));
  const { top, alternative: _, ...inside } = await leaked(EMPTY_OR);
  expect(top).toBe(0);
  const all = { and: ROWS, andWithBusiness: ROWS, nested: ROWS, count: ROWS, updateMany: ROWS };
  expect(inside).toEqual({ ...all, include: RECORDS, selectCount: RECORDS });
});
