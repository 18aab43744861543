import pg from 'pg';
import { UTC, type Queryable } from './pool.ts';

/** Wake-up signals between the processes of a node. They carry nothing: what is new stands in the tables. */
export const CHANNELS = ['xiangjing_intent', 'xiangjing_feed', 'xiangjing_relay', 'xiangjing_compare'] as const;
export type Channel = (typeof CHANNELS)[number];
export type Handlers = { [channel in Channel]?: () => void };

export interface Listener {
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Listens until closed. A lost connection is made again, and every handler is then called once, for a signal may have been
 * missed meanwhile. The first connection must succeed.
 */
export async function openListener(url: string, handlers: Handlers, onLost: (error: Error) => void = () => {}): Promise<Listener> {
  let client: pg.Client;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = FIRST_PAUSE_MS;

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({ connectionString: url, options: UTC, application_name: 'xiangjing listener', keepAlive: true });
    let lost = false;
    const lose = (error: Error) => {
      if (lost || closed || next !== client) return;
      lost = true;
      onLost(error);
      reconnectLater();
    };
    next.on('error', lose);
    next.on('end', () => lose(new Error('the listening connection was closed')));
    next.on('notification', ({ channel }) => handlers[channel as Channel]?.());
    await next.connect();
    for (const channel of Object.keys(handlers)) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    return next;
  }

  function reconnectLater(): void {
    timer = setTimeout(() => void reconnect(), pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }

  async function reconnect(): Promise<void> {
    try {
      const next = await connect();
      if (closed) return await next.end();
      client = next;
      pauseMs = FIRST_PAUSE_MS;
      for (const handler of Object.values(handlers)) handler();
    } catch {
      if (!closed) reconnectLater();
    }
  }

  client = await connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client.end();
    },
  };
}

/** Inside a transaction the signal goes out at its commit, and equal ones become one. */
export async function notify(database: Queryable, channel: Channel): Promise<void> {
  await database.query(`select pg_notify($1, '')::text`, [channel]); // void is a type that not every client reads
}
