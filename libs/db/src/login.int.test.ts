import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertLogin } from './login.ts';
import { createPool, withClient } from './pool.ts';
import { GROUPS, type Group, type Login } from './roles.ts';
import { testDatabase, type TestDatabase } from './testing/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

async function check(login: Login | 'super', group: Group): Promise<void> {
  const pool = createPool(database[login], { max: 1 });
  try {
    await assertLogin(pool, group);
  } finally {
    await pool.end();
  }
}
const refusal = (text: string) => ({
  code: 'DATABASE_ROLE',
  message: expect.stringContaining(text),
  remedy: expect.stringContaining('db roles'),
});

test.each(GROUPS)('the login made for %s may run it, and nothing else', async (group) => {
  const passed = await Promise.all(
    GROUPS.map((wanted) =>
      check(group, wanted).then(
        () => wanted,
        () => null,
      ),
    ),
  );
  expect(passed.filter((wanted) => wanted !== null)).toEqual([group]);
  await expect(check(group, group === 'app' ? 'apply' : 'app')).rejects.toMatchObject(refusal('no member of'));
});

test('superuser, owner and a login with more than one group are refused', async () => {
  await expect(check('super', 'app')).rejects.toMatchObject(refusal('superuser'));
  await expect(check('owner', 'app')).rejects.toMatchObject(refusal('owns the database'));
  await withClient(database.super, (client) => client.query(`grant xiangjing_egress to ${database.name}_app`));
  await expect(check('app', 'app')).rejects.toMatchObject(refusal('several groups'));
  await withClient(database.super, (client) =>
    client.query(`revoke xiangjing_egress from ${database.name}_app; alter role ${database.name}_app createrole`),
  );
  await expect(check('app', 'app')).rejects.toMatchObject(refusal('may create roles'));
});
