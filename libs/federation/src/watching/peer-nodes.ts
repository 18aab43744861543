import type { Queryable } from '@xiangjing/db';
import type { Logger } from '@xiangjing/platform';
import { createOutageLog } from './outage-log.ts';

/** What another node says of itself in its heartbeats. */
export interface NodeSaid {
  adcode: string;
  release: string;
  wireGeneration: number;
  heardAt: Date;
}

const REPEAT_MS = 10_000;

export interface PeerNodes {
  note(said: NodeSaid): Promise<void>;
}

/**
 * Keeps in `peer_node` what nodes say of themselves: at once where it is new, and every ten seconds that they still say it. What
 * cannot be kept is told in the log: events that come along go on.
 */
export function createPeerNodes(pool: Queryable, log: Logger): PeerNodes {
  const outage = createOutageLog(log, {}, 'what a node says of itself could not be kept');
  const noted = new Map<string, { text: string; at: number }>();
  return {
    async note(said) {
      const { adcode, release, wireGeneration, heardAt } = said;
      const [now, last] = [performance.now(), noted.get(adcode)];
      if (last?.text === textOf(said) && now - last.at < REPEAT_MS) return;
      try {
        await pool.query(
          `insert into peer_node (adcode, release, wire_generation, heard_at) values ($1, $2, $3, $4)
         on conflict (adcode) do update set release = excluded.release, wire_generation = excluded.wire_generation,
           heard_at = greatest(peer_node.heard_at, excluded.heard_at)`,
          [adcode, release, wireGeneration, heardAt],
        );
        noted.set(adcode, { text: textOf(said), at: now });
        outage.over();
      } catch (error) {
        outage.note(error);
      }
    },
  };
}

const textOf = ({ release, wireGeneration }: NodeSaid): string => `${release} ${wireGeneration}`;
