import {
  PRESETS,
  labelText,
  nodeSource,
  recordId,
  sequenceText,
  upsertedType,
  type Kind,
  type ProjectedDocument,
} from '@xiangjing/scenario-sdk';
import { createHash, randomUUID } from 'node:crypto';

/** What a feed page holds of one event, and what a receiver stores of it. */
export interface PageEvent {
  seq: number;
  recordId: string;
  rev: number;
  type: string;
  bytes: Buffer;
  digest: string;
}

const kind: Kind = 'opportunity';
const places = ['马栏山', '岳麓山', '城陵矶', '湘江新区', '橘子洲'];
export const uuidv7 = (): string => randomUUID().replace(/^(.{14})4/, '$17');

/** A record as `up` has it, all open: some 1.2 KB of event with its envelope and labels. */
function document(id: string, rev: number, index: number): ProjectedDocument {
  const core = {
    title: `${places[index % places.length]}低空物流即时配送场景机会第${index}号`,
    summary: `在${places[index % places.length]}片区开通无人机即时配送航线，面向社区与商圈，公开征集运营企业。第${rev}次更新。`,
    domains: ['low-altitude-economy'],
    scenarioTypes: ['low-altitude-economy.01'],
    region: '430100',
    scenarioKind: 'small-incision',
    ownerName: '示例市低空经济发展中心',
  };
  const labels = Object.fromEntries(Object.keys(core).map((name) => [`core.${name}`, PRESETS.pub]));
  return {
    id,
    kind,
    rev,
    stage: 'published',
    suspended: false,
    shape: 'full',
    core,
    attrs: {},
    schema: 0,
    descriptor: null,
    label: PRESETS.pub,
    labels,
    withheld: ['core.contact'],
  };
}

/** `records` new records, then a newer revision of each, chained from `start` on. */
export function feedOf(origin: string, view: string, records: number, start: { epoch: number; seq: number; digest: string }): PageEvent[] {
  const ids = Array.from({ length: records }, () => recordId(origin, kind, uuidv7()));
  const events: PageEvent[] = [];
  let prev = start.digest;
  for (const rev of [1, 2])
    for (const [index, id] of ids.entries()) {
      const seq = start.seq + events.length + 1;
      const envelope = {
        data: document(id, rev, index),
        datacontenttype: 'application/json',
        dataclassification: labelText(PRESETS.pub),
        dataschema: 'urn:xiangjing:schema:low-altitude-economy:0',
        fedepoch: start.epoch,
        fedpolicy: 'bench',
        fedprev: prev,
        fedversion: rev,
        fedview: view,
        id: `${origin}/${view}/${start.epoch}/${seq}`,
        partitionkey: id,
        sequence: sequenceText(seq),
        source: nodeSource(origin),
        specversion: '1.0',
        subject: id,
        time: '2026-11-24T08:00:00.000Z',
        type: upsertedType(kind),
      };
      const bytes = Buffer.from(JSON.stringify(envelope));
      prev = createHash('sha256').update(bytes).digest('hex');
      events.push({ seq, recordId: id, rev, type: envelope.type, bytes, digest: prev });
    }
  return events;
}

export const PAGE = 500;
export const pagesOf = <T>(events: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(events.length / PAGE) }, (_, i) => events.slice(i * PAGE, (i + 1) * PAGE));
