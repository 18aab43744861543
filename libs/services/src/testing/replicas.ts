import { projectDocument, receivedJoint, type Audience } from '@xiangjing/authorization';
import { listedRecordUpsert } from '@xiangjing/db';
import {
  AXIS_NAMES,
  fieldDirectory,
  rank,
  recordId,
  type JsonObject,
  type Label,
  type ProjectedDocument,
  type RecordDocument,
  type RetractReason,
} from '@xiangjing/scenario-sdk';
import { v7 as uuidv7 } from 'uuid';
import { LABELS, opportunity } from './samples.ts';
import type { World } from './world.ts';

export interface Received {
  origin?: string;
  view?: 'up' | 'peer' | 'down';
  core?: JsonObject;
  label?: Label;
  heardAt?: string;
}

const AUDIENCES = { up: 'province', peer: 'city', down: 'city' } as const satisfies Record<string, Audience>;

/** Puts a record of another node into the stores as apply does: what its view may have, and nothing else. */
export async function receive(world: World, given: Received = {}): Promise<ProjectedDocument> {
  const { origin = '430200', view = 'up', label = LABELS.open } = given;
  const core = { ...opportunity({ region: `${origin.slice(0, 4)}02`, ownerName: '示例外地单位' }), ...given.core };
  const id = recordId(origin, 'opportunity', uuidv7());
  const record: RecordDocument = {
    id,
    kind: 'opportunity',
    rev: 4,
    stage: 'published',
    suspended: false,
    core,
    attrs: {},
    schema: 0,
    label,
    fieldLabels: {},
  };
  const doc = projectDocument(record, AUDIENCES[view], { fields: fieldDirectory('opportunity'), descriptor: null });
  if (!doc) throw new Error(`the view ${view} has nothing of such a record`);
  const heardAt = given.heardAt ?? world.clock.now().toISOString();
  const now = world.clock.now();
  await world.sql(`insert into replica values ($1, $2, 'opportunity', 4, 'live', $3, null, $4, $5)`, [
    origin,
    id,
    view,
    JSON.stringify(doc),
    now,
  ]);
  await world.sql(
    `insert into replica_bytes values ($1, $2, $3, 1, 1, 4, 'opportunity.upserted.v1', 'live', null, 'x', 'digest-of-bytes', 's', $4)`,
    [origin, view, id, now],
  );
  await world.sql(
    `insert into peer_cursor values ($1, $2, 1, 1, 'd', 1, $3, $3) on conflict (origin, view) do update set heard_at = excluded.heard_at`,
    [origin, view, heardAt],
  );
  const { text, values } = await listedRecordUpsert(rowOf(doc, origin, now));
  await world.sql(text, values);
  return doc;
}

function rowOf(doc: ProjectedDocument, origin: string, now: Date): Parameters<typeof listedRecordUpsert>[0] {
  const text = (name: string) => (typeof doc.core[name] === 'string' ? doc.core[name] : '');
  const list = (name: string) => (doc.core[name] ?? []) as string[];
  const ranks = (label: Label) =>
    Object.fromEntries(AXIS_NAMES.map((axis) => [axis, rank(axis, label[axis])])) as Record<(typeof AXIS_NAMES)[number], number>;
  const joint = ranks(receivedJoint(doc));
  return {
    id: doc.id,
    origin,
    kind: doc.kind,
    rev: doc.rev,
    stage: doc.stage,
    suspended: false,
    viewed: true,
    shape: doc.shape,
    title: text('title'),
    summary: text('summary'),
    outsideTitle: text('title'),
    outsideSummary: text('summary'),
    domain: list('domains')[0] ?? '',
    domains: list('domains'),
    scenarioTypes: list('scenarioTypes'),
    region: text('region'),
    scenarioKind: text('scenarioKind'),
    ownerUscc: text('ownerUscc'),
    ownerName: text('ownerName'),
    ...ranks(doc.label),
    jointLevel: joint.level,
    jointPi: joint.pi,
    jointSafety: joint.safety,
    jointShare: joint.share,
    jointOpen: joint.open,
    classified: true,
    facets: {},
    firstPublishedOn: '2026-11-20',
    validUntil: text('validUntil') || null,
    responseDeadline: text('responseDeadline') || null,
    changedAt: now,
    receivedAt: now,
  };
}

/** The record left its view: apply keeps a tombstone and drops the list row. */
export async function retract(world: World, doc: ProjectedDocument, reason: RetractReason): Promise<void> {
  const { ownerUscc = '', region = '', domains = [], scenarioKind = null } = doc.core;
  const target = { ownerUscc, region, domains, scenarioKind, label: doc.label, joint: receivedJoint(doc), stage: doc.stage };
  const stone = { id: doc.id, kind: doc.kind, rev: 5, reason, firstPublishedOn: null, target: reason === 'label-raised' ? null : target };
  await world.sql(`update replica set state = 'retracted', reason = $2, document = $3 where record_id = $1`, [
    doc.id,
    reason,
    JSON.stringify(stone),
  ]);
  await world.sql('delete from listed_record where id = $1', [doc.id]);
}
