import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findJava } from '../java.ts';
import { keycloakAdmin } from '../keycloak.ts';
import { freePorts } from '../server-process/free-ports.ts';
import { claimRunFolder } from '../server-process/run-note.ts';
import { keycloakDistribution } from './distribution.ts';
import { homeIn, launchKeycloak, makeHome } from './launch.ts';

test('Keycloak fills a template of its import folder by itself', async () => {
  const java = findJava();
  const distribution = await keycloakDistribution(java);
  const runDir = mkdtempSync(join(tmpdir(), 'xiangjing-keycloak-import-'));
  await claimRunFolder(runDir);
  await makeHome(runDir, distribution);
  mkdirSync(join(homeIn(runDir), 'data/import'));
  copyFileSync(
    join(import.meta.dirname, '../../../../infra/keycloak/realm-province.json'),
    join(homeIn(runDir), 'data/import/xiangjing-430000-realm.json'),
  );
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
    rmSync(runDir, { recursive: true, force: true });
  }
});
