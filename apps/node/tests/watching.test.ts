import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings, DESK, openBrowser, PHONE, sidewaysFindings, signIn, visit } from './support/browser.ts';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { runVerb } from './support/node-process.ts';
import { deskOf, makeOrganisations, opportunity, publish } from './support/records.ts';
import { PASSWORD, sampleUscc, usersOf } from './support/users.ts';

const SERVICE = { clientId: 'node-430100', clientSecret: 'test-service-secret-1' };
const PROVINCE_ORGANISATIONS = { agency: sampleUscc('11', '430000'), enterprise: sampleUscc('91', '430000') };

let folder: string;
let federation: TestFederation;
let province: TestNode;
let city: TestNode;
let browser: Browser;
let id: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xiangjing-watching-'));
  const accounts = join(folder, 'province.users.json');
  const service = { ...SERVICE, grants: ['peer@430100'] };
  await writeFile(accounts, JSON.stringify([...usersOf('430000', PROVINCE_ORGANISATIONS), service]));
  federation = await startFederation({
    nodes: ['430000', '430100', '430200'],
    config: (adcode) => (adcode === '430000' ? { identity: { demoUsersFile: accounts } } : {}),
  });
  [province, city] = [federation.node('430000'), federation.node('430100')];
  await makeOrganisations(city);
  id = (await publish(await deskOf(city), opportunity(city))).id as string;
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await federation?.stop();
  await rm(folder, { recursive: true, force: true });
});

const verb = (node: TestNode, ...args: string[]) => runVerb(['federation', ...args, '--config', node.configFile]);
const json = async <T>(node: TestNode, ...args: string[]): Promise<T> => JSON.parse((await verb(node, ...args, '--json')).stdout) as T;

describe('on the command line', () => {
  test('status shows each feed with its road, place, lag and age', async () => {
    await expect
      .poll(async () => (await verb(city, 'status')).stdout, { timeout: 20_000 })
      .toMatch(/长沙市 430100 up +发出 +HTTPS +2\/2 +0 /);
    const { code, stdout } = await verb(city, 'status');
    expect(code).toBe(0);
    expect(stdout).toMatch(/长沙市 430100 up +发出 +HTTPS +[12]\/2 /);
    expect(stdout).toMatch(/湖南省 430000 down +收到 +– +0\/0 .* 尚无事件/);
    expect(stdout).toMatch(/长沙市 430100 public +发出 +– .* 未启用：还没有节点接收/);
    expect(stdout).toContain('Kafka：没有配置，全走 HTTPS');
  });

  test('trace follows a record from the commit to the row at the province, with times', async () => {
    interface Journey {
      province: string;
      steps: { node: string; step: string; rev: number; view: string | null; elapsedMs: number | null; road: string | null }[];
    }
    const arrived = async () => (await json<Journey>(city, 'trace', id)).steps.some(({ step }) => step === 'applied');
    await expect.poll(arrived, { timeout: 20_000 }).toBe(true);
    const { province: answer, steps } = await json<Journey>(city, 'trace', id);
    expect(answer).toBe('answered');
    const last = steps.filter(({ rev, view }) => rev === 4 && (view === null || view === 'up'));
    expect(last.map(({ node, step }) => `${node} ${step}`)).toEqual([
      '430100 committed',
      '430100 signed',
      '430100 sent',
      '430000 received',
      '430000 applied',
    ]);
    expect(last.find(({ step }) => step === 'received')!.road).toBe('https');
    for (const { elapsedMs } of last) expect(elapsedMs).toBeGreaterThanOrEqual(0);
    const { stdout } = await verb(city, 'trace', id);
    expect(stdout).toMatch(/4 +对方收到 +up +湖南省 430000 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} +\d+ 毫秒 +HTTPS +applied/);
    expect(stdout).toMatch(/4 +省级回执 +up +长沙市 430100 .* 最迟 \d+ 毫秒 +acknowledged/);
    expect(stdout).toContain('最迟：只知道不晚于这个时间');
    expect((await json<Journey>(province, 'trace', id)).steps.every(({ node }) => node === '430000')).toBe(true);
  });

  test('trace says what is wrong with an id that is none, or unknown', async () => {
    expect(await verb(city, 'trace', '430100')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^INPUT_INVALID: .*\n→ /) as string,
    });
    const absent = id.replace(/.{4}$/, 'ffff');
    expect(await verb(city, 'trace', absent)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^NOT_FOUND: /) as string });
  });

  test('compare finds what was lost, mends it, and is content the next time; at the province by the city’s next push', async () => {
    const peer = federation.node('430200');
    const held = () => peer.sql(`select from replica where record_id = $1`, [id]);
    await expect.poll(async () => (await held()).length, { timeout: 20_000 }).toBe(1);
    await peer.sql(`with a as (delete from replica_bytes where record_id = $1), b as (delete from listed_record where id = $1)
      delete from replica where record_id = $1`, [id]); // prettier-ignore
    const lost = await verb(peer, 'compare', '--timeout', '30');
    expect(lost.stdout).toMatch(/长沙市 430100 peer +\S+ \S+ +不一致 +1 +0/);
    expect([lost.code, (await held()).length]).toEqual([1, 1]);
    expect(lost.stderr).toBe('等省节点，最多 30 秒…\n');
    const mended = await verb(peer, 'compare', '--timeout', '30');
    expect(mended.stdout).not.toContain('不一致');
    expect(mended.code).toBe(0);
    const atProvince = await verb(province, 'compare', '--timeout', '40');
    expect(atProvince.stdout).toMatch(/长沙市 430100 up +\S+ \S+ +一致 +0 +0/);
    expect(atProvince.code).toBe(0);
    expect(atProvince.stderr).toBe('等各市州下一次推送，最多 40 秒…\n');
    expect((await verb(peer, 'status')).stdout).toMatch(/比对：\d 条通道，\d 条一致/);
  }, 120_000);

  test('status --at shows how the province sees the feeds of this node, by its service account there', async () => {
    const config = JSON.parse(await readFile(city.configFile, 'utf8')) as { identity: object };
    const issuer = `${province.url}/realms/xiangjing-430000`;
    const file = join(federation.folder, 'city-with-service.yaml');
    const named = { ...config, identity: { ...config.identity, services: { '430000': { ...SERVICE, url: province.url, issuer } } } };
    await writeFile(file, JSON.stringify(named));
    await province.sql(
      `insert into refusal (peer, origin, view, code, message, remedy) values ('430100', '430100', 'up', 'EVENT_MALFORMED', 'no such shape', 'mend it'),
         ('430200', '430200', 'up', 'REPLAY', 'of another node', 'x')`,
    );
    const { code, stdout, stderr } = await runVerb(['federation', 'status', '--at', '430000', '--config', file]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^湖南省 430000（版本 .+）看 长沙市 430100：同步正常，最近联系 \d+ 秒前，近 3 天拒收 1，隔离 0/);
    expect(stdout).toMatch(/长沙市 430100 up +收到 +HTTPS +2\/2 +0 /);
    expect(stdout).toMatch(/EVENT_MALFORMED 内容不合约定的格式，没有收下\n    → 核对两边的版本.*\n      原文：no such shape; mend it/);
    expect(stdout).not.toContain('of another node');
    const none = await runVerb(['federation', 'status', '--at', '430200', '--config', file]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/^CONFIG_INVALID: .*\n→ .*identity\.services/)]);
  });
});

