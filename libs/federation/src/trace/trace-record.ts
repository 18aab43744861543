import type { Queryable } from '@xiangjing/db';
import { readRecordId } from '@xiangjing/scenario-sdk';
import { mergeTrace } from './merge-trace.ts';
import type { TraceStep } from './wire-trace.ts';

interface StepRow extends Omit<TraceStep, 'id' | 'node' | 'at' | 'log'> {
  key: string;
  at: Date | null;
  topic: string | null;
  incarnation: string | null;
  offset: number | null;
}

/**
 * Of an own record: committed, stopped on its way, signed, and acknowledged by the other side of each road. The province acknowledges
 * with each push, and empty ones follow: that time is always a later one.
 */
const LEFT = `
  select 'committed' as step, id::text as key, recorded_at as at, false as "isLatest", rev, null as view, null as "eventId", null as road,
    event as outcome, null as topic, null as incarnation, null::bigint as "offset"
  from intent where record_id = $1 and event <> 'fact.recorded'
  union all
  select 'blocked', b.intent_id || ' ' || b.view, b.at, false, coalesce(i.rev, 0), b.view, null, null, b.code, null, null, null
  from egress_block b left join intent i on i.id = b.intent_id where b.record_id = $1
  union all
  select 'signed', f.event_id, f.created_at, false, f.rev, f.view, f.event_id, null, f.type, null, null, null from sent f
  union all
  select 'sent', f.event_id || ' https', p.acked_at, true, f.rev, f.view, f.event_id, 'https', 'acknowledged', null, null, null
  from sent f join push_cursor p on p.view = f.view and p.epoch = f.epoch and p.seq >= f.seq where p.acked_at is not null
  union all
  select 'sent', f.event_id || ' kafka', l.acked_at, l.seq > f.seq, f.rev, f.view, f.event_id, 'kafka', 'acknowledged',
    concat_ws('.', 'xiangjing', $2::text, f.view), l.incarnation, case when l.seq = f.seq then l.log_offset end
  from sent f join log_cursor l on l.view = f.view and l.epoch = f.epoch and l.seq >= f.seq`;
const SENT = `select view, epoch, seq, rev, type, created_at, concat_ws('/', $2::text, view, epoch, seq) as event_id from feed
  where view in (select view from feed_head) and record_id = $1`;

/** Of another node's record: received by which road and with what outcome, shown, and mended. */
const ARRIVED = `
  select case outcome when 'relayed' then 'relayed' else 'received' end as step, event_id as key, received_at as at, false as "isLatest", rev, view,
    event_id as "eventId", road, coalesce(code, outcome) as outcome, null as topic, null as incarnation, null::bigint as "offset"
  from inbox where origin = $2 and record_id = $1
  union all
  select 'applied', view || ' ' || rev, received_at, false, rev, view, null, null, state, null, null, null
  from replica where origin = $2 and record_id = $1
  union all
  select 'repaired', id::text, at, false, rev, view, null, null, outcome, null, null, null
  from repair where origin = $2 and record_id = $1`;
const MOST = 500;

/** This node's half of a record's journey, oldest first. `queryable`: the app login. */
export async function traceRecord(queryable: Queryable, adcode: string, recordId: string): Promise<TraceStep[]> {
  const home = readRecordId(recordId)?.adcode;
  return home === adcode ? traceSent(queryable, adcode, recordId) : traceReceived(queryable, adcode, recordId);
}

async function traceSent(queryable: Queryable, adcode: string, recordId: string): Promise<TraceStep[]> {
  const { rows } = await queryable.query<StepRow>(`with sent as (${SENT}) ${newest(LEFT)}`, [recordId, adcode]);
  return mergeTrace(rows.map((row) => stepOf(adcode, row)));
}

/** What arrived of another node's record. `queryable`: the app or the publisher login, which see no content of it. */
export async function traceReceived(queryable: Queryable, adcode: string, recordId: string): Promise<TraceStep[]> {
  const { rows } = await queryable.query<StepRow>(newest(ARRIVED), [recordId, readRecordId(recordId)?.adcode ?? '']);
  return mergeTrace(rows.map((row) => stepOf(adcode, row)));
}

const newest = (steps: string): string => `select * from (${steps}) steps order by rev desc, at desc nulls last limit ${MOST}`;

function stepOf(node: string, { key, at, topic, incarnation, offset, ...step }: StepRow): TraceStep {
  const log = topic !== null && incarnation !== null ? { topic, incarnation, offset } : null;
  return { id: `${node}/${step.step}/${key}`, node, ...step, at: at?.toISOString() ?? null, log };
}
