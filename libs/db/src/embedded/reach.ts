import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { binariesIn, type Binaries } from './binaries.ts';

/** Where the server lives when it cannot reach the clone, as below root's own home. `/var/lib/xiangjing` is a production node's alone. */
const FALLBACK = '/var/lib/xiangjing-demo';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

export interface Places {
  binaries: Binaries;
  dataDir: string;
}

/** Checks each parent folder first: below one that bars the way, PostgreSQL would only die with a raw stack. */
export function reachablePlaces(wanted: Places, account: Account | undefined, log: (line: string) => void, fallback = FALLBACK): Places {
  if (!account) return wanted;
  const dataBar = barrier(dirname(wanted.dataDir), account);
  const binariesBar = barrier(wanted.binaries.postgres, account);
  const binaries = binariesBar ? copyOf(wanted.binaries, fallback) : wanted.binaries;
  const dataDir = dataBar ? join(openFolder(fallback), digestOf(wanted.dataDir), 'postgresql') : wanted.dataDir;
  if (dataBar) openFolder(dirname(dataDir));
  const moved = [...(dataBar ? [`its data live in ${dataDir}`] : []), ...(binariesBar ? [`it runs from ${binaries.root}`] : [])];
  if (moved.length > 0) log(`PostgreSQL’s user cannot pass ${dataBar ?? binariesBar}: ${moved.join(', ')}`);
  return { binaries, dataDir };
}

/** The first part of the path that this account may not pass; parts that do not exist yet will be made passable. */
export function barrier(path: string, { uid, gid }: Account): string | undefined {
  const above = dirname(path);
  const higher = above === path ? undefined : barrier(above, { uid, gid });
  if (higher !== undefined || !existsSync(path)) return higher;
  const { mode, uid: owner, gid: group } = statSync(path);
  const needed = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
  return (mode & needed) === 0 ? path : undefined;
}

function copyOf(binaries: Binaries, fallback: string): Binaries {
  const target = join(openFolder(fallback), `postgresql-${digestOf(`${binaries.root} ${statSync(binaries.postgres).mtimeMs}`)}`);
  if (!existsSync(target)) {
    const half = `${target}.${process.pid}`;
    cpSync(binaries.root, half, { recursive: true, verbatimSymlinks: true });
    openTree(half);
    try {
      renameSync(half, target);
    } catch (error) {
      rmSync(half, { recursive: true });
      if (!existsSync(target)) throw error; // else another start was quicker
    }
  }
  return binariesIn(target);
}

function openFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
  return path;
}

function openTree(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chmodSync(path, stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of readdirSync(path)) openTree(join(path, name));
}
