import { mkdtempSync, readlinkSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keycloakAdmin, realmOf, startKeycloak, type KeycloakServer } from '../keycloak.ts';
import { isPortFree } from '../server-process/free-ports.ts';

const root = mkdtempSync(join(tmpdir(), 'xiangjing-keycloak-life-'));
const runDir = join(root, 'run');
const realms = [realmOf({ adcode: '430100', publicUrl: 'http://127.0.0.1', servicePeers: ['430000'] })];
let keycloak: KeycloakServer;

beforeAll(async () => {
  keycloak = await startKeycloak({ runDir, realms });
});
afterAll(async () => {
  await keycloak.stop();
  rmSync(root, { recursive: true, force: true });
});

const users = async (): Promise<string[]> =>
  (await keycloakAdmin(keycloak)<{ username: string }[]>('GET', '/xiangjing-430100/users')).body.map((user) => user.username);

test('has no user at first, and tells its issuer as its address', async () => {
  expect(await users()).toEqual([]);
  const issuer = keycloak.realmUrl('xiangjing-430100');
  const byOtherName = issuer.replace('127.0.0.1', 'localhost');
  const response = await fetch(`${byOtherName}/.well-known/openid-configuration`);
  expect(await response.json()).toMatchObject({ issuer });
});

test('listens on 127.0.0.1 alone', () => {
  const own = new Set(
    readdirSync(`/proc/${keycloak.pid()}/fd`).map((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${keycloak.pid()}/fd/${fd}`))?.[1];
      } catch {
        return undefined; // closed meanwhile
      }
    }),
  );
  const listening = ['tcp', 'tcp6'].flatMap((kind) =>
    readFileSync(`/proc/${keycloak.pid()}/net/${kind}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && own.has(fields[9]))
      .map((fields) => fields[1]?.split(':')[0]),
  );
  expect(listening.length).toBeGreaterThan(1);
  // 127.0.0.1, plain and mapped, as the kernel writes it
  for (const address of listening) expect(['0100007F', '0000000000000000FFFF00000100007F']).toContain(address);
});

test('killed, it comes back on its port with what it held', async () => {
  await keycloakAdmin(keycloak)('POST', '/xiangjing-430100/users', { username: 'kept', lastName: '留', enabled: true });
  await sleep(1500); // its database writes twice a second
  const before = keycloak.pid();
  await keycloak.kill();
  expect((await keycloak.ended()).signal).toBe('SIGKILL');
  expect(await isPortFree(keycloak.port)).toBe(true);
  await keycloak.start();
  expect(keycloak.pid()).not.toBe(before);
  expect(await users()).toEqual(['kept']);
});

test('a second start in its folder is refused while it runs; stopped, it is found again, with the same realms only', async () => {
  await expect(startKeycloak({ runDir, realms })).rejects.toMatchObject({ code: 'DATA_FOLDER_TAKEN' });
  const { port } = keycloak;
  await keycloak.stop();
  const other = [realmOf({ adcode: '430200', publicUrl: 'http://127.0.0.1', servicePeers: [] })];
  await expect(startKeycloak({ runDir, realms: other })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  keycloak = await startKeycloak({ runDir, realms });
  expect(keycloak.port).toBe(port);
  expect(await users()).toEqual(['kept']);
});

test('a port that is taken is named', async () => {
  await expect(startKeycloak({ runDir: join(root, 'other'), port: keycloak.port, realms })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining(String(keycloak.port)),
  });
});