describe('in a browser', () => {
  const asOperator = async (page: Page, node: TestNode) => {
    await signIn(page, 'operator', PASSWORD);
    expect(page.url()).toContain(node.url);
  };

  test('an operator sees what anybody does not: reasons with remedies, comparisons, repairs', async () => {
    const peer = federation.node('430200');
    const anybody = await visit(browser, peer.url);
    await anybody.page.goto('/federation');
    expect(await anybody.page.getByRole('heading', { name: '内容比对' }).count()).toBe(0);
    const { page, faults } = await visit(browser, peer.url);
    await asOperator(page, peer);
    await page.goto('/federation');
    expect(await page.locator('[aria-labelledby=f-compare]').first().innerText()).toContain('补回缺的');
    expect(faults).toEqual([]);
  });

  test.each(['', '?mode=elder', '?contrast=high'])(
    'compares now and follows a record in the workbench; axe finds nothing (%s)',
    async (setting) => {
      const { page, faults } = await visit(browser, city.url);
      await asOperator(page, city);
      await page.goto(`/workbench/federation${setting}`);
      await page.getByRole('button', { name: '立即比对' }).click();
      await page.getByText(/已比对 \d 条通道，全部一致/).waitFor({ timeout: 30_000 });
      await page.getByLabel('记录编号').fill(id);
      await page.getByRole('button', { name: '查轨迹' }).click();
      await page.getByRole('table', { name: '轨迹' }).waitFor();
      expect(await page.getByRole('table', { name: '轨迹' }).innerText()).toContain('写入对方清单');
      expect(new URL(page.url()).searchParams.get('record')).toBe(id);
      const findings: string[] = [];
      for (const path of [page.url(), `${city.url}/federation`]) {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        if (path.includes('workbench')) await page.getByRole('table', { name: '轨迹' }).waitFor();
        for (const window of [DESK, PHONE]) {
          await page.setViewportSize(window);
          const where = `${path} ${setting} ${window.width} px`;
          findings.push(...(await axeFindings(page, where)), ...(await sidewaysFindings(page, where)));
        }
      }
      expect(findings).toEqual([]);
      expect(faults).toEqual([]);
    },
    90_000,
  );

  test('who does not watch the node finds no entry, and the page says for whom it is', async () => {
    const { page } = await visit(browser, city.url);
    await signIn(page, 'owner', PASSWORD);
    expect(await page.getByRole('link', { name: '比对与轨迹' }).count()).toBe(0);
    await page.goto('/workbench/federation');
    await page.getByText('这一页给节点运维员').waitFor();
    await page.goto('/federation');
    expect(await page.getByRole('heading', { name: '内容比对' }).count()).toBe(0);
  });
});
