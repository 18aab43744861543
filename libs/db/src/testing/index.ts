import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { loginUrls, type DatabaseUrls } from '../embedded/provision.ts';
import { withClient } from '../pool.ts';
import { connectStatements, groupName, LOGINS, type Login } from '../roles.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's URL of the server of this run, without a database. */
    pgBase: string;
    /** File with everything that server has logged. */
    pgLog: string;
    /** The stored form of the one password that all logins of this run have, and the password. */
    pgVerifier: string;
    pgPassword: string;
  }
}

export const TEMPLATE = 'xiangjing_template';
/** Owns the template's tables; each database's owner login is a member of it. */
export const TEMPLATE_OWNER = 'xiangjing_test_owner';

export interface TestDatabase extends DatabaseUrls {
  super: string;
  name: string;
  drop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The server of this run, for a suite that needs a database or roles of its own making. */
export function testServer(): { superUrl: (database: string) => string; logFile: string } {
  const base = inject('pgBase');
  return { superUrl: (database) => base + database, logFile: inject('pgLog') };
}

/** An empty, migrated database of this node with its five logins, cloned from the template; drop it when done. */
export async function testDatabase(adcode = '430100'): Promise<TestDatabase> {
  const server = testServer();
  const name = `t_${randomBytes(8).toString('hex')}`;
  const nameOf = (login: Login) => `${name}_${login}`;
  const groupOf = (login: Login) => (login === 'owner' ? TEMPLATE_OWNER : groupName(login));
  const verifier = inject('pgVerifier');
  await withClient(server.superUrl('postgres'), async (client) => {
    await client.query(
      LOGINS.map((login) => `create role ${nameOf(login)} login password '${verifier}' in role ${groupOf(login)};`).join('\n'),
    );
    await client.query(`create database ${name} owner ${nameOf('owner')} template ${TEMPLATE} strategy file_copy`);
    await client.query(connectStatements(name, nameOf).join('\n'));
  });
  await withClient(server.superUrl(name), (client) => client.query('insert into node_identity (adcode) values ($1)', [adcode]));
  const drop = () =>
    withClient(server.superUrl('postgres'), async (client) => {
      await client.query(`drop database if exists ${name} with (force)`);
      await client.query(`drop role if exists ${LOGINS.map(nameOf).join(', ')}`);
    });
  return {
    ...loginUrls(server.superUrl(name), name, (login) => [nameOf(login), inject('pgPassword')]),
    super: server.superUrl(name),
    name,
    drop,
    [Symbol.asyncDispose]: drop,
  };
}
