import {
  createInvitation,
  genesis,
  joinFederation,
  loadNodeKey,
  type EventLog,
  type FeedPosition,
  type Signer,
} from '@xiangjing/federation';
import { findNode } from '@xiangjing/scenario-sdk';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { feedOf, type PageEvent } from './feed-pages.ts';
import { insertRecords } from './own-records.ts';

export const VIEW = 'up';

/** A city that sends on `up`: `send` hands on so many events as one transaction. */
export interface Sender {
  adcode: string;
  /** Events committed at home, or held by the topic. */
  sent(): number;
  send(events: number): Promise<void>;
}

/** A city with a node: records come in by bulk import, its node makes, signs and sends their events. */
export function importingCity(adcode: string, pool: pg.Pool): Sender {
  let sent = 0;
  return {
    adcode,
    sent: () => sent,
    async send(events) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const ids = await insertRecords(client, adcode, events);
        await client.query(
          `insert into intent (id, record_id, rev, event, body) select gen_random_uuid(), id, 1, 'record.published', '{}' from unnest($1::text[]) id`,
          [ids],
        );
        await client.query(`select pg_notify('xiangjing_intent', '')`);
        await client.query('commit');
        sent += events;
      } finally {
        client.release();
      }
    },
  };
}

/** A city without a node of its own: its signed feed alone, half new records and half revisions of them. */
export interface FeedCity extends Sender {
  signer: Signer;
  /** The next page of the feed; whoever takes it must hand it on. */
  next(events: number): { from: FeedPosition; head: FeedPosition; page: PageEvent[]; signatures: string[] };
  close(): Promise<void>;
}

export function feedCity(signer: Signer, log: EventLog): FeedCity {
  const { adcode } = signer;
  let head = genesis(adcode, VIEW);
  let sent = 0;

  function next(events: number) {
    const from = head;
    const page = feedOf(adcode, VIEW, events / 2, from);
    const { seq, digest } = page.at(-1)!;
    head = { epoch: from.epoch, seq, digest };
    return { from, head, page, signatures: page.map(({ bytes }) => signer.sign(bytes)) };
  }

  return {
    adcode,
    signer,
    next,
    sent: () => sent,
    close: () => log.close(),
    async send(events) {
      const { from, head: to, page, signatures } = next(events);
      const signed = page.map(({ bytes }, i) => ({ bytes: bytes.toString('base64'), signature: signatures[i]! }));
      const append = (start: number) =>
        log.append({ origin: adcode, view: VIEW, epoch: from.epoch, from: start, prev: from.digest, events: signed, head: to });
      let answer = await append(from.seq);
      if (answer.cursor.seq === from.seq) answer = await append(from.seq); // the topic's life has only just begun
      if (answer.cursor.seq !== to.seq) throw new Error(`the topic of ${adcode} holds ${answer.cursor.seq} events, not ${to.seq}`);
      sent = to.seq;
    },
  };
}

/** Makes a city's key and takes it into the province's registry; `store` is where a copy of the registry goes. */
export async function joinCity(
  adcode: string,
  { folder, province, store }: { folder: string; province: { pool: pg.Pool; dataDir: string }; store: pg.Pool },
): Promise<Signer> {
  const clock = { now: () => new Date() };
  const dataDir = join(folder, adcode);
  const { invitation } = await createInvitation({ ...province, adcode, ttlMs: 600_000, clock });
  await joinFederation({ pool: store, invitation, dataDir, adcode, nameZh: findNode(adcode)?.nameZh ?? adcode, release: 'bench', clock });
  return loadNodeKey(dataDir, adcode);
}

export interface Load {
  /** Events a second, of each city. */
  rate: number;
  /** Events of one transaction; even, because half of a feed's are revisions. */
  transaction: number;
  seconds: number;
}

/** All cities at the same pace, spread over the time between two transactions; one that is late sends on at once. */
export async function sendAll(senders: readonly Sender[], { rate, transaction, seconds }: Load): Promise<void> {
  const everyMs = (transaction / rate) * 1_000;
  const startMs = performance.now();
  await Promise.all(
    senders.map(async (sender, place) => {
      for (let turn = 0; turn < (seconds * 1_000) / everyMs; turn++) {
        await sleep(Math.max(0, startMs + (turn + place / senders.length) * everyMs - performance.now()));
        await sender.send(transaction);
      }
    }),
  );
}
