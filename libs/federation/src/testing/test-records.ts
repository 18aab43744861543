import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import {
  AXIS_NAMES,
  fieldDirectory,
  join,
  PRESETS,
  raise,
  rank,
  recordId,
  type FieldDirectory,
  type Kind,
  type Label,
  type Stage,
} from '@xiangjing/scenario-sdk';
import type { FieldsOf } from '../fields-of.ts';

/** A field as a plug-in of 低空经济 has it: location of public-safety facilities, L3 and more. */
export const ROUTES = 'attrs.routes';
const routes = { path: ROUTES, label: raise(PRESETS.lim, { safety: 'ps' }), titleZh: '航线', personal: false, listed: false };
const payload = { path: 'attrs.payload', label: PRESETS.pub, titleZh: '载荷', personal: false, listed: false };

/** Core fields, and for one domain two attributes. */
export const testFields: FieldsOf = (kind, domain): FieldDirectory => {
  const core = fieldDirectory(kind);
  return domain === 'low-altitude-economy' ? new Map([...core, [ROUTES, routes], [payload.path, payload]]) : core;
};

export const uuidv7 = (): string => randomUUID().replace(/^(.{14})4/, '$17');
export const OWNER = '11430100MA0000000X';

export interface RecordChange {
  stage?: Stage;
  suspended?: boolean;
  label?: Label;
  core?: Record<string, unknown>;
  attrs?: Record<string, unknown>;
  fieldLabels?: Record<string, Label>;
  event?: string;
  traceparent?: string;
}

export const testCore = (title: string): Record<string, unknown> => ({
  title,
  summary: '无人机在城区按固定航线配送药品',
  domains: ['low-altitude-economy'],
  scenarioTypes: ['low-altitude-economy.01'],
  scenarioKind: 'small-incision',
  region: '430100',
  ownerUscc: OWNER,
  responsibleUnit: '示例处',
  validUntil: '2027-12-31',
  responseDeadline: '2027-06-30',
});

/** What catalogue's verbs do, as far as egress sees it: the record's row and its intent in one transaction. */
export async function putRecord(app: pg.Pool, adcode: string, change: RecordChange & { kind?: Kind } = {}): Promise<string> {
  const kind = change.kind ?? 'opportunity';
  const id = recordId(adcode, kind, uuidv7());
  await app.query(
    `insert into organisation (uscc, name, type, region, state) values ($1, '示例单位', 'agency', $2, 'active') on conflict do nothing`,
    [OWNER, adcode],
  );
  await withIntent(app, { recordId: id, rev: 1, event: change.event ?? 'record.published', traceparent: change.traceparent }, (client) => {
    const label = change.label ?? PRESETS.pub;
    return client.query(
      `insert into record (id, kind, rev, stage, suspended, owner_uscc, domain, domains, region, scenario_kind, core, attrs, attrs_schema, field_labels,
         classified, level, pi, safety, share, open, joint_level, joint_pi, joint_safety, joint_share, joint_open, created_by)
       values ($1, $2, 1, $3, $4, $5, 'low-altitude-economy', '{low-altitude-economy}', $6, 'small-incision', $7, $8, 1, $9, true,
         $10, $11, $12, $13, $14, $10, $11, $12, $13, $14, 'test')`,
      [
        id,
        kind,
        change.stage ?? 'published',
        change.suspended ?? false,
        OWNER,
        adcode,
        JSON.stringify(change.core ?? testCore('医疗物资无人机配送')),
        JSON.stringify(change.attrs ?? { payload: 5 }),
        JSON.stringify(change.fieldLabels ?? {}),
        ...AXIS_NAMES.map((axis) => rank(axis, label[axis])),
      ],
    );
  });
  return id;
}

/** A later change of the same record: `rev` + 1, and its intent. */
export async function changeRecord(app: pg.Pool, id: string, change: RecordChange): Promise<number> {
  const { rows } = await app.query<{ rev: number; label: number[] }>(
    'select rev, array[level, pi, safety, share, open] as label from record where id = $1',
    [id],
  );
  const rev = rows[0]!.rev + 1;
  const ranks = change.label ? AXIS_NAMES.map((axis) => rank(axis, change.label![axis])) : rows[0]!.label;
  await withIntent(app, { recordId: id, rev, event: change.event ?? 'record.amended', traceparent: change.traceparent }, (client) =>
    client.query(
      `update record set rev = $2, stage = coalesce($3, stage), suspended = coalesce($4, suspended), core = core || $5, attrs = attrs || $6,
         field_labels = field_labels || $7, level = $8, pi = $9, safety = $10, share = $11, open = $12 where id = $1`,
      [
        id,
        rev,
        change.stage ?? null,
        change.suspended ?? null,
        ...[change.core ?? {}, change.attrs ?? {}, change.fieldLabels ?? {}].map((value) => JSON.stringify(value)),
        ...ranks,
      ],
    ),
  );
  return rev;
}

/** A fact of this record, announced by its intent. */
export async function putFact(app: pg.Pool, adcode: string, id: string): Promise<string> {
  const factId = uuidv7();
  await withIntent(app, { recordId: id, rev: 1, event: 'fact.recorded', body: { factId } }, (client) =>
    client.query(
      `insert into fact (fact_id, type, subject, root_id, node, occurred_on, scenario_kind, domains, region)
       values ($1, 'scenario.published', $2, $2, $3, '2026-11-24', 'small-incision', '{low-altitude-economy}', $3)`,
      [factId, id, adcode],
    ),
  );
  return factId;
}

interface TestIntent {
  recordId: string;
  rev: number;
  event: string;
  body?: object;
  traceparent?: string | undefined;
}
async function withIntent(app: pg.Pool, intent: TestIntent, work: (client: pg.PoolClient) => Promise<unknown>): Promise<void> {
  const client = await app.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('insert into intent (id, record_id, rev, event, body, traceparent) values ($1, $2, $3, $4, $5, $6)', [
      uuidv7(),
      intent.recordId,
      intent.rev,
      intent.event,
      JSON.stringify(intent.body ?? {}),
      intent.traceparent ?? null,
    ]);
    await client.query('commit');
  } finally {
    client.release();
  }
}

export const L2: Label = PRESETS.biz;
export const L3: Label = PRESETS.lim;
export const L4: Label = join(PRESETS.top, PRESETS.top);
