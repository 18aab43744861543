import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LocalServerError } from '../server-error.ts';
import { endProcess, isAlive } from './process-mark.ts';

const Mark = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string().nullable() });
const RunNote = z.object({
  /** As a person knows it: `Kafka`. */
  server: z.string(),
  process: Mark,
  /** Who started it. */
  owner: Mark,
  ports: z.array(z.number()),
  dataDir: z.string(),
});
/** What a running server's folder says about it. */
export type RunNote = z.infer<typeof RunNote>;

const fileIn = (runDir: string): string => join(runDir, 'running.json');

export const writeRunNote = (runDir: string, note: RunNote): void =>
  writeFileSync(fileIn(runDir), `${JSON.stringify(note)}\n`, { mode: 0o600 });

export const dropRunNote = (runDir: string): void => rmSync(fileIn(runDir), { force: true });

/** What the folder notes, whether or not it still runs; undefined if nothing, or nothing legible. */
export function readRunNote(runDir: string): RunNote | undefined {
  if (!existsSync(fileIn(runDir))) return undefined;
  try {
    return RunNote.parse(JSON.parse(readFileSync(fileIn(runDir), 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * To be called before a server starts in the folder: makes it, and makes sure that nothing runs there. A server whose starter still
 * lives is somebody's and stays. One that a killed run left behind is named, and ended only if asked. A note whose process is
 * another one by now is dropped.
 */
export async function claimRunFolder(runDir: string, options: { endStale?: boolean | undefined } = {}): Promise<void> {
  mkdirSync(runDir, { recursive: true, mode: 0o700 });
  const note = readRunNote(runDir);
  if (note && isAlive(note.process)) {
    const what = `${note.server} (process ${note.process.pid}, ports ${note.ports.join(', ')}) runs in ${runDir}`;
    if (isAlive(note.owner))
      throw new LocalServerError(
        'DATA_FOLDER_TAKEN',
        `${what}, started by process ${note.owner.pid}`,
        `stop process ${note.owner.pid} first, or name another folder`,
      );
    if (!options.endStale)
      throw new LocalServerError('SERVER_STALE', `${what}, left behind by a run that was killed`, `end it: kill ${note.process.pid}`);
    await endProcess(note.process);
  }
  dropRunNote(runDir);
}
