import { audienceOf, bodyRule, listRule } from '@xiangjing/authorization';
import { searchTerms } from '@xiangjing/db';
import type { z } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { addDays, dayOf } from '../kernel/dates.ts';
import { listedSql } from '../kernel/filters.ts';
import { listDigest, readCursor } from './list-cursor.ts';
import { FACETS, type ListRecordsInput } from './schemas.ts';

export type ListQuestion = z.output<typeof ListRecordsInput>;
export interface ListQuery {
  text: string;
  values: unknown[];
  /** The list that its cursors belong to. */
  list: string;
}
type Facet = (typeof FACETS)[number];
/** Takes a value and gives the placeholder that stands for it. */
type Parameter = (value: unknown) => string;

/** Columns that an item of a page is made from. */
const COLUMNS = `id, kind, origin, rev, stage, suspended, title, summary, outside_title, outside_summary, domains, scenario_types, region,
  scenario_kind, owner_uscc, owner_name, level, classified, first_published_on, response_deadline, valid_until, changed_at, received_at`;

/**
 * The list as one statement. `seen` has every row of which the caller has at least a projection and that answers the question, with
 * those of its columns that this caller may read: what is hidden cannot be filtered, counted or sorted by. Each facet is counted
 * without its own filter; the page is cut by sort key and id, so that ties neither lose nor repeat a row.
 */
export async function listQuery(ctx: ServiceContext, asked: ListQuestion): Promise<ListQuery> {
  const { cursor, limit, ...question } = asked;
  const values: unknown[] = [];
  const parameter: Parameter = (value) => `$${values.push(value)}`;
  const [home, now] = [ctx.node.adcode, ctx.clock.now()];
  const body = listedSql(bodyRule(ctx.actor, home, now), values, 'r');
  const list = listedSql(listRule(ctx.actor, home, now), values, 'r');
  const search = await searchSql(question.q, parameter);
  const filters = filtersOf(question, parameter);
  const { key, order } = SORTS[sortOf(question)];
  const digest = listDigest(question);
  const text = `
with seen as materialized (
  select r.id, r.kind, r.stage, r.origin, r.changed_at, r.first_published_on, b.has_body, s.sight, ${search.rank} as rank,
    case when s.sight <> 'summary' then r.domains else '{}' end as domains,
    case when s.sight = 'full' then r.region else '' end as region,
    case when s.sight = 'full' then r.scenario_kind else '' end as scenario_kind,
    case when s.sight = 'full' then r.response_deadline end as response_deadline
  from listed_record r
  cross join lateral (select ${body} as has_body) b
  cross join lateral (select ${sightSql(ctx)} as sight) s
  where ${list} and ${mineSql(ctx, question, parameter)} and ${search.match}
), flagged as (
  select *, ${key} as key, ${FACETS.map((facet) => `${filters[facet]} as "is_${facet}"`).join(', ')}
  from seen where ${dueSql(question, dayOf(now), parameter)} and ${sinceSql(question, parameter)}
), chosen as (select * from flagged where ${FACETS.map((facet) => `"is_${facet}"`).join(' and ')}
), counted as (${FACETS.map(countSql).join(' union all ')}
), page as (
  select id, has_body, sight, key from chosen where ${cursor === undefined ? 'true' : afterSql(order, readCursor(cursor, digest), parameter)}
  order by key ${order}, id ${order} limit ${parameter(limit + 1)}
)
select (select count(*)::int from chosen) as total,
  coalesce((select jsonb_agg(to_jsonb(c) order by c.count desc, c.value) from counted c), '[]') as facets,
  coalesce((select jsonb_agg(to_jsonb(i) order by i.key ${order}, i.id ${order})
    from (select p.key, p.has_body, p.sight, r.* from page p join (select ${COLUMNS} from listed_record) r using (id)) i), '[]') as items`;
  return { text, values, list: digest };
}

/** How much of a row this caller sees: the shape received, and for the public no more than title and summary above L1. */
const sightSql = (ctx: ServiceContext): string =>
  audienceOf(ctx.actor, ctx.node.adcode) === 'public'
    ? `case when b.has_body then 'full' when r.shape = 'full' and r.level > 0 then 'summary' else r.shape end`
    : `case when b.has_body then 'full' else r.shape end`;

/** One's own organisations' records at this node. What was withdrawn is listed to those who ask for it. */
function mineSql(ctx: ServiceContext, { mine, stage }: Omit<ListQuestion, 'cursor' | 'limit'>, parameter: Parameter): string {
  if (!mine) return stage.includes('withdrawn') ? 'true' : `r.stage <> 'withdrawn'`;
  const grants = ctx.actor.type === 'person' ? ctx.actor.grants : [];
  const own = grants.flatMap(({ scope }) => (scope.type === 'organisation' ? [scope.uscc] : []));
  return `r.origin = ${parameter(ctx.node.adcode)} and r.owner_uscc = any (${parameter(own)}::text[])`;
}

