import { configOrigins, createKeycloakServices } from '@xiangjing/platform';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { NodeConfig } from '../src/config.ts';
import { CONFIG_SOURCE } from '../src/read-config.ts';
import { cookieBrowser, type CookieBrowser } from './support/cookie-browser.ts';
import { startFaultyIssuer, type FaultyIssuer } from './support/faulty-issuer.ts';
import { runVerb } from './support/node-process.ts';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { eventually, opportunity } from './support/records.ts';
import { restClient } from './support/rest-client.ts';

/** The identity server outside the node fails in every way: known people and services go on, nobody new gets in, the node stays up. */
const RECHECK_MS = 1_000;
const SERVICE = { clientId: 'peer-430200', clientSecret: 'a-secret-of-430200', grants: ['peer@430200'] };
let issuer: FaultyIssuer;
let federation: TestFederation;
let node: TestNode;
beforeAll(async () => {
  issuer = await startFaultyIssuer('430100', SERVICE);
  federation = await startFederation({
    nodes: ['430100'],
    start: false,
    config: () => ({ identity: { issuer: issuer.url, recheckMs: RECHECK_MS } }),
  });
  node = federation.node('430100');
  await issuer.register(node.url);
  issuer.fault = 'hang';
  await node.start();
  issuer.fault = undefined;
}, 120_000);
afterEach(() => {
  issuer.fault = undefined;
  issuer.refuses = false;
});
afterAll(async () => {
  await federation.stop();
  await issuer.stop();
});

const personOf = async (browser: CookieBrowser) =>
  (await browser.get<{ person: { name: string } | null }>(`${node.url}/auth/session`)).person;
const pastBound = () => new Promise((resolve) => setTimeout(resolve, RECHECK_MS + 200));
const timed = async <T>(what: Promise<T>): Promise<[T, number]> => {
  const started = performance.now();
  return [await what, performance.now() - started];
};

test('a node starts while its identity server hangs, and lets people in once it answers, without a restart', async () => {
  expect((await fetch(`${node.url}/readyz`)).status).toBe(200);
  const browser = cookieBrowser();
  issuer.fault = 'hang';
  const [page, tookMs] = await timed(browser.open(`${node.url}/auth/login`));
  expect(page.status).toBe(503);
  expect(tookMs).toBeLessThan(7_000);
  issuer.fault = undefined;
  await eventually(
    () => browser.open(`${node.url}/auth/login`),
    ({ status }) => status === 302,
  );
  await browser.signIn(node.url, 'coordinator');
  expect(await personOf(browser)).not.toBeNull();
});

/** Every other way to fail: libs/platform, sign-in.test.ts. */
describe.each(['hang', 'html', 'reset'] as const)('an identity server that answers with %s', (fault) => {
  test('stops nobody who is known, lets nobody in, and is forgiven', async () => {
    const browser = cookieBrowser();
    await browser.signIn(node.url, 'coordinator');
    const rest = restClient(node.url, await issuer.token('coordinator'));
    expect((await rest.get('/organisations')).status).toBe(200);
    await pastBound();
    issuer.fault = fault;

    const [person, tookMs] = await timed(personOf(browser));
    expect(person).not.toBeNull();
    expect(tookMs).toBeLessThan(7_000);
    const [again, soonMs] = await timed(personOf(browser));
    expect(again).not.toBeNull();
    expect(soonMs).toBeLessThan(1_000);
    expect((await rest.get('/organisations')).status).toBe(200);

    await new Promise((resolve) => setTimeout(resolve, 3_100)); // a discovery counts so long
    const page = await cookieBrowser().open(`${node.url}/auth/login?returnTo=/workbench/records`);
    expect(page.status).toBe(503);
    expect(page.html).toContain('暂时不能登录');
    expect(page.html).toContain('/auth/login?returnTo=%2Fworkbench%2Frecords');
    const problem = await fetch(`${node.url}/auth/login`, { headers: { accept: 'application/json' } });
    expect([problem.status, await problem.json()]).toMatchObject([503, { code: 'UPSTREAM_UNAVAILABLE', remedy: /./ }]);

    issuer.fault = undefined;
    const newcomer = cookieBrowser();
    await eventually(
      () => newcomer.open(`${node.url}/auth/login`),
      ({ status }) => status === 302,
    );
    await newcomer.signIn(node.url, 'lead');
    expect(await personOf(newcomer)).not.toBeNull();
    expect(await personOf(browser)).not.toBeNull();
    expect(node.processes.map((process) => process.crash())).toEqual([undefined]);
  });
});

