import { withClient } from '../pool.ts';
import {
  connectStatements,
  createDatabase,
  groupStatements,
  loginName,
  loginStatements,
  LOGINS,
  type Login,
  type Passwords,
  type RolesInput,
} from '../roles.ts';
import { newPassword } from './state.ts';

/** One connection string per login. */
export type DatabaseUrls = { [login in Login]: string };

/**
 * What `rolesSql` tells a DBA, done: roles, logins and the node's database, made if they are missing. Passwords not given are made
 * anew, so that a second run changes them.
 */
export async function provisionNode(superUrl: string, input: RolesInput): Promise<DatabaseUrls> {
  const passwords = Object.fromEntries(LOGINS.map((login) => [login, input.passwords?.[login] ?? newPassword()])) as Passwords;
  await withClient(superUrl, async (client) => {
    await client.query([...groupStatements(), ...loginStatements({ ...input, passwords })].join('\n'));
    const { rowCount } = await client.query('select from pg_database where datname = $1', [input.database]);
    if (rowCount === 0) await client.query(createDatabase(input));
    await client.query(connectStatements(input.database, (login) => loginName(input.adcode, login)).join('\n'));
  });
  return loginUrls(superUrl, input.database, (login) => [loginName(input.adcode, login), passwords[login]]);
}

export function loginUrls(
  superUrl: string,
  database: string,
  credentials: (login: Login) => [name: string, password: string],
): DatabaseUrls {
  const urlOf = (login: Login) => {
    const url = new URL(superUrl);
    [url.username, url.password] = credentials(login);
    url.pathname = `/${database}`;
    return url.href;
  };
  return Object.fromEntries(LOGINS.map((login) => [login, urlOf(login)])) as DatabaseUrls;
}
