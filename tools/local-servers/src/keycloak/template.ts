import { createHash, randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepared } from '../cache.ts';
import type { Java } from '../java.ts';
import { claimRunFolder } from '../server-process/run-note.ts';
import { freePorts } from '../server-process/free-ports.ts';
import { KEYCLOAK_VERSION } from './distribution.ts';
import { databaseIn, homeIn, launchKeycloak, makeHome } from './launch.ts';
import type { Realm } from './realm-of.ts';

export const ADMIN_CLIENT = 'xiangjing-local-servers';
export const ADMIN_USER = 'admin';

export interface Template {
  /** A database into which the realms were imported. */
  database: string;
  /** Of the service account and of the person with full rights in it; drawn when the template was made. */
  adminSecret: string;
}

/** Realms and the first administrator act on an empty database only, and importing takes its time: so it is done once, and copied. */
export async function templateOf(realms: readonly Realm[], java: Java, distribution: string): Promise<Template> {
  const folder = await prepared({
    name: `keycloak-${KEYCLOAK_VERSION}-realms-${digestOf(realms)}`,
    expected: ['h2/keycloakdb.mv.db', 'admin.secret'],
    make: (scratch) => makeTemplate(scratch, realms, java, distribution),
  });
  return { database: join(folder, 'h2'), adminSecret: await readFile(join(folder, 'admin.secret'), 'utf8') };
}

export const digestOf = (realms: readonly Realm[]): string =>
  createHash('sha256').update(JSON.stringify(realms)).digest('hex').slice(0, 20);

async function makeTemplate(scratch: string, realms: readonly Realm[], java: Java, distribution: string): Promise<void> {
  const runDir = join(scratch, 'run');
  const adminSecret = randomBytes(24).toString('base64url');
  await claimRunFolder(runDir);
  await makeHome(runDir, distribution);
  const imports = join(homeIn(runDir), 'data', 'import');
  await mkdir(imports);
  for (const realm of realms) await writeFile(join(imports, `${realm.realm}-realm.json`), JSON.stringify(realm), { mode: 0o600 });
  const [port = 0, managementPort = 0] = await freePorts(2);
  const env = {
    KC_BOOTSTRAP_ADMIN_CLIENT_ID: ADMIN_CLIENT,
    KC_BOOTSTRAP_ADMIN_CLIENT_SECRET: adminSecret,
    KC_BOOTSTRAP_ADMIN_USERNAME: ADMIN_USER,
    KC_BOOTSTRAP_ADMIN_PASSWORD: adminSecret,
  };
  const server = await launchKeycloak({ java, distribution, runDir, port, managementPort, importRealms: true, env });
  await server.stop();
  await rename(databaseIn(runDir), join(scratch, 'h2'));
  await writeFile(join(scratch, 'admin.secret'), adminSecret, { mode: 0o600 });
  await rm(runDir, { recursive: true });
}

/** Copied aside and renamed, so that a killed start leaves no half database. */
export async function copyDatabase(template: Template, runDir: string): Promise<void> {
  const aside = `${databaseIn(runDir)}.copy`;
  await rm(aside, { recursive: true, force: true });
  await cp(template.database, aside, { recursive: true });
  await rename(aside, databaseIn(runDir));
}