describe('a session', () => {
  test('that the identity server no longer renews is over within the bound, and its row is gone', async () => {
    const browser = cookieBrowser();
    await browser.signIn(node.url, 'coordinator');
    const rows = async () => (await node.sql<{ n: number }>('select count(*)::int as n from session'))[0]!.n;
    const before = await rows();
    issuer.refuses = true;
    await pastBound();
    expect(await personOf(browser)).toBeNull();
    expect(await rows()).toBe(before - 1);
    issuer.refuses = false;
    expect(await personOf(browser)).toBeNull();
  });

  test('is renewed once for any number of calls at the same time', async () => {
    const browser = cookieBrowser();
    await browser.signIn(node.url, 'coordinator');
    await eventually(async () => {
      await pastBound();
      return personOf(browser);
    }, Boolean);
    await pastBound();
    issuer.asked.length = 0;
    const people = await Promise.all(Array.from({ length: 20 }, () => personOf(browser)));
    expect(people).not.toContain(null);
    expect(issuer.asked.filter((path) => path === 'token')).toHaveLength(1);
  });

  test('ends by signing out also while the identity server is away', async () => {
    const browser = cookieBrowser();
    await browser.signIn(node.url, 'coordinator');
    const { csrf } = await browser.get<{ csrf: string }>(`${node.url}/auth/session`);
    const cookie = browser.cookies(node.url);
    issuer.fault = 'reset';
    const out = await fetch(`${node.url}/auth/logout`, { method: 'POST', headers: { cookie, 'x-csrf': csrf } });
    expect(out.status).toBe(200);
    issuer.fault = undefined;
    expect(await personOf(browser)).toBeNull();
  });
});

describe('a sign-in that does not come through', () => {
  test('because the person or the identity server said no', async () => {
    const browser = cookieBrowser();
    const callback = new URL(await browser.toCallback(node.url, 'coordinator'));
    callback.searchParams.delete('code');
    callback.searchParams.set('error', 'access_denied');
    const page = await browser.open(callback.href);
    expect([page.status, page.html]).toEqual([403, expect.stringContaining('联系本单位的账号管理员')]);
  });

  test('because its cookie is gone', async () => {
    const callback = await cookieBrowser().toCallback(node.url, 'coordinator');
    const page = await cookieBrowser().open(callback);
    expect([page.status, page.html]).toEqual([400, expect.stringContaining('登录已过期')]);
  });

  test.each([
    ['a code used twice', (url: URL) => url],
    ['another issuer in the answer', (url: URL) => (url.searchParams.set('iss', 'http://127.0.0.1:1/realms/x'), url)],
    ['another state', (url: URL) => (url.searchParams.set('state', 'x'), url)],
  ])('because of %s', async (name, change) => {
    const browser = cookieBrowser();
    const callback = new URL(await browser.toCallback(node.url, 'coordinator'));
    if (name === 'a code used twice') {
      const cookies = browser.cookies(node.url);
      expect((await browser.open(callback.href)).status).toBe(302);
      const replay = await fetch(callback, { redirect: 'manual', headers: { cookie: cookies, accept: 'text/html' } });
      expect([replay.status, await replay.text()]).toEqual([401, expect.stringContaining('登录没有完成')]);
      return;
    }
    const page = await browser.open(change(callback).href);
    expect([page.status, page.html]).toEqual([401, expect.stringContaining('登录没有完成')]);
  });

  test('because the secret of the portal is wrong: the page is calm, the log names the error and what to do', async () => {
    const browser = cookieBrowser();
    const callback = await browser.toCallback(node.url, 'coordinator');
    issuer.refuses = 'client';
    const page = await browser.open(callback);
    expect([page.status, page.html]).toEqual([401, expect.stringContaining('登录没有完成')]);
    expect(page.html).not.toContain('XIANGJING');
    const lines = await eventually(
      async () => node.output().split('\n'),
      (found) => found.some((line) => line.includes('invalid_client')),
    );
    const line = lines.answer.find((found) => found.includes('a sign-in did not come through') && found.includes('invalid_client'))!;
    expect((JSON.parse(line) as { diagnosis: unknown }).diagnosis).toMatchObject({
      status: 401,
      error: 'invalid_client',
      remedy: expect.stringContaining('核对 XIANGJING_IDENTITY_CLIENT_SECRET'),
    });
  });

  test('because there is no such realm: the page is calm, the log says address, status and what to check', async () => {
    await new Promise((resolve) => setTimeout(resolve, 3_100)); // a discovery counts so long
    issuer.fault = 'absent';
    const page = await cookieBrowser().open(`${node.url}/auth/login`);
    expect([page.status, page.html]).toEqual([503, expect.stringContaining('暂时不能登录')]);
    expect(page.html).not.toMatch(/404|identity\.issuer/);
    const { answer: line } = await eventually(
      async () =>
        node
          .output()
          .split('\n')
          .findLast((found) => found.includes('答 404')),
      (found) => found !== undefined,
    );
    expect((JSON.parse(line!) as { diagnosis: unknown }).diagnosis).toMatchObject({
      text: `${issuer.url}/.well-known/openid-configuration 答 404`,
      remedy: expect.stringContaining('核对 identity.issuer'),
    });
    expect(line).not.toContain('暂时没有回答');
    issuer.fault = undefined;
    await eventually(
      () => cookieBrowser().open(`${node.url}/auth/login`),
      ({ status }) => status === 302,
    );
  });

  test('because the identity server fails between the pages', async () => {
    const browser = cookieBrowser();
    const callback = await browser.toCallback(node.url, 'coordinator');
    issuer.fault = 'html';
    const page = await browser.open(callback);
    expect([page.status, page.html]).toEqual([503, expect.stringContaining('暂时不能登录')]);
  });
});

