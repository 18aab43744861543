import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { DatabaseError } from '../errors.ts';

export interface Account {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root, which then starts it as `postgres`; anybody else runs it as himself. */
export function serverAccount(log: (line: string) => void): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const there = findAccount();
  if (there) return there;
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], {
      stdio: 'pipe',
    });
  } catch (cause) {
    const remedy = 'create a system user named postgres, or start as an ordinary user';
    throw new DatabaseError('DATABASE_START', 'root cannot run PostgreSQL, and no user postgres could be made', remedy, cause);
  }
  log('made the system user postgres: PostgreSQL does not run as root');
  return findAccount();
}

function findAccount(): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}
