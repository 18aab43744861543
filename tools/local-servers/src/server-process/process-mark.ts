import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Which process a number means: numbers are given again, together with start time and boot they are not. */
export interface ProcessMark {
  pid: number;
  startTime: string;
  bootId: string | null;
}

/** Undefined for a process that is gone, or only a zombie: it has its number still, but holds nothing. */
export function markOf(pid: number): ProcessMark | undefined {
  try {
    if (process.platform !== 'linux') {
      const [state, ...started] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
        .trim()
        .split(/\s+/);
      return state?.startsWith('Z') ? undefined : { pid, startTime: started.join(' '), bootId: null };
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may hold anything; the third field is the state
    // A zombie whose other threads are still ending holds its ports yet.
    if ((fields[0] === 'Z' || fields[0] === 'X') && Number(fields[17]) <= 1) return undefined;
    return { pid, startTime: fields[19] ?? '', bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() };
  } catch {
    return undefined;
  }
}

export function isAlive(mark: ProcessMark): boolean {
  const now = markOf(mark.pid);
  return now !== undefined && now.startTime === mark.startTime && now.bootId === mark.bootId;
}

/** SIGTERM, and SIGKILL after the deadline; looks each time whether the number still means the same process. */
export async function endProcess(mark: ProcessMark, deadlineMs = 10_000): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isAlive(mark)) return;
    process.kill(mark.pid, signal);
    for (const until = Date.now() + deadlineMs; isAlive(mark) && Date.now() < until;) await sleep(25);
  }
}