test('SIGHUP drops the keys of the identity server: the next token fetches them', async () => {
  const rest = restClient(node.url, await issuer.token('coordinator'));
  await rest.get('/organisations');
  const fetches = () => issuer.asked.filter((path) => path === 'certs').length;
  const before = fetches();
  expect((await rest.get('/organisations')).status).toBe(200);
  expect(fetches()).toBe(before);
  process.kill(node.processes[0]!.pid, 'SIGHUP');
  await eventually(
    async () => node.output(),
    (output) => output.includes('dropped the keys'),
  );
  expect((await rest.get('/organisations')).status).toBe(200);
  expect(fetches()).toBe(before + 1);
});

test('the service of another node reads what anybody may, and writes nothing', async () => {
  const token = await createKeycloakServices({ issuer: issuer.url, ...SERVICE }).token();
  const rest = restClient(node.url, token);
  expect((await rest.get('/records')).status).toBe(200);
  const made = await rest.post('/records', opportunity({ organisations: node.organisations } as never));
  expect([made.status, made.body['code']]).toEqual([403, expect.stringMatching(/^(ROLE|CROSS_NODE)$/)]);
});

test('an operator can ask whether the identity server and the service accounts work', async () => {
  const file = join(federation.folder, 'zhuzhou.yaml');
  const check = async (clientSecret: string, issuerUrl = issuer.url, env: Record<string, string> = {}) => {
    const { clientId } = SERVICE;
    const at = 'postgresql://a:b@127.0.0.1:1/x';
    const config = {
      node: { adcode: '430200', mode: 'demo' },
      http: { port: 1, publicUrl: 'http://127.0.0.1:1' },
      database: { ownerUrl: at, appUrl: at, egressUrl: at, publisherUrl: at, applyUrl: at },
      identity: { issuer: issuerUrl, services: { '430100': { url: node.url, issuer: issuer.url, clientId, clientSecret } } },
      dataDir: 'zhuzhou',
    };
    await writeFile(file, JSON.stringify(config));
    return runVerb(['identity', 'check', '--config', file], env);
  };
  const good = await check(SERVICE.clientSecret);
  expect([good.code, good.stdout]).toEqual([
    0,
    expect.stringMatching(
      /正常 {2}身份服务 .*1 把签名公钥\n正常 {2}门户的客户端 xiangjing-portal.*\n正常 {2}在长沙市节点的服务账号 peer-430200/,
    ),
  ]);
  const { stdout: absent } = await check(SERVICE.clientSecret, `${issuer.url}-none`);
  expect(absent).toMatch(/异常 {2}身份服务 .*-none\/\.well-known\/openid-configuration 答 404）\n→ 核对 identity\.issuer/);
  const portal = await check(SERVICE.clientSecret, issuer.url, { XIANGJING_IDENTITY_CLIENT_SECRET: 'a-mistyped-secret' });
  expect([portal.code, portal.stdout]).toEqual([
    1,
    expect.stringMatching(/异常 {2}门户的客户端 xiangjing-portal：密钥不对.*\n→ 核对 XIANGJING_IDENTITY_CLIENT_SECRET/),
  ]);
  expect(portal.stdout + portal.stderr).not.toContain('a-mistyped-secret');
  const wrong = await check('another-secret', `${issuer.url}/`);
  expect([wrong.code, wrong.stdout]).toEqual([
    1,
    expect.stringMatching(/异常 {2}身份服务 [^]*异常 {2}在长沙市节点的服务账号 .*\n→ 核对 identity.services/),
  ]);
  expect(wrong.stdout + wrong.stderr).not.toContain('another-secret');
  const shown = configOrigins(NodeConfig, { ...CONFIG_SOURCE, file, env: {} }).find(({ path }) => path === 'identity.services');
  expect(shown?.value).not.toContain('another-secret');
});
