import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '../errors.ts';

interface Process {
  parent: number;
  command: string;
}

const STOP_MS = 15_000;

/**
 * A parent that was killed leaves its server running, and the next start would fail. Such a server is stopped first; one whose
 * parent still lives is somebody's, and is left alone.
 */
export async function stopOrphan(dataDir: string, launcher: number | undefined, log: (line: string) => void): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const found = describe(pid);
  if (!found || !found.command.includes('postgres') || !found.command.includes(dataDir)) {
    rmSync(file, { force: true }); // the machine stopped, and the number went to another process
    return;
  }
  if (found.parent === launcher)
    throw new DatabaseError(
      'DATA_FOLDER_TAKEN',
      `process ${launcher} already runs PostgreSQL (process ${pid}) on ${dataDir}`,
      `stop process ${launcher} first, or name another data folder`,
    );
  log(`stopping the PostgreSQL (process ${pid}) that a killed start left behind`);
  process.kill(pid, 'SIGINT');
  for (const until = Date.now() + STOP_MS; describe(pid); await sleep(50))
    if (Date.now() > until)
      throw new DatabaseError(
        'DATABASE_START',
        `the PostgreSQL left behind (process ${pid}) does not stop`,
        `stop it by hand: kill -QUIT ${pid}`,
      );
}

/** Parent and command line; undefined for a process that is gone or only a zombie. */
function describe(pid: number): Process | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state === 'Z'
        ? undefined
        : { parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') };
    }
    const line = execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return { parent: Number(line.split(/\s+/)[0]), command: line };
  } catch {
    return undefined;
  }
}
