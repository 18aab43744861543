import { createPool } from '@xiangjing/db';
import { readTroubles } from '@xiangjing/federation';
import type { FederationStatus } from '@xiangjing/services';

/**
 * What the public status leaves out, for whoever holds this node's configuration: the newest refusals, and why a feed stands still.
 * Read from the database, since a verb has no person's token.
 */
export async function withTroubles(status: FederationStatus, appUrl: string): Promise<FederationStatus> {
  const pool = createPool(appUrl, { max: 1, applicationName: 'xiangjing-verb' });
  try {
    const { refusals, halted, failed } = await readTroubles(pool);
    const feeds = status.feeds.map((feed): FederationStatus['feeds'][number] => {
      const reason = halted.find(({ origin, view }) => origin === feed.origin && view === feed.view)?.reason;
      const error = feed.direction === 'out' ? failed.find(({ view }) => view === feed.view) : undefined;
      return {
        ...feed,
        halted: feed.halted && { ...feed.halted, reason: reason ?? feed.halted.reason },
        lastError: error ? { code: error.code, text: error.text, at: error.at.toISOString() } : feed.lastError,
      };
    });
    return { ...status, feeds, refusals: refusals.map((row) => ({ ...row, at: row.at.toISOString() })) };
  } finally {
    await pool.end();
  }
}
