import { escapeIdentifier, escapeLiteral } from 'pg';
import { scramVerifier } from './scram.ts';

/** The four group roles, once per server; their rights stand in the migrations. */
export const GROUPS = ['app', 'egress', 'publisher', 'apply'] as const;
export type Group = (typeof GROUPS)[number];

/** A node's five logins: one member per group, and the owner of the schema, who only migrates. */
export const LOGINS = ['owner', ...GROUPS] as const;
export type Login = (typeof LOGINS)[number];
export type Passwords = { [login in Login]: string };

export const groupName = (group: Group): string => `xiangjing_${group}`;
export const loginName = (adcode: string, login: Login): string => `xiangjing_${adcode}_${login}`;

export interface RolesInput {
  adcode: string;
  database: string;
  passwords?: Partial<Passwords> | undefined;
}

/** What a DBA runs once, as superuser, in psql connected to any database: roles, logins, the node's database, who may connect. */
export function rolesSql(input: RolesInput): string {
  const { database } = input;
  return [
    '-- 组角色：本服务器上各节点共用。',
    ...groupStatements(),
    '',
    `-- 节点 ${input.adcode} 的五个登录。`,
    ...loginStatements(input),
    ...LOGINS.filter((login) => input.passwords?.[login] === undefined).map(
      (login) => `-- 在 psql 里设口令：\\password ${loginName(input.adcode, login)}`,
    ),
    '',
    '-- 数据库：已经有了就不要执行这一行。',
    `${createDatabase(input)};`,
    ...connectStatements(database, (login) => loginName(input.adcode, login)),
    '',
  ].join('\n');
}

export const groupStatements = (): string[] => GROUPS.map((group) => ensureRole(groupName(group), 'nologin'));

export function loginStatements({ adcode, passwords }: Omit<RolesInput, 'database'>): string[] {
  return LOGINS.flatMap((login) => {
    const name = loginName(adcode, login);
    const password = passwords?.[login];
    return [
      ensureRole(name, 'login'),
      ...(password === undefined ? [] : [`alter role ${escapeIdentifier(name)} password ${escapeLiteral(scramVerifier(password))};`]),
      ...(login === 'owner' ? [] : [`grant ${groupName(login)} to ${escapeIdentifier(name)};`]),
    ];
  });
}

export const createDatabase = ({ adcode, database }: RolesInput): string =>
  `create database ${escapeIdentifier(database)} owner ${escapeIdentifier(loginName(adcode, 'owner'))} encoding 'UTF8' template template0`;

/** Nobody but the node's own logins may connect to its database. */
export function connectStatements(database: string, nameOf: (login: Login) => string): string[] {
  const logins = LOGINS.map((login) => escapeIdentifier(nameOf(login))).join(', ');
  return [
    `revoke all on database ${escapeIdentifier(database)} from public;`,
    `grant connect on database ${escapeIdentifier(database)} to ${logins};`,
  ];
}

/** Two nodes may start at once on one server, so that another's role is no error. */
const ensureRole = (name: string, attributes: string): string =>
  `do $$ begin if not exists (select from pg_roles where rolname = ${escapeLiteral(name)}) then create role ${escapeIdentifier(name)} ${attributes}; end if; ` +
  `exception when duplicate_object or unique_violation then null; end $$;`;
