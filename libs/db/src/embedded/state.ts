import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a start leaves for the next one, in the data folder and readable by its owner only. */
export interface State {
  password: string;
  port: number;
  launcher: number;
}

const fileIn = (dataDir: string): string => join(dataDir, 'xiangjing.json');

export const newPassword = (): string => randomBytes(24).toString('base64url');

export function readState(dataDir: string): State | undefined {
  if (!existsSync(fileIn(dataDir))) return undefined;
  const { password, port, launcher } = JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as Partial<Record<keyof State, unknown>>;
  return typeof password === 'string' ? { password, port: Number(port), launcher: Number(launcher) } : undefined;
}

export const writeState = (dataDir: string, state: State): void =>
  writeFileSync(fileIn(dataDir), `${JSON.stringify(state)}\n`, { mode: 0o600 });
