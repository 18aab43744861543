import { AXES, type DomainCode, type Kind, type ScenarioKind, type Stage } from '@xiangjing/scenario-sdk';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { parse } from '../kernel/input.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import { writeCursor } from './list-cursor.ts';
import { listQuery } from './list-query.ts';
import { FACETS, ListRecordsInput, type ListedRecord, type RecordList } from './schemas.ts';

/** Records of this node and of the others, as far as this caller may see each: hits, totals and facets follow one rule. */
export async function listRecords(ctx: ServiceContext, raw: ListRecordsInput): Promise<RecordList> {
  authorise(ctx, 'record.search');
  const input = parse(ListRecordsInput, raw);
  const query = await listQuery(ctx, input);
  const [[answer], heard] = await Promise.all([
    ctx.db.$queryRawUnsafe<[Answer]>(query.text, ...query.values),
    ctx.db.peerCursor.groupBy({ by: ['origin'], _max: { heardAt: true } }),
  ]);
  const heardAt = new Map(heard.map((row) => [row.origin, row._max.heardAt]));
  const rows = answer.items.slice(0, input.limit);
  await auditList(ctx, rows);
  const last = rows.at(-1);
  const now = ctx.clock.now();
  return {
    items: rows.map((row) => itemOf(row, heardAt.get(row.origin) ?? null)),
    total: answer.total,
    facets: facetsOf(answer),
    nextCursor: answer.items.length > input.limit && last ? writeCursor(query.list, last.key, last.id) : null,
    asOf: now.toISOString(),
    late: [...heardAt]
      .filter(([, at]) => !at || now.getTime() - at.getTime() > LATE_MS)
      .map(([origin, at]) => ({ origin, heardAt: at?.toISOString() ?? null })),
  };
}

const LATE_MS = 60_000;

interface Row {
  key: string;
  has_body: boolean;
  sight: ListedRecord['shape'];
  id: string;
  kind: Kind;
  origin: string;
  rev: number;
  stage: Stage;
  suspended: boolean;
  title: string;
  summary: string;
  outside_title: string;
  outside_summary: string;
  domains: DomainCode[];
  scenario_types: string[];
  region: string;
  scenario_kind: ScenarioKind | '';
  owner_uscc: string;
  owner_name: string;
  level: number;
  classified: boolean;
  first_published_on: string | null;
  response_deadline: string | null;
  valid_until: string | null;
  changed_at: string;
  received_at: string | null;
}
interface Answer {
  total: number;
  facets: { facet: (typeof FACETS)[number]; value: string; count: number }[];
  items: Row[];
}

/** One audit row for a page that shows anything above L1, before its first byte. */
async function auditList(ctx: ServiceContext, rows: readonly Row[]): Promise<void> {
  const above = rows.filter((row) => row.level > 0);
  if (above.length === 0) return;
  const subject = ctx.actor.type === 'anonymous' ? 'PUB' : ctx.actor.type;
  await writeAudit(ctx.db, ctx, {
    action: 'record.search',
    subject,
    obligations: ['log'],
    detail: { rows: rows.length, aboveL1: above.length },
  });
}

function facetsOf({ facets }: Answer): RecordList['facets'] {
  const of = (facet: string) => facets.filter((row) => row.facet === facet).map(({ value, count }) => ({ value, count }));
  return Object.fromEntries(FACETS.map((facet) => [facet, of(facet)])) as RecordList['facets'];
}

/** A row as far as it is seen: a stub has an owner and a domain, a summary has texts only. */
function itemOf(row: Row, heardAt: Date | null): ListedRecord {
  const { id, kind, origin, stage, suspended, classified, sight } = row;
  const whole = sight === 'full';
  const listed = sight !== 'summary';
  return {
    id,
    kind,
    origin,
    rev: row.rev,
    stage,
    suspended,
    shape: sight,
    title: row.has_body ? row.title : row.outside_title,
    summary: row.has_body ? row.summary : row.outside_summary,
    domain: listed ? (row.domains[0] ?? null) : null,
    domains: listed ? row.domains : [],
    scenarioTypes: whole ? row.scenario_types : [],
    region: whole ? row.region : '',
    scenarioKind: whole ? row.scenario_kind || null : null,
    owner: listed ? { uscc: row.owner_uscc, name: row.owner_name } : { uscc: '', name: '' },
    level: AXES.level[row.level] ?? 'CORE',
    classified,
    firstPublishedOn: row.first_published_on,
    responseDeadline: whole ? row.response_deadline : null,
    validUntil: whole ? row.valid_until : null,
    changedAt: new Date(row.changed_at).toISOString(),
    receivedAt: row.received_at === null ? null : new Date(row.received_at).toISOString(),
    heardAt: heardAt?.toISOString() ?? null,
  };
}
