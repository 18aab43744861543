import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, visit } from './support/browser.ts';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { runVerb } from './support/node-process.ts';
import { totp } from './support/totp.ts';
import { FIRST_PASSWORD, operatorsRealm, type OperatorsRealm } from './support/realm.ts';
import { eventually } from './support/records.ts';

/** People at the door of a node whose realm an operator made: through Keycloak's own pages, in a real browser. */
const CHOSEN = 'Chosen-by-the-person-2';
let realm: OperatorsRealm;
let federation: TestFederation;
let node: TestNode;
let browser: Browser;

beforeAll(async () => {
  realm = await operatorsRealm('430300', '湘潭市');
  federation = await startFederation({
    nodes: ['430300'],
    config: () => ({ identity: { issuer: realm.issuer, clientSecret: realm.clientSecret } }),
  });
  node = federation.node('430300');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await federation?.stop();
  await realm?.drop();
});

test('the operator’s check tells a wrong secret of the portal from the right one', async () => {
  const check = (env: Record<string, string> = {}) => runVerb(['identity', 'check', '--config', node.configFile], env);
  const good = await check();
  expect([good.code, good.stdout]).toEqual([0, expect.stringContaining('正常  门户的客户端 xiangjing-portal')]);
  const bad = await check({ XIANGJING_IDENTITY_CLIENT_SECRET: 'a-mistyped-secret' });
  expect([bad.code, bad.stdout]).toEqual([
    1,
    expect.stringMatching(/异常 {2}门户的客户端 xiangjing-portal：密钥不对.*\n→ 核对 XIANGJING_IDENTITY_CLIENT_SECRET/),
  ]);
});

const enter = async (page: Page, username: string, password: string): Promise<void> => {
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
};
const sessionOf = (page: Page) => page.evaluate(`fetch('/auth/session').then((answer) => answer.json())`) as Promise<Session>;
interface Session {
  person: { name: string; grants: string[] } | null;
}

test('a person chooses a password, binds a code, works, signs out, and needs both to come back', async () => {
  await realm.person('coordinator', { groups: ['coordinator@4303'], requiredActions: ['UPDATE_PASSWORD'] });
  const { page } = await visit(browser, node.url);
  await page.goto('/');
  await page.getByRole('link', { name: '登录' }).click();
  expect(await page.title()).toContain('湘潭市');
  await enter(page, 'coordinator', FIRST_PASSWORD);

  const secret = await page.locator('#totpSecret').inputValue();
  await page.locator('#totp').fill(totp(secret));
  await page.getByRole('button', { name: '提交' }).click();
  await page.locator('#password-new').fill(CHOSEN);
  await page.locator('#password-confirm').fill(CHOSEN);
  await page.getByRole('button', { name: '提交' }).click();
  await page.waitForURL(`${node.url}/workbench/**`);
  expect(await sessionOf(page)).toMatchObject({ person: { name: '张示例', grants: ['coordinator@4303'] } });

  await page.getByRole('button', { name: '退出' }).click();
  await page.waitForURL(`${node.url}/`);
  expect((await sessionOf(page)).person).toBeNull();

  await page.getByRole('link', { name: '登录' }).click();
  await enter(page, 'coordinator', CHOSEN);
  await page.getByLabel('一次性代码').fill(totp(secret, 30_000)); // the present one is used up
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(`${node.url}/workbench/**`);
  expect((await sessionOf(page)).person).not.toBeNull();
});

test('a sign-in that the person gives up leads to a page that says so, and nowhere else', async () => {
  const { page } = await visit(browser, node.url);
  await page.goto('/auth/callback?error=access_denied&state=x');
  expect(await page.locator('h1').innerText()).toBe('登录已过期'); // no sign-in is under way here
  expect((await sessionOf(page)).person).toBeNull();
});

test('five wrong passwords lock the account until an administrator unlocks it', async () => {
  const id = await realm.person('guessed');
  const { page } = await visit(browser, node.url);
  await page.goto('/auth/login');
  const lock = async () => (await realm.admin<{ disabled: boolean; numFailures: number }>('GET', bruteForce(id))).body;
  for (let guess = 1; guess <= 5; guess++) {
    await enter(page, 'guessed', `Wrong-password-${guess}`);
    await page.getByText('用户名或密码').last().waitFor();
    await eventually(lock, ({ numFailures }) => numFailures >= Math.min(guess, 2));
  }
  await eventually(lock, ({ disabled }) => disabled);
  await enter(page, 'guessed', FIRST_PASSWORD);
  await page.getByText('用户名或密码').last().waitFor();
  expect(new URL(page.url()).origin).not.toBe(node.url);

  await realm.admin('DELETE', bruteForce(id));
  await enter(page, 'guessed', FIRST_PASSWORD);
  await page.locator('#totp').waitFor(); // the password is right again: on to the second factor
});
const bruteForce = (id: string): string => `/${realm.name}/attack-detection/brute-force/users/${id}`;

test('nobody raises the own clearance, neither on the account page nor through what stands behind it', async () => {
  const id = await realm.person('ambitious', { attributes: { clearance_level: ['L2'] } });
  const { page } = await visit(browser, node.url);
  const token = new Promise<string>((resolve) => {
    page.on('request', (request) => {
      const { authorization } = request.headers();
      if (authorization && request.url().startsWith(`${realm.issuer}/account`)) resolve(authorization);
    });
  });
  await page.goto(`${realm.issuer}/account`);
  await enter(page, 'ambitious', FIRST_PASSWORD);
  const headers = { authorization: await token, 'content-type': 'application/json', accept: 'application/json' };
  await page.getByText('姓名').first().waitFor();
  expect(await page.locator('body').innerText()).not.toContain('数据级别许可');

  const seen = (await (await fetch(`${realm.issuer}/account`, { headers })).json()) as { attributes?: Record<string, string[]> };
  expect(seen.attributes ?? {}).not.toHaveProperty('clearance_level');
  const raise = {
    ...seen,
    attributes: { ...seen.attributes, clearance_level: ['L4'], org_verified: ['true'], grants: ['coordinator@43'] },
  };
  await fetch(`${realm.issuer}/account`, { method: 'POST', headers, body: JSON.stringify(raise) });
  const { body } = await realm.admin<{ attributes: object }>('GET', `/${realm.name}/users/${id}`);
  expect(body.attributes).toEqual({ clearance_level: ['L2'] });
});
