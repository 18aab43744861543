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
const names = Object.keys(COLUMNS).map(snake);
const UPSERT = `insert into listed_record (${names.join(', ')})
select ${names.join(', ')} from jsonb_to_recordset($1::jsonb) as row (${Object.entries(COLUMNS)
  .map(([field, type]) => `${snake(field)} ${type}`)
  .join(', ')})
on conflict (id) do update set ${names
  .filter((name) => name !== 'id')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')}`;

/** Writes many rows at once; each id at most once. Whoever applies decides beforehand which row is the newest. */
export async function listedRecordsUpsert(rows: readonly ListedRow[]): Promise<Statement> {
  const whole = await Promise.all(rows.map(async (row) => ({ ...row, ...(await searchColumns(row)) })));
  const stored = whole.map((row) => Object.fromEntries(Object.entries(row).map(([field, value]) => [snake(field), value])));
  return { text: UPSERT, values: [JSON.stringify(stored)] };
}

export const listedRecordUpsert = (row: ListedRow): Promise<Statement> => listedRecordsUpsert([row]);

export const listedRecordDelete = (id: string): Statement => ({ text: 'delete from listed_record where id = $1', values: [id] });
