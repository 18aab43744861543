import { DatabaseError } from './errors.ts';
import type { Queryable } from './pool.ts';
import { GROUPS, groupName, type Group } from './roles.ts';

interface Rights {
  login: string;
  superuser: boolean;
  more: boolean;
  owner: boolean;
  groups: string[];
}

/**
 * Refuses a login that has more than its part needs: a process holds exactly one group's rights, never those of a superuser, of
 * a role that could make or bypass others, or of the database's owner.
 */
export async function assertLogin(database: Queryable, group: Group): Promise<void> {
  const { rows } = await database.query<Rights>(
    `select session_user::text login, r.rolsuper superuser, r.rolcreaterole or r.rolbypassrls or r.rolreplication more,
       pg_has_role(session_user, d.datdba, 'member') or exists
         (select from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
          where pg_has_role(session_user, c.relowner, 'member')) owner,
       coalesce((select array_agg(g.rolname::text order by g.rolname) from pg_roles g
         where g.rolname = any ($1) and pg_has_role(session_user, g.oid, 'member')), '{}') groups
     from pg_roles r, pg_database d where r.rolname = session_user and d.datname = current_database()`,
    [GROUPS.map((name) => groupName(name))],
  );
  const rights = rows[0];
  const fault = rights ? faultOf(rights, groupName(group)) : 'could not be read';
  if (fault)
    throw new DatabaseError(
      'DATABASE_ROLE',
      `the database login ${rights?.login ?? ''} for ${group} ${fault}`,
      'use the logins that `xiangjing db roles --print` makes, each in its own place of the configuration',
    );
}

function faultOf(rights: Rights, wanted: string): string | null {
  if (rights.superuser) return 'is a superuser';
  if (rights.more) return 'may create roles, replicate or bypass row security';
  if (rights.owner) return 'owns the database or its tables';
  if (!rights.groups.includes(wanted)) return `is no member of ${wanted}`;
  if (rights.groups.length > 1) return `is a member of several groups: ${rights.groups.join(', ')}`;
  return null;
}
