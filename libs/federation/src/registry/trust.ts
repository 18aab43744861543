import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '@xiangjing/scenario-sdk';
import { digestOf } from '../core/feed.ts';

/** Where the province is, and which root key vouches for the registry. Kept beside the node's key, out of reach of the database. */
export const Trust = z.object({
  provinceUrl: z.url(),
  province: z.string().regex(/^43\d{4}$/),
  root: z.object({ kid: z.string(), publicKey: z.string().regex(/^[\w-]{43}$/) }),
});
export type Trust = z.infer<typeof Trust>;

const FILE = 'federation.json';

/** Null until the node has joined. */
export async function readTrust(dir: string): Promise<Trust | null> {
  const text = await readFile(join(dir, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : Trust.parse(JSON.parse(text));
}

export async function writeTrust(dir: string, trust: Trust): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, FILE);
  await writeFile(`${path}.new`, `${JSON.stringify(trust, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** For people who compare it over the telephone: eight groups of four. */
export const fingerprintOf = (publicKey: string): string =>
  digestOf(Buffer.from(publicKey, 'base64url')).slice(0, 32).match(/.{4}/g)!.join(' ');
