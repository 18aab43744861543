import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSignIn, type SignIn } from '@xiangjing/platform';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { createDemoIdentity } from './create-demo-identity.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const stateDir = mkdtempSync(join(tmpdir(), 'login-page-'));
let server: Server;
let browser: Browser;
let base: string;
let signIn: SignIn;

beforeAll(async () => {
  server = createServer((req, res) => {
    if (identity.handle(req, res)) return;
    res.setHeader('content-type', 'text/html; charset=utf-8');
    res.end(`<!doctype html><html lang="zh-CN"><title>门户</title><h1>门户</h1>`);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${base}/realms/xiangjing-430100`;
  const identity = await createDemoIdentity({
    issuer,
    audience: 'xiangjing-430100',
    title: '湘景 · 长沙市',
    stateDir,
    clients: [{ clientId: 'portal', redirectUris: [`${base}/auth/callback`], postLogoutRedirectUris: [`${base}/`] }],
    users: [
      { username: 'coordinator', password: 'right', name: '王示例', note: '长沙市发展改革部门：发布、撤回', claims: {} },
      { username: 'steward', password: 'right', name: '林示例', note: '数据管理员：提高定级', claims: {} },
    ],
  });
  signIn = createSignIn({ issuer, clientId: 'portal', redirectUri: `${base}/auth/callback` });
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  rmSync(stateDir, { recursive: true });
});

test('a person signs in by keyboard without script, once after a slip, and signs out', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const { url, flow } = await signIn.begin();
  await page.goto(url);
  await page.getByLabel('用户名').focus();
  await page.keyboard.type('coordinator');
  await page.keyboard.press('Tab');
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  expect(await page.getByLabel('用户名').inputValue()).toBe('coordinator');
  await page.getByLabel('口令').fill('right');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${base}/auth/callback?**`);
  const { idToken } = await signIn.complete(new URL(page.url()), flow);
  await page.goto(await signIn.endSessionUrl({ idToken: idToken as string, returnTo: `${base}/` }));
  expect(page.url()).toBe(`${base}/`);
  await page.goto((await signIn.begin()).url);
  expect(await page.title()).toBe('登录 · 湘景 · 长沙市');
  await page.goto(await signIn.endSessionUrl({ returnTo: `${base}/` }));
  expect(page.url()).toBe(`${base}/`);
  await context.close();
});

describe.each([1366, 375])('at %i px', (width) => {
  test('no accessibility rule is broken and nothing sticks out, with and without an error', async () => {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.goto((await signIn.begin()).url);
    for (const withError of [false, true]) {
      if (withError) {
        await page.getByLabel('用户名').fill('coordinator');
        await page.getByLabel('口令').fill('wrong');
        await page.getByRole('button', { name: '登录' }).click();
        await page.getByRole('alert').waitFor();
      }
      await page.evaluate(AXE);
      expect(await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))')).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
    await page.close();
  });
});
