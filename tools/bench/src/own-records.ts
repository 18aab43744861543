import type { Queryable } from '@xiangjing/db';
import { recordId } from '@xiangjing/scenario-sdk';
import { uuidv7 } from './feed-pages.ts';

const USCC = '12430000000000001X';

export async function insertOrganisation(city: Queryable, region: string): Promise<void> {
  await city.query(`insert into organisation (uscc, name, type, region, state) values ($1, '示例单位', 'agency', $2, 'active')`, [
    USCC,
    region,
  ]);
}

/** Published, fully open records as catalogue leaves them; intents are what takes them to the province. */
export async function insertRecords(city: Queryable, region: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => recordId(region, 'opportunity', uuidv7()));
  await city.query(
    `insert into record (id, kind, rev, stage, owner_uscc, domain, domains, region, scenario_kind, core, attrs, attrs_schema, classified, created_by,
       first_published_on, level, pi, safety, share, open, joint_level, joint_pi, joint_safety, joint_share, joint_open)
     select id, 'opportunity', 1, 'published', $2, 'transport', '{transport}', $3, 'small-incision', $4, '{}', 0, true, 'bench',
       current_date, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
     from unnest($1::text[]) id`,
    [ids, USCC, region, JSON.stringify(coreAt(region, 1))],
  );
  return ids;
}

export const coreAt = (region: string, rev: number) => ({
  title: '城市道路智能信号协同场景机会',
  summary: `在主干道开展信号协同试点，面向社会征集方案。第 ${rev} 次更新。`,
  domains: ['transport'],
  scenarioTypes: ['transport.07'],
  region,
});
