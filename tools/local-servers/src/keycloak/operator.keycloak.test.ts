import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findJava } from '../java.ts';
import { keycloakAdmin, startKeycloak, type KeycloakAdmin, type KeycloakServer } from '../keycloak.ts';
import { runCommand } from '../run-command.ts';
import { keycloakDistribution } from './distribution.ts';

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
  if (done.code !== 0) throw new Error(`the page’s commands ended with ${done.code}:\n${output}`);
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
