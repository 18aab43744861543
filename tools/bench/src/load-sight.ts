import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queryable } from '@xiangjing/db';
import { VIEW, type Sender } from './city-load.ts';
import type { NodePair } from './node-pair.ts';

/** What is seen of a federation at one moment. */
export interface Sight {
  provinceMiB: number;
  cityMiB: number;
  applied: number;
  /** Events sent and not yet applied, feed by feed. */
  lags: number[];
}
export interface Sample extends Sight {
  /** Seconds since the load began. */
  at: number;
}

const GIVE_UP_MS = 300_000;

export const lagOf = ({ lags }: Sight): number => lags.reduce((sum, lag) => sum + lag, 0);

interface Watched {
  province: Queryable;
  pids: NodePair['pids'];
  senders: readonly Sender[];
}
export async function observe({ province, pids, senders }: Watched): Promise<Sight> {
  const sent = senders.map((sender) => sender.sent()); // before the cursors: a lag is never made smaller than it was
  const cursors = await readCursors(province);
  const applied = senders.map(({ adcode }) => cursors.get(adcode) ?? 0);
  return {
    provinceMiB: residentMiB(pids.province),
    cityMiB: residentMiB(pids.city),
    applied: applied.reduce((sum, seq) => sum + seq, 0),
    lags: sent.map((seq, i) => Math.max(0, seq - applied[i]!)),
  };
}

/** Looks again and again until the load is over. */
export async function watch(load: Promise<void>, { look, sampleMs }: { look: () => Promise<Sight>; sampleMs: number }): Promise<Sample[]> {
  const samples: Sample[] = [];
  let isOver = false;
  const over = load.finally(() => (isOver = true));
  const startMs = performance.now();
  for (let turn = 1; !isOver; turn++) {
    await Promise.race([over, sleep(Math.max(0, startMs + turn * sampleMs - performance.now()))]);
    samples.push({ at: (performance.now() - startMs) / 1_000, ...(await look()) });
  }
  await over;
  return samples;
}

/** How long it takes from now on until the province has all that was sent. */
export async function allApplied(province: Queryable, senders: readonly Sender[]): Promise<number> {
  const startMs = performance.now();
  for (; performance.now() - startMs < GIVE_UP_MS; await sleep(50)) {
    const cursors = await readCursors(province);
    if (senders.every((sender) => (cursors.get(sender.adcode) ?? 0) === sender.sent())) return performance.now() - startMs;
  }
  throw new Error(`the province has not all events within ${GIVE_UP_MS / 1_000} s`);
}

async function readCursors(province: Queryable): Promise<Map<string, number>> {
  const { rows } = await province.query<{ origin: string; seq: number }>('select origin, seq from peer_cursor where view = $1', [VIEW]);
  return new Map(rows.map(({ origin, seq }) => [origin, seq]));
}

/** What a process holds of the machine's memory; Linux tells. */
function residentMiB(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}
