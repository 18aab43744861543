import { createPool } from '@xiangjing/db';
import type { FederationStatus } from '@xiangjing/services';

type Refusal = FederationStatus['refusals'][number];

/**
 * What the public status leaves out, for whoever holds this node's configuration: the newest refusals, and why a feed stands still.
 * Read from the database, since a verb has no person's token.
 */
export async function withTroubles(status: FederationStatus, appUrl: string): Promise<FederationStatus> {
  const pool = createPool(appUrl, { max: 1, applicationName: 'xiangjing-verb' });
  try {
    const { rows: refusals } = await pool.query<Omit<Refusal, 'at'> & { at: Date }>(
      'select at, peer, origin, view, code, message, remedy from refusal order by id desc limit 20',
    );
    const { rows: halted } = await pool.query<{ origin: string; view: string; reason: string }>(
      'select origin, view, halted_reason as reason from peer_cursor where halted_reason is not null',
    );
    const { rows: failed } = await pool.query<{ view: string; code: string; text: string; at: Date }>(
      `select view, error_code as code, coalesce(error_text, '') as text, attempted_at as at from push_cursor
       where error_code is not null and attempted_at is not null`,
    );
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
