import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { LocalServerError } from './server-error.ts';

/** Where downloaded servers are kept: outside the repository, so that a fresh clone finds them again. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env['XIANGJING_CACHE']) return resolve(env['XIANGJING_CACHE']);
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'xiangjing');
  const inHome = join(env['HOME'] ?? homedir(), '.cache', 'xiangjing');
  return isWritable(inHome) ? inHome : resolve('.xiangjing', 'cache');
}

export interface CacheFolder {
  /** Folder name in the cache; holds the version and everything else that the content depends on. */
  name: string;
  /** Paths inside the folder that must be there when it is whole. */
  expected: readonly string[];
}
export interface Prepared extends CacheFolder {
  make(scratch: string): Promise<void>;
  env?: NodeJS.ProcessEnv | undefined;
}

/**
 * A folder of the cache, made once. It is made aside, looked at, and renamed into place: several processes may come at once, one may
 * be killed half-way, and a tool that failed may have said nothing.
 */
export async function prepared({ name, expected, make, env }: Prepared): Promise<string> {
  const home = join(cacheFolder(env), name);
  if (missingIn(home, expected).length === 0) return home;
  await mkdir(dirname(home), { recursive: true });
  const scratch = await mkdtemp(`${home}.`);
  try {
    await make(scratch);
    const missing = missingIn(scratch, expected);
    if (missing.length > 0)
      throw new LocalServerError(
        'ARTIFACT_MISSING',
        `${name} is not whole: ${missing.join(', ')} missing after it was made`,
        'look at Maven’s settings (mirror, proxy) and the network, then start again',
      );
    if (missingIn(home, expected).length > 0) await rm(home, { recursive: true, force: true });
    await rename(scratch, home);
  } catch (error) {
    if (missingIn(home, expected).length > 0) throw error; // else another process was first
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return home;
}

export const isPrepared = ({ name, expected }: CacheFolder, env?: NodeJS.ProcessEnv): boolean =>
  missingIn(join(cacheFolder(env), name), expected).length === 0;

const missingIn = (folder: string, expected: readonly string[]): string[] => expected.filter((path) => !existsSync(join(folder, path)));

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