/** Words and initials; who has a projection only searches the texts made for outside, and the owner's name only where it is shown. */
async function searchSql(q: string | undefined, parameter: Parameter): Promise<{ match: string; rank: string }> {
  if (q === undefined || q.trim() === '') return { match: 'true', rank: '0' };
  const terms = await searchTerms(q);
  const like = parameter(terms.like);
  const letters = terms.initials === null ? null : parameter(`%${terms.initials}%`);
  const words = terms.tsquery === '' ? null : `${parameter(terms.tsquery)}::tsquery`;
  const inside = [
    `lower(r.title) like ${like}`,
    ...(words ? [`r.search @@ ${words}`] : []),
    ...(letters ? [`r.initials like ${letters}`] : []),
  ];
  const outside = [
    `(r.outside_text like ${like} and (s.sight <> 'summary' or lower(r.outside_title || ' ' || r.outside_summary) like ${like}))`,
    ...(words ? [`(r.outside_search @@ ${words} and (s.sight <> 'summary' or ts_filter(r.outside_search, '{a,c}') @@ ${words}))`] : []),
    ...(letters ? [`r.outside_initials like ${letters}`] : []),
  ];
  const byWords = words ? `ts_rank(case when b.has_body then r.search else r.outside_search end, ${words})` : '0';
  return {
    match: `(r.id = ${parameter(q.trim())} or (b.has_body and (${inside.join(' or ')})) or ${outside.join(' or ')})`,
    rank: `(${byWords} + case when lower(case when b.has_body then r.title else r.outside_title end) like ${like} then 1 else 0 end)`,
  };
}

function filtersOf(question: Omit<ListQuestion, 'cursor' | 'limit'>, parameter: Parameter): Record<Facet, string> {
  const oneOf = (column: string, values: readonly string[], test = (list: string) => `${column} = any (${list})`) =>
    values.length === 0 ? 'true' : test(`${parameter([...values])}::text[]`);
  return {
    kind: oneOf('kind', question.kind),
    domain: oneOf('domains', question.domain, (list) => `domains && ${list}`),
    region: oneOf('region', question.region, (list) => `(region = any (${list}) or left(region, 4) || '00' = any (${list}))`),
    stage: oneOf('stage', question.stage),
    scenarioKind: oneOf('scenario_kind', question.scenarioKind),
    origin: oneOf('origin', question.origin),
  };
}

/** A county counts for itself and for its prefecture; what belongs to the province's own level stands under the province. */
const FACET_VALUES: Record<Facet, string> = {
  kind: 'array[kind]',
  domain: 'domains',
  region: `case when region = '' then '{}' when region like '%00' then array[region] else array[region, left(region, 4) || '00'] end`,
  stage: 'array[stage]',
  scenarioKind: `case when scenario_kind = '' then '{}' else array[scenario_kind] end`,
  origin: 'array[origin]',
};

function countSql(facet: Facet): string {
  const others = FACETS.filter((other) => other !== facet).map((other) => `"is_${other}"`);
  return `select '${facet}' as facet, value, count(*)::int as count from flagged, unnest(${FACET_VALUES[facet]}) as value
  where ${others.join(' and ')} group by value`;
}

function dueSql({ due }: Omit<ListQuestion, 'cursor' | 'limit'>, today: string, parameter: Parameter): string {
  if (due === undefined) return 'true';
  const from = `response_deadline >= ${parameter(today)}::date`;
  return due === 'open' ? from : `${from} and response_deadline <= ${parameter(addDays(today, due === '7d' ? 7 : 30))}::date`;
}

const sinceSql = ({ publishedSince }: Omit<ListQuestion, 'cursor' | 'limit'>, parameter: Parameter): string =>
  publishedSince === undefined ? 'true' : `first_published_on >= ${parameter(publishedSince)}::date`;

/** Keys are texts of one width, so that one comparison serves every sort. */
const SORTS = {
  published: { key: `coalesce(first_published_on, '0001-01-01')::text`, order: 'desc' },
  due: { key: `coalesce(response_deadline, '9999-12-31')::text`, order: 'asc' },
  changed: { key: `to_char(changed_at, 'YYYY-MM-DD HH24:MI:SS.US')`, order: 'desc' },
  relevance: { key: `to_char(rank, 'FM0.000000')`, order: 'desc' },
} as const;

const sortOf = ({ sort, q, mine }: Omit<ListQuestion, 'cursor' | 'limit'>): keyof typeof SORTS =>
  sort ?? (q ? 'relevance' : mine ? 'changed' : 'published');

const afterSql = (order: 'asc' | 'desc', at: { key: string; id: string }, parameter: Parameter): string =>
  `(key, id) ${order === 'desc' ? '<' : '>'} (${parameter(at.key)}, ${parameter(at.id)})`;
