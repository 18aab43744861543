import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LocalServerError } from '../server-error.ts';
import { ADMIN_USER } from './properties.ts';

const BrokerState = z.object({
  port: z.number(),
  controllerPort: z.number(),
  /** Null: no sign-in, no rights. */
  users: z.object({ broker: z.string(), clients: z.record(z.string(), z.string()) }).nullable(),
});
/** What a start leaves for the next one in the same folder. Users live in the data, so they are fixed when these are made. */
export type BrokerState = z.infer<typeof BrokerState>;
export type BrokerUsers = BrokerState['users'];

const fileIn = (runDir: string): string => join(runDir, 'broker.json');

export const writeBrokerState = (runDir: string, state: BrokerState): void =>
  writeFileSync(fileIn(runDir), `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });

export const readBrokerState = (runDir: string): BrokerState | undefined =>
  existsSync(fileIn(runDir)) ? BrokerState.parse(JSON.parse(readFileSync(fileIn(runDir), 'utf8'))) : undefined;

export const newPassword = (): string => randomBytes(24).toString('base64url');

const PLAIN = /^[\w.~-]+$/;

/** The users of a new broker, or those of the folder if they are the ones asked for. */
export function usersFor(runDir: string, asked: Record<string, string> | undefined, kept: BrokerState | undefined): BrokerUsers {
  for (const [name, password] of Object.entries(asked ?? {}))
    if (!PLAIN.test(name) || !PLAIN.test(password))
      throw new LocalServerError(
        'CONFIG_INVALID',
        `user ${name}: a name or password of the local broker holds another sign than letters, digits and . _ ~ -`,
        'choose another',
      );
  if (!kept) return asked ? { broker: newPassword(), clients: { ...asked, [ADMIN_USER]: asked[ADMIN_USER] ?? newPassword() } } : null;
  if (isSame(asked, kept.users)) return kept.users;
  throw new LocalServerError(
    'CONFIG_INVALID',
    `the broker in ${runDir} was made with other users than asked for now`,
    'name another folder, or delete this one: a node publishes again what a new broker lacks',
  );
}

function isSame(asked: Record<string, string> | undefined, users: BrokerUsers): boolean {
  if (!asked || !users) return !asked && !users;
  const wanted: Record<string, string | undefined> = { ...asked, [ADMIN_USER]: asked[ADMIN_USER] ?? users.clients[ADMIN_USER] };
  const names = new Set([...Object.keys(wanted), ...Object.keys(users.clients)]);
  return [...names].every((name) => wanted[name] === users.clients[name]);
}
