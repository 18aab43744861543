import { withClient } from '@xiangjing/db';

/** The yardstick: PostgreSQL's own replication of one table, from one database to the other. */
export interface Replication {
  /** Superuser's URLs of the database that is written and of the one that follows. */
  source: string;
  target: string;
  stop(): Promise<void>;
}

const TABLE = 'create table yardstick (id text primary key, rev bigint not null, core jsonb not null)';

export async function startReplication(source: string, target: string): Promise<Replication> {
  await withClient(source, async (client) => {
    await client.query(TABLE);
    await client.query('create publication yardstick for table yardstick');
    // Made ahead: within one server `create subscription` would wait for its own transaction.
    await client.query(`select pg_create_logical_replication_slot('yardstick', 'pgoutput')`);
  });
  await withClient(target, async (client) => {
    await client.query(TABLE);
    await client.query(
      `create subscription yardstick connection '${source}' publication yardstick with (create_slot = false, slot_name = 'yardstick', copy_data = false)`,
    );
  });
  return {
    source,
    target,
    stop: () => withClient(target, async (client) => void (await client.query('drop subscription yardstick'))),
  };
}
