/** Rows as the column arrays that `unnest` takes. */
export function columns<T>(rows: readonly T[], read: (row: T) => unknown[]): unknown[][] {
  const values = rows.map(read);
  return (values[0] ?? []).map((_, column) => values.map((row) => row[column]));
}
