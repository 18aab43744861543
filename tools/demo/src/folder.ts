import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { DemoError } from './demo-error.ts';

const Kept = z.strictObject({
  /** Every demo user's password. */
  password: z.string(),
  /** Passwords of the database logins, by node and login. */
  database: z.record(z.string(), z.record(z.string(), z.string())),
  /** Day of the first start: the seeds' dates count from here. */
  today: z.string(),
  /** Nodes that are in the registry, and nodes that have all their seeds. */
  joined: z.array(z.string()),
  seeded: z.array(z.string()),
  /** Where the users of a node signed in that its seeding was begun with. */
  seeding: z.record(z.string(), z.string()).optional(),
  /** Port of the embedded PostgreSQL, for people who want to look. */
  postgresPort: z.number().int().optional(),
  /** Passwords of the broker's users, once there was a broker. */
  kafka: z.record(z.string(), z.string()).optional(),
  /** Secrets of the clients at Keycloak, once there was one: `xiangjing-portal@<realm’s node>`, `<caller>@<node called>`. */
  clients: z.record(z.string(), z.string()).optional(),
  /** Where people sign in since the last start, if not at the nodes themselves. */
  keycloakUrl: z.string().nullable().optional(),
});
export type Kept = z.infer<typeof Kept>;

/** What the demo keeps between starts, below `.xiangjing/`. */
export interface Folder {
  root: string;
  kept: Kept;
  save(change: Partial<Kept>): void;
  /** The folder of one node: configuration, users, key, log. */
  node(adcode: string): string;
}

const FILE = 'demo.json';
const LOGINS = ['owner', 'app', 'egress', 'publisher', 'apply'];
export const newSecret = (): string => randomBytes(24).toString('base64url');

/** Opens the folder, or makes it with fresh passwords. Other users may pass through it (PostgreSQL's must), and read nothing. */
export function openFolder(path: string, nodes: readonly string[], today: string): Folder {
  const root = resolve(path);
  mkdirSync(root, { recursive: true, mode: 0o711 });
  const file = join(root, FILE);
  const kept = read(file) ?? { password: `demo-${randomBytes(4).toString('hex')}`, database: {}, today, joined: [], seeded: [] };
  const folder: Folder = {
    root,
    kept,
    save: (change) => {
      Object.assign(kept, change);
      writePrivate(file, `${JSON.stringify(kept, null, 1)}\n`);
    },
    node: (adcode) => join(root, adcode),
  };
  for (const adcode of nodes) {
    mkdirSync(folder.node(adcode), { recursive: true, mode: 0o700 });
    kept.database[adcode] ??= Object.fromEntries(LOGINS.map((login) => [login, newSecret()]));
  }
  folder.save({});
  return folder;
}

/** The kept file of a demo that was started before. */
export function readKept(path: string): Kept | undefined {
  return read(join(resolve(path), FILE));
}

function read(file: string): Kept | undefined {
  if (!existsSync(file)) return undefined;
  const parsed = Kept.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new DemoError(
    `${file} is not what the demo wrote there`,
    'move its folder away to start afresh, or name another with --data <folder>',
  );
}

/** Whole or not at all, and readable by its owner only. */
export function writePrivate(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}
