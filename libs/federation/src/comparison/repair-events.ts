import { notify, type Queryable } from '@xiangjing/db';
import type pg from 'pg';
import type { JudgedEvent } from '../apply/judge-event.ts';
import type { ReplicaContext } from '../apply/store-replicas.ts';
import { verifyPlaced, type VerifyOptions } from '../apply/verify-batch.ts';
import { columns } from '../columns.ts';
import { decideRepair, type Standing } from '../core/decide-repair.ts';
import { eventId } from '../core/feed.ts';
import { signatureFault } from '../registry/signature.ts';
import { transact } from '../transact.ts';
import { isRelayed } from '../views.ts';
import { addToComparison, writeRepairs, type NotedRepair, type RepairRow } from './comparison-rows.ts';
import type { Feed } from './feed-buckets.ts';
import { storeCarried, storeMended } from './repair-store.ts';
import { standingOf, standingOfRelayed, type IsGenuine } from './standing-of.ts';
import type { PlacedEvent } from './wire-compare.ts';

export interface RepairOptions extends VerifyOptions {
  /** The apply login. */
  pool: pg.Pool;
  adcode: string;
}
/** An event that is not taken, the place it claims, and why. */
type Refused = PlacedEvent & { reason: string };

/**
 * Mends what a comparison found, with events fetched by id. Each is judged like one that came by the feed: signature, place, tier;
 * so a repair brings nothing that the view may not carry, whoever handed it over. Only what lies at or before the cursor is taken,
 * and never anything older than what is here. Stored, counted and noted in one transaction.
 */
export async function repairEvents(options: RepairOptions, feed: Feed, placed: readonly PlacedEvent[]): Promise<NotedRepair[]> {
  const verified = await verifyPlaced(options, feed, placed);
  const faults = verified.flatMap((v, i): Refused[] => ('fault' in v ? [{ ...placed[i]!, reason: v.fault.reason }] : []));
  const { pool, clock, fields } = options;
  return transact(pool, async (client) => {
    const cursor = await lockCursor(client, feed);
    if (!cursor) return [];
    const context: ReplicaContext = { ...feed, fields, now: clock.now() };
    const good = verified.flatMap((v) => ('event' in v && v.event.epoch === cursor.epoch && v.event.seq <= cursor.seq ? [v.event] : []));
    const refused = await refusedRows(client, feed, faults);
    const mended = await mend(client, options, context, good);
    const written = await writeRepairs(client, feed, context.now, [...mended, ...refused]);
    await addToComparison(client, feed, { repaired: written.filter(isRepair).length });
    if (isRelayed(options.adcode, feed.view) && mended.some(isRepair)) await notify(client, 'xiangjing_relay');
    return written;
  });
}

export const isRepair = ({ outcome }: RepairRow): boolean => outcome === 'restored' || outcome === 'replaced';

/** No event is applied meanwhile. */
async function lockCursor(client: Queryable, { origin, view }: Feed): Promise<{ epoch: number; seq: number } | undefined> {
  const { rows } = await client.query<{ epoch: number; seq: number }>(
    'select epoch, seq from peer_cursor where origin = $1 and view = $2 for update',
    [origin, view],
  );
  return rows[0];
}

/** Bytes that do not verify do not say whose they are: named is what was received here under their number. */
async function refusedRows(client: Queryable, { origin, view }: Feed, faults: readonly Refused[]): Promise<RepairRow[]> {
  if (faults.length === 0) return [];
  const { rows } = await client.query<{ recordId: string | null; rev: number | null }>(
    `select i.record_id as "recordId", i.rev from unnest($3::int[], $4::bigint[]) with ordinality e(epoch, seq, n)
     left join inbox i on i.origin = $1 and i.view = $2 and i.epoch = e.epoch and i.seq = e.seq order by e.n`,
    [origin, view, ...columns(faults, ({ epoch, seq }) => [epoch, seq])],
  );
  return faults.map(({ epoch, seq, reason }, i) => {
    const known = rows[i]!;
    return { recordId: known.recordId ?? eventId(origin, view, epoch, seq), rev: known.rev ?? 0, outcome: 'refused', reason };
  });
}

async function mend(
  client: Queryable,
  options: RepairOptions,
  context: ReplicaContext,
  events: readonly JudgedEvent[],
): Promise<RepairRow[]> {
  if (events.length === 0) return [];
  const { registry, clock, adcode } = options;
  const keys = registry.node(context.origin)?.keys ?? [];
  const isGenuine: IsGenuine = async (bytes, signature) => (await signatureFault(bytes, signature, keys, clock.now())) === null;
  if (isRelayed(adcode, context.view)) {
    const standing = await standingOfRelayed(client, context, events, isGenuine);
    const due = decide(events, (event) => standing.get(event.seq));
    const toStore = due.filter(({ row }) => isRepair(row)).map(({ event }) => event);
    if (toStore.length > 0) await storeCarried(client, context, toStore);
    return due.map(({ row }) => row);
  }
  const usable = events.filter((event) => event.content.is !== 'poison');
  const standing = await standingOf(client, context, usable.map((e) => e.subject), isGenuine); // prettier-ignore
  const due = decide(usable, (event) => standing.get(event.subject));
  const stored = await storeOrRefuse(client, context, due);
  return [...stored, ...events.flatMap(poisonRow)];
}

interface Due {
  event: JudgedEvent;
  row: RepairRow;
}
const NOTHING: Standing = { stored: null, shownRev: 0, receivedRev: 0, isWhole: false };

function decide(events: readonly JudgedEvent[], standingFor: (event: JudgedEvent) => Standing | undefined): Due[] {
  const once = new Map(events.map((event) => [event.eventId, event]));
  return [...once.values()].flatMap((event): Due[] => {
    const decision = decideRepair(standingFor(event) ?? NOTHING, event);
    if (decision === 'nothing') return [];
    const row = { recordId: event.subject, rev: event.rev };
    if (typeof decision === 'string') return [{ event, row: { ...row, outcome: decision, reason: null } }];
    return [{ event, row: { ...row, outcome: 'refused', reason: decision.refused } }];
  });
}

const poisonRow = ({ content, subject, eventId: id, rev }: JudgedEvent): RepairRow[] =>
  content.is === 'poison' ? [{ recordId: subject || id, rev, outcome: 'refused', reason: `${content.code}: ${content.reason}` }] : [];

/** All at once; if the database refuses the content of one, each alone. */
async function storeOrRefuse(client: Queryable, context: ReplicaContext, due: readonly Due[]): Promise<RepairRow[]> {
  const toStore = due.filter(({ row }) => isRepair(row));
  if (toStore.length === 0) return due.map(({ row }) => row);
  await client.query('savepoint mending');
  try {
    await storeMended(client, context, toStore.map(({ event }) => event)); // prettier-ignore
    return due.map(({ row }) => row);
  } catch (error) {
    const code = String((error as { code?: unknown } | null)?.code);
    if (!/^2[23]/.test(code)) throw error;
    await client.query('rollback to savepoint mending');
    const refusal = (row: RepairRow): RepairRow => ({ ...row, outcome: 'refused', reason: `the database refuses the content (${code})` });
    if (toStore.length === 1) return due.map(({ row }) => (isRepair(row) ? refusal(row) : row));
    const rows: RepairRow[] = [];
    for (const one of due) rows.push(...(await storeOrRefuse(client, context, [one])));
    return rows;
  }
}
