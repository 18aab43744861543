import { searchColumns, type SearchColumns } from './search/columns.ts';

/**
 * A row of the shared read table of lists, without its search columns. `title` and `summary` are for those who may have the body;
 * `outsideTitle` and `outsideSummary` for those who have a projection only. Label axes are ranks; dates are `YYYY-MM-DD`.
 */
export interface ListedRow {
  id: string;
  origin: string;
  kind: string;
  rev: number;
  stage: string;
  suspended: boolean;
  viewed: boolean;
  shape: 'full' | 'summary' | 'listed' | 'stub';
  title: string;
  summary: string;
  outsideTitle: string;
  outsideSummary: string;
  domain: string;
  domains: string[];
  scenarioTypes: string[];
  region: string;
  scenarioKind: string;
  ownerUscc: string;
  ownerName: string;
  level: number;
  pi: number;
  safety: number;
  share: number;
  open: number;
  jointLevel: number;
  jointPi: number;
  jointSafety: number;
  jointShare: number;
  jointOpen: number;
  classified: boolean;
  facets: { [name: string]: unknown };
  firstPublishedOn: string | null;
  responseDeadline: string | null;
  validUntil: string | null;
  changedAt: Date;
  receivedAt: Date | null;
}

export interface Statement {
  text: string;
  values: unknown[];
}

/** Column types in the order of the statement; the search columns are filled here, so that no writer forgets one. */
const COLUMNS: { [field in keyof (ListedRow & SearchColumns)]: string } = {
  id: 'text',
  origin: 'text',
  kind: 'text',
  rev: 'bigint',
  stage: 'text',
  suspended: 'boolean',
  viewed: 'boolean',
  shape: 'text',
  title: 'text',
  summary: 'text',
  outsideTitle: 'text',
  outsideSummary: 'text',
  domain: 'text',
  domains: 'text[]',
  scenarioTypes: 'text[]',
  region: 'text',
  scenarioKind: 'text',
  ownerUscc: 'text',
  ownerName: 'text',
  level: 'smallint',
  pi: 'smallint',
  safety: 'smallint',
  share: 'smallint',
  open: 'smallint',
  jointLevel: 'smallint',
  jointPi: 'smallint',
  jointSafety: 'smallint',
  jointShare: 'smallint',
  jointOpen: 'smallint',
  classified: 'boolean',
  facets: 'jsonb',
  firstPublishedOn: 'date',
  responseDeadline: 'date',
  validUntil: 'date',
  changedAt: 'timestamptz',
  receivedAt: 'timestamptz',
  search: 'tsvector',
  outsideSearch: 'tsvector',
  outsideText: 'text',
  initials: 'text',
  outsideInitials: 'text',
};

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const fields = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
const names = fields.map(snake);
/** `unnest` would take the lists of all rows for one: each travels as the text of an array. */
const isList = (type: string): boolean => type.endsWith('[]');
const arrayText = (list: readonly string[]): string => `{${list.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

/** Of most rows those outside may search all words: then the same vector is sent once. */
function selected(field: keyof typeof COLUMNS): string {
  if (field === 'outsideSearch') return 'coalesce(outside_search, search)';
  return isList(COLUMNS[field]) ? `${snake(field)}::${COLUMNS[field]}` : snake(field);
}

const UPSERT = `insert into listed_record (${names.join(', ')})
select ${fields.map(selected).join(', ')}
from unnest(${fields.map((field, i) => `$${i + 1}::${isList(COLUMNS[field]) ? 'text' : COLUMNS[field]}[]`).join(', ')}) as row (${names.join(', ')})
on conflict (id) do update set ${names
  .filter((name) => name !== 'id')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')}`;

/** A row with its search columns, which take the time to make it: ready before it is known whether it will be written. */
export type PreparedRow = ListedRow & SearchColumns;
export const prepareListedRow = async (row: ListedRow): Promise<PreparedRow> => ({ ...row, ...(await searchColumns(row)) });

/** Writes many rows at once; each id at most once. Whoever applies decides beforehand which row is the newest. */
export function preparedRowsUpsert(rows: readonly PreparedRow[]): Statement {
  const sent = rows.map((row) => ({ ...row, outsideSearch: row.outsideSearch === row.search ? null : row.outsideSearch }));
  return { text: UPSERT, values: fields.map((field) => sent.map((row) => stored(row[field]))) };
}

/** As text where drivers differ in how they write a value inside an array. */
function stored(value: unknown): unknown {
  if (Array.isArray(value)) return arrayText(value as string[]);
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

export const listedRecordsUpsert = async (rows: readonly ListedRow[]): Promise<Statement> =>
  preparedRowsUpsert(await Promise.all(rows.map(prepareListedRow)));
export const listedRecordUpsert = (row: ListedRow): Promise<Statement> => listedRecordsUpsert([row]);

export const listedRecordDelete = (id: string): Statement => ({ text: 'delete from listed_record where id = $1', values: [id] });
