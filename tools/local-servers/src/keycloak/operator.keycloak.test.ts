import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findJava } from '../java.ts';
import { keycloakAdmin, startKeycloak, type KeycloakAdmin, type KeycloakServer } from '../keycloak.ts';
import { runCommand } from '../run-command.ts';
import { freePorts } from '../server-process/free-ports.ts';
import { claimRunFolder } from '../server-process/run-note.ts';
import { keycloakDistribution } from './distribution.ts';
import { homeIn, launchKeycloak, makeHome } from './launch.ts';

/** What infra/keycloak/README.md tells an operator, done word by word on an empty Keycloak. */
const root = mkdtempSync(join(tmpdir(), 'xiangjing-keycloak-operator-'));
const infra = join(import.meta.dirname, '../../../../infra');
const passwords = { NEW_PASSWORD: 'Chosen-by-a-person-1' };
let keycloak: KeycloakServer;
let admin: KeycloakAdmin;
let output: string;

beforeAll(async () => {
  keycloak = await startKeycloak({ runDir: join(root, 'run'), realms: [] });
  admin = keycloakAdmin(keycloak);
  const distribution = await keycloakDistribution(findJava());
  symlinkSync(infra, join(root, 'infra'));
  const fences = [...readFileSync(join(infra, 'keycloak/README.md'), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, body]) => body);
  const script = fences
    .join('\n')
    .replace('https://login.example.gov.cn', keycloak.url)
    .replace('--user bootstrap', `--user ${keycloak.console.username}`)
    .replace('sleep 60', 'true');
  const done = await runCommand('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: root,
    env: {
      ...process.env,
      ...passwords,
      HOME: root,
      PATH: `${join(distribution, 'bin')}:${process.env['PATH']}`,
      KC_CLI_PASSWORD: keycloak.console.password,
    },
  });
  output = done.output;
  expect(done.code, output).toBe(0);
}, 600_000); // each kcadm.sh is a Java of its own
afterAll(async () => {
  await keycloak.stop();
  rmSync(root, { recursive: true, force: true });
});

test('the token shown as an example is one that the node takes', () => {
  const example = JSON.parse(/^\{ *\n[\s\S]*?^\}/m.exec(output)?.[0] ?? 'null') as unknown;
  expect(example).toMatchObject({
    iss: keycloak.realmUrl('xiangjing-430100'),
    aud: 'xiangjing-430100',
    typ: 'Bearer',
    azp: 'xiangjing-portal',
    grants: ['coordinator@4301'],
    clearance_level: 'L2',
    name: '王某',
  });
});

test('the county and the other node are there', async () => {
  const names = async (what: string) => (await admin<{ name: string }[]>('GET', `/xiangjing-430100/${what}`)).body.map(({ name }) => name);
  expect(await names('organizations')).toEqual(['芙蓉区']);
  expect(await names('groups?max=100')).toContain('coordinator@430102');
  const { body: clients } = await admin<object[]>('GET', '/xiangjing-430100/clients?clientId=peer-430000');
  expect(clients).toMatchObject([{ serviceAccountsEnabled: true, publicClient: false }]);
});

test('the new key signs, the old one is still published; the person is out', async () => {
  const { body: keys } = await admin<{ active: Record<string, string>; keys: { kid: string; providerPriority: number }[] }>(
    'GET',
    '/xiangjing-430100/keys',
  );
  expect(keys.keys.find((key) => key.kid === keys.active['RS256'])?.providerPriority).toBe(200);
  expect(keys.keys.filter((key) => key.providerPriority === 100).length).toBeGreaterThan(0);
  const { body: users } = await admin<object[]>('GET', '/xiangjing-430100/users');
  expect(users).toMatchObject([{ username: 'wang', enabled: false, requiredActions: ['UPDATE_PASSWORD'] }]);
});

test('Keycloak fills a template of its import folder by itself', async () => {
  const java = findJava();
  const distribution = await keycloakDistribution(java);
  const runDir = join(root, 'import');
  await claimRunFolder(runDir);
  await makeHome(runDir, distribution);
  mkdirSync(join(homeIn(runDir), 'data/import'));
  copyFileSync(join(infra, 'keycloak/realm-province.json'), join(homeIn(runDir), 'data/import/province-realm.json'));
  const [port = 0, managementPort = 0] = await freePorts(2);
  const env = {
    XIANGJING_ADCODE: '430000',
    XIANGJING_SCOPE: '43',
    XIANGJING_NODE_NAME: '湖南省',
    XIANGJING_PUBLIC_URL: 'https://changjing.example.gov.cn',
    KC_BOOTSTRAP_ADMIN_CLIENT_ID: 'tester',
    KC_BOOTSTRAP_ADMIN_CLIENT_SECRET: 'of-this-test-alone',
  };
  const server = await launchKeycloak({ java, distribution, runDir, port, managementPort, importRealms: true, env });
  try {
    const ask = keycloakAdmin({ url: `http://127.0.0.1:${port}`, admin: { clientId: 'tester', clientSecret: 'of-this-test-alone' } });
    const { body } = await ask<object>('GET', '/xiangjing-430000');
    expect(body).toMatchObject({ displayName: '湘景 · 湖南省', browserFlow: 'xiangjing browser', bruteForceProtected: true });
    const { body: portal } = await ask<object[]>('GET', '/xiangjing-430000/clients?clientId=xiangjing-portal');
    expect(portal).toMatchObject([{ redirectUris: ['https://changjing.example.gov.cn/auth/callback'] }]);
    const { body: groups } = await ask<object[]>('GET', '/xiangjing-430000/groups?search=analyst');
    expect(groups).toMatchObject([{ name: 'analyst@43' }]);
  } finally {
    await server.stop();
  }
});
