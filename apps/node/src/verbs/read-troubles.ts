import { createPool } from '@xiangjing/db';
import { readTroubles } from '@xiangjing/federation';
import { withTroubles, type FederationStatus } from '@xiangjing/services';

/**
 * The public status and what it leaves out, for whoever holds this node's configuration. Read from the database, since a verb has no
 * person's token.
 */
export async function addTroubles(status: FederationStatus, appUrl: string): Promise<FederationStatus> {
  const pool = createPool(appUrl, { max: 1, applicationName: 'xiangjing-verb' });
  try {
    return withTroubles(status, await readTroubles(pool));
  } finally {
    await pool.end();
  }
}
