import { byteaArray } from './bytea-array.ts';

/** Rows as the column arrays that `unnest` takes. */
export function columns<T>(rows: readonly T[], read: (row: T) => unknown[]): unknown[] {
  const values = rows.map(read);
  return (values[0] ?? []).map((_, index) => {
    const column = values.map((row) => row[index]);
    return column.every(Buffer.isBuffer) ? byteaArray(column) : column;
  });
}
