import { Prisma, type Db, type Queryable } from '@xiangjing/db';

/** The client as libraries see it that speak SQL: values come as `pg` gives them, numbers for bigint and text for numeric. */
export const queryable = (db: Pick<Db, '$queryRawUnsafe'>): Queryable => ({
  async query<Row>(text: string, values: unknown[] = []) {
    const found = await db.$queryRawUnsafe<Record<string, unknown>[]>(text, ...values);
    const rows = found.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])) as Row);
    return { rows, rowCount: rows.length, command: '', oid: 0, fields: [] };
  },
});

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return Prisma.Decimal.isDecimal(value) ? value.toFixed() : value;
}
