import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Kept = z.object({ digest: z.string(), adminSecret: z.string(), port: z.number().optional() });
/** What a run folder remembers of its Keycloak: which realms its database was made with, and where it was last. */
export type Kept = z.infer<typeof Kept>;

const fileIn = (runDir: string): string => join(runDir, 'keycloak.json');

export const keep = (runDir: string, kept: Kept): Promise<void> => writeFile(fileIn(runDir), JSON.stringify(kept), { mode: 0o600 });

/** Undefined if there is nothing legible. */
export async function readKept(runDir: string): Promise<Kept | undefined> {
  const text = await readFile(fileIn(runDir), 'utf8').catch(() => '{}');
  return Kept.safeParse(JSON.parse(text)).data;
}
